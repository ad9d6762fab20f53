using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;

namespace DuskStack.Planning;

/// <summary>Adds up what runs all the time in production: limit and reservation times replicas, without one-shots and what looks after the others.</summary>
public static class BudgetPlanning
{
    public static BudgetPlan Sum(IEnumerable<ContainerPlan> containers)
    {
        ImmutableArray<ContainerPlan> running = [.. containers.Where(Counts)];
        return new(
            new(running.Sum(c => c.Resources.Memory.Bytes * c.Replicas)),
            new(running.Sum(c => c.Resources.ReservedMemory.Bytes * c.Replicas)),
            running.Select(c => c.Resources.Cpus).DefaultIfEmpty(0).Max());
    }

    public static void Check(Manifest manifest, Plan plan, DiagnosticBag bag)
    {
        if (manifest.Budget?.Limits is { } limits && plan.Budget.Limits.Bytes > limits.Value.Bytes)
            bag.Error(DiagnosticCodes.MemoryBudget, limits.Span, $"the memory limits add up to {Show(plan.Budget.Limits)}, more than the budget of {Show(limits.Value)}", Sums(plan, c => c.Resources.Memory));
        if (manifest.Budget?.Reserve is { } reserve && plan.Budget.Reserved.Bytes > reserve.Value.Bytes)
            bag.Error(DiagnosticCodes.MemoryBudget, reserve.Span, $"the memory reservations add up to {Show(plan.Budget.Reserved)}, more than the budget of {Show(reserve.Value)}", Sums(plan, c => c.Resources.ReservedMemory));
    }

    private static string Sums(Plan plan, Func<ContainerPlan, ByteSize> size) =>
        string.Join(", ", plan.Containers.Where(Counts).Select(c => $"{c.Name} {(c.Replicas > 1 ? $"{c.Replicas} x " : "")}{size(c)}"));

    /// <summary>True for what runs all the time and is not there to look after the others.</summary>
    public static bool Counts(ContainerPlan container) => container.Role is not (ContainerRole.OneShot or ContainerRole.Operations);

    private static string Show(ByteSize size) => $"{size.Bytes / (decimal)ByteSize.Mebibyte:0.#} MiB";
}

using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;

namespace DuskStack.Planning;

/// <summary>Adds up what runs all the time in production: limit and reservation times replicas, without one-shots.</summary>
public static class BudgetPlanning
{
    public static BudgetPlan Sum(IEnumerable<ContainerPlan> containers)
    {
        ImmutableArray<ContainerPlan> running = [.. containers.Where(c => c.Role != ContainerRole.OneShot)];
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

        foreach (Service service in manifest.Services)
        {
            CheckReservation(service.Resources, bag);
            foreach (Resources resources in service is StackService stack ? stack.Processes.Select(p => p.Resources).OfType<Resources>() : [])
                CheckReservation(resources, bag);
        }

        foreach (Resources resources in new[] { manifest.Postgres?.Resources, manifest.Cache?.Resources }.OfType<Resources>())
            CheckReservation(resources, bag);
    }

    private static void CheckReservation(Resources resources, DiagnosticBag bag)
    {
        if (resources is { Memory: { } limit, ReserveMemory: { } reserved } && reserved.Value.Bytes > limit.Value.Bytes)
            bag.Error(DiagnosticCodes.MemoryBudget, reserved.Span, $"the reservation {reserved.Value} is more than the limit {limit.Value}", "reserve at most `resources.memory`");
        if (resources is { Cpus: { } cpus, ReserveCpus: { } reservedCpus } && reservedCpus.Value > cpus.Value)
            bag.Error(DiagnosticCodes.MemoryBudget, reservedCpus.Span, $"the reservation of {reservedCpus.Value} cpus is more than the limit of {cpus.Value}", "reserve at most `resources.cpus`");
    }

    private static string Sums(Plan plan, Func<ContainerPlan, ByteSize> size) =>
        string.Join(", ", plan.Containers.Where(c => c.Role != ContainerRole.OneShot).Select(c => $"{c.Name} {(c.Replicas > 1 ? $"{c.Replicas} x " : "")}{size(c)}"));

    private static string Show(ByteSize size) => $"{size.Bytes / (decimal)ByteSize.Mebibyte:0.#} MiB";
}

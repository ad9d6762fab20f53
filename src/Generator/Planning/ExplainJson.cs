using System.Text.Json;

namespace DuskStack.Planning;

/// <summary>What <c>duskstack explain --json</c> prints: the Plan for programs. Memory is in bytes, times in seconds.</summary>
public static class ExplainJson
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    public static string Write(Plan plan) => JsonSerializer.Serialize(
        new
        {
            plan.Name,
            Images = plan.Images.Select(i => new { i.Name, i.Repository, i.Context, i.Dockerfile, i.Target, Bases = i.Bases.Select(b => new { b.Reference, b.EndOfLife }) }),
            Containers = plan.Containers.Select(Container),
            plan.Platforms,
            Secrets = plan.Secrets.Select(s => s.Name),
            Volumes = plan.Volumes.Select(v => v.Name),
            Production = new { MemoryLimit = plan.Budget.Limits.Bytes, MemoryReserved = plan.Budget.Reserved.Bytes, plan.Budget.Cpus },
        },
        Readable) + "\n";

    private static object Container(ContainerPlan container) => new
    {
        container.Name,
        Role = container.Role.ToString().ToLowerInvariant(),
        Image = container.Reference ?? container.Image!.Repository,
        container.Port,
        PublishedInDevelopment = container.Development?.Ports.Select(p => p.Host) ?? [],
        PublishedInProduction = container.Production.Ports.Select(p => p.Host),
        Start = container.Production.Command ?? container.Image?.Start,
        Development = container.Development?.Command ?? container.Image?.Dev,
        DependsOn = container.DependsOn.Select(d => new { d.Container, Condition = d.Condition.ToString().ToLowerInvariant() }),
        container.Replicas,
        MemoryLimit = container.Resources.Memory.Bytes,
        MemoryReserved = container.Resources.ReservedMemory.Bytes,
        container.Resources.Cpus,
        StopGrace = container.StopGrace.TotalSeconds,
        Volumes = container.Production.Mounts.Select(m => new { m.Source, m.Target }),
        container.Production.Secrets,
    };
}

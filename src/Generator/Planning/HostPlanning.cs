using System.Collections.Immutable;
using DuskStack.Manifests;

namespace DuskStack.Planning;

/// <summary>Resolves <c>deploy.host</c>: what has to be on the machine, and how a new release replaces the one that runs.</summary>
public static class HostPlanning
{
    /// <summary>Long enough for a start on a small machine under load.</summary>
    private static readonly TimeSpan DefaultHealthy = TimeSpan.FromMinutes(3);

    /// <summary>Null when the manifest names no host.</summary>
    public static HostPlan? Plan(Manifest manifest, ImmutableArray<ContainerPlan> containers) => manifest.Deploy?.Host is not { } host ? null : new()
    {
        Target = host.Value,
        Files = [.. containers.SelectMany(c => c.Production.Mounts).Where(m => m.File).Select(m => ImagePlanning.Normal(m.Source)).Distinct()],
        Services = [.. InOrder(containers).Select(c => new HostService(c.Name, c.Replicas, Way(c), (int)(c.Image?.Budget.Healthy ?? DefaultHealthy).TotalSeconds))],
    };

    private static Replacement Way(ContainerPlan container) => container.Role switch
    {
        ContainerRole.Backing => Replacement.Backing,
        ContainerRole.OneShot => Replacement.Once,
        ContainerRole.Proxy => Replacement.Proxy,
        // Two containers cannot publish one port; what is not ours may not stand beside itself on one volume.
        ContainerRole.Application when container.Production.Ports.IsEmpty => Replacement.Roll,
        _ => Replacement.Recreate,
    };

    /// <summary>Each after what it waits for, else in the order of the Plan.</summary>
    private static IEnumerable<ContainerPlan> InOrder(ImmutableArray<ContainerPlan> containers)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var waiting = containers.ToList();
        while (waiting.Count > 0)
        {
            // A cycle is an error of the manifest, reported elsewhere.
            ContainerPlan next = waiting.FirstOrDefault(c => c.DependsOn.All(d => done.Contains(d.Container))) ?? waiting[0];
            waiting.Remove(next);
            done.Add(next.Name);
            yield return next;
        }
    }
}

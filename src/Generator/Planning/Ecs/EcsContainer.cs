using System.Collections.Immutable;
using DuskStack.Manifests;

namespace DuskStack.Planning.Ecs;

/// <summary>A container that becomes a task, and where the manifest speaks of it.</summary>
/// <param name="Plan">As production has it.</param>
/// <param name="Service">The service it belongs to.</param>
/// <param name="Resources">What the manifest says of its size.</param>
/// <param name="Stop">What the manifest says of its stop.</param>
/// <param name="Health">What the manifest says of its health; null for a process without a word of its own.</param>
/// <param name="Command">Its command where Compose needs another one; null otherwise.</param>
/// <param name="Connects">True when it is called or calls others by name.</param>
public sealed record EcsContainer(ContainerPlan Plan, Service Service, Resources Resources, Located<TimeSpan>? Stop, HealthSection? Health, ImmutableArray<string>? Command, bool Connects)
{
    /// <summary>All of them, a service after those that it calls.</summary>
    public static IEnumerable<EcsContainer> Of(Manifest manifest, NeedsPlanning needs, IReadOnlyCollection<ContainerPlan> containers)
    {
        // Of two with one name, which is an error that is reported elsewhere, the first.
        var known = containers.Where(c => c.Role is ContainerRole.Application or ContainerRole.Other or ContainerRole.OneShot).DistinctBy(c => c.Name).ToDictionary(c => c.Name, StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        return manifest.Services.SelectMany(Visit).ToList();

        IEnumerable<EcsContainer> Visit(Service service) =>
            done.Add(service.Name.Value) ? [.. needs.Services(service).SelectMany(Visit).ToList(), .. Containers(service)] : [];

        IEnumerable<EcsContainer> Containers(Service service)
        {
            bool calls = needs.Services(service).Any();
            var stack = service as StackService;
            if (stack?.Migrate is { } migrate && known.TryGetValue(NameChecks.MigrateName(stack), out ContainerPlan? migration))
                yield return new(migration, service, service.Resources, service.Stop, null, migrate.Command.Value, Connects: false);
            if (known.TryGetValue(service.Name.Value, out ContainerPlan? main))
                yield return new(main, service, service.Resources, service.Stop, service.Health, null, calls || main.Port is not null);
            foreach (Process process in stack?.Processes ?? [])
            {
                if (known.TryGetValue(NameChecks.ProcessName(stack!, process), out ContainerPlan? further))
                    yield return new(further, service, process.Resources ?? service.Resources, process.Stop ?? service.Stop, process.Health, null, calls || further.Port is not null);
            }
        }
    }
}

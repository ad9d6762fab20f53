using System.Collections.Immutable;
using DuskStack.Backing;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Planning.Ecs;
using DuskStack.Planning.Monitoring;
using DuskStack.Planning.Proxy;

namespace DuskStack.Planning;

/// <summary>Resolves a manifest into a Plan and reports everything in it that does not fit together.</summary>
public static class Planner
{
    /// <summary>Always complete: where something is wrong, a sensible value stands in, and <paramref name="bag"/> holds the error.</summary>
    public static Plan Plan(Manifest manifest, Facts facts, DiagnosticBag bag)
    {
        NameChecks.Check(manifest, bag);
        NotYet.Report(manifest, bag);
        ImmutableDictionary<string, int> ports = PortPlanning.Assign(manifest, bag);
        ImmutableArray<BackingPlan> backing = [.. BackingList.All.Select(b => b.Plan(manifest, image => ImagePlanning.Reference(image, manifest.Images), bag)).OfType<BackingPlan>()];
        var needs = new NeedsPlanning(manifest, backing, ports, bag);
        RoutePlanning.Check(manifest, ports, bag);
        MountChecks.Check(manifest, bag);
        SecretChecks.Check(manifest, bag);
        EndOfLifeChecks.Check(manifest, facts, bag);

        ImmutableHashSet<string> shared = ImagePlanning.SharedFolders(manifest);
        var images = ImmutableArray.CreateBuilder<ImagePlan>();
        List<ContainerPlan> containers = [];
        containers.AddRange(backing.Select(b => b.Container).OfType<ContainerPlan>());
        foreach (Service service in manifest.Services)
        {
            ServiceParts parts = service switch
            {
                StackService stack => StackServicePlanning.Plan(stack, manifest, ports, shared, needs, facts, bag),
                ContainerService other => ContainerServicePlanning.Plan(other, manifest, ports, needs),
                _ => throw new InvalidOperationException($"no plan for a {service.GetType().Name}"),
            };
            images.AddRange(parts.Images);
            containers.AddRange(parts.Containers);
        }

        // What stands before the services, and what looks after all of them.
        ProxyPlan? proxy = ProxyPlanning.Plan(manifest, ports, containers, bag);
        MonitoredProxy? monitored = proxy is null ? null : new(ProxyPlan.Container, ProxyPlan.StatusPort, proxy.Tls is null ? null : ProxyPlan.HttpsPort, proxy.Domain);
        var monitoring = MonitoringPlanning.Plan(manifest, backing, [.. containers], monitored, bag);
        ImmutableArray<SectionParts> sections = [proxy is null ? SectionParts.None : ProxyPlanning.Parts(manifest, proxy, containers), monitoring?.Parts ?? SectionParts.None];
        containers.AddRange(sections.SelectMany(s => s.Containers));
        if (monitoring is not null)
            containers = [.. containers.Select(MonitoringPlanning.Join)];

        Plan plan = new()
        {
            Name = manifest.Name.Value,
            Registry = manifest.Images.Registry is not null,
            Images = images.ToImmutable(),
            Containers = [.. containers],
            Monitoring = monitoring?.Plan,
            Secrets = [.. SecretPlanning.Collect(manifest, backing, needs).Concat(sections.SelectMany(s => s.Secrets)).DistinctBy(s => s.Name)],
            BuildSecrets = [.. images.SelectMany(i => i.Secrets).Distinct().Order(StringComparer.Ordinal)],
            Volumes = VolumePlanning.Collect(manifest, [.. backing.SelectMany(b => b.Volumes), .. sections.SelectMany(s => s.Volumes)], bag),
            Variables = [.. VariablePlanning.Collect(manifest, backing, containers).Concat(sections.SelectMany(s => s.Variables)).DistinctBy(v => (v.Name, v.Scope))],
            Platforms = [.. manifest.Images.Platforms.Select(p => p.Value)],
            SupportFiles = [.. backing.SelectMany(b => b.SupportFiles)],
            Ignored = [.. images.SelectMany(i => i.Ignored).Concat(sections.SelectMany(s => s.Ignored)).Distinct()],
            Budget = BudgetPlanning.Sum(containers) with { Memory = manifest.Budget?.Memory?.Value },
            Substitutes = [.. backing.Select(b => b.Substitute).OfType<SubstitutePlan>()],
            Database = backing.Select(b => b.Database).FirstOrDefault(d => d is not null),
            Proxy = proxy,
            Ecs = EcsPlanning.Plan(manifest, needs, images, containers, bag),
            Ci = CiPlanning.Plan(manifest),
            Host = HostPlanning.Plan(manifest, [.. containers]),
        };
        BudgetPlanning.Check(manifest, plan, bag);
        VariableChecks.Check(manifest, plan.Containers, bag);
        ConnectionChecks.Check(manifest, backing, bag);
        return plan;
    }
}

/// <summary>What one service of the manifest becomes.</summary>
public sealed record ServiceParts(ImmutableArray<ImagePlan> Images, ImmutableArray<ContainerPlan> Containers);

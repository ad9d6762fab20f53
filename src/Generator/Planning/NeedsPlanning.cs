using System.Collections.Immutable;
using DuskStack.Backing;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Stacks;

namespace DuskStack.Planning;

/// <summary>What each service needs: who it waits for, which URLs it gets, which secrets it reads.</summary>
public sealed class NeedsPlanning
{
    private readonly ImmutableDictionary<string, BackingPlan> backing;
    private readonly ImmutableDictionary<string, Service> services;
    private readonly ImmutableDictionary<string, int> ports;

    public NeedsPlanning(Manifest manifest, ImmutableArray<BackingPlan> backing, ImmutableDictionary<string, int> ports, DiagnosticBag bag)
    {
        this.backing = backing.ToImmutableDictionary(b => b.Name, StringComparer.Ordinal);
        this.ports = ports;
        services = manifest.Services.DistinctBy(s => s.Name.Value).ToImmutableDictionary(s => s.Name.Value, StringComparer.Ordinal);
        foreach (Service service in manifest.Services)
            CheckKnown(service, manifest, bag);
        CheckCycles(manifest, bag);
    }

    public IEnumerable<BackingPlan> Backing(Service service) => service.Needs.Select(n => backing.GetValueOrDefault(n.Value)).OfType<BackingPlan>();

    public IEnumerable<Service> Services(Service service) => service.Needs.Select(n => services.GetValueOrDefault(n.Value)).OfType<Service>();

    public bool UsesData(Service service) => Backing(service).Any(b => b.Container is not null);

    public ImmutableArray<ConnectionPlan> Connections(StackService service) =>
        StackList.Find(service.Stack.Value) is { } stack ? [.. Backing(service).Select(b => b.Connect(stack))] : [];

    /// <summary>URLs of other services: <c>API_URL=http://api:8000</c>.</summary>
    public IEnumerable<EnvironmentPlan> Urls(Service service) =>
        from needed in Services(service)
        where Port(needed) is not null
        select new EnvironmentPlan($"{NameChecks.Variable(needed.Name.Value)}_URL", $"http://{needed.Name.Value}:{Port(needed)}");

    /// <param name="service">The one that waits.</param>
    /// <param name="beforeMigration">True for the migration itself: it waits for backing services alone.</param>
    public ImmutableArray<DependencyPlan> DependsOn(Service service, bool beforeMigration = false)
    {
        IEnumerable<DependencyPlan> stores = Backing(service).Select(b => b.Container).OfType<ContainerPlan>().Select(c => new DependencyPlan(c.Name, DependencyCondition.Healthy));
        if (beforeMigration)
            return [.. stores];
        IEnumerable<DependencyPlan> migration = service is StackService { Migrate: not null } own ? [new(NameChecks.MigrateName(own), DependencyCondition.Completed)] : [];
        IEnumerable<DependencyPlan> others = Services(service).Select(s => new DependencyPlan(s.Name.Value, HasHealth(s) ? DependencyCondition.Healthy : DependencyCondition.Started));
        return [.. stores, .. migration, .. others];
    }

    /// <summary>True when Compose can wait for health: an image that may have no check would fail the start.</summary>
    private bool HasHealth(Service service) => service switch
    {
        StackService => service.Health?.Kind.Value switch
        {
            HealthKind.None => false,
            HealthKind.Command => true,
            _ => Port(service) is not null,
        },
        _ => service.Health?.Kind.Value is HealthKind.Image or HealthKind.Command,
    };

    private int? Port(Service service) => ports.TryGetValue(service.Name.Value, out int port) ? port : null;

    private void CheckKnown(Service service, Manifest manifest, DiagnosticBag bag)
    {
        foreach (Located<string> need in service.Needs)
        {
            if (backing.ContainsKey(need.Value) || (services.ContainsKey(need.Value) && need.Value != service.Name.Value))
                continue;
            if (manifest.UnreadableServices.Any(u => u.Value == need.Value))
                continue;
            string hint = need.Value switch
            {
                _ when need.Value == service.Name.Value => "a service cannot wait for itself",
                "postgres" or "redis" or "valkey" => Other(need.Value) is { } other ? $"did you mean `{other}`?" : $"add a section `{need.Value}: {{}}`",
                _ => Suggestions.Nearest(need.Value, [.. backing.Keys, .. services.Keys.Where(k => k != service.Name.Value), "postgres", "redis", "valkey"]) is { } near
                    ? $"did you mean `{near}`?{(backing.ContainsKey(near) || services.ContainsKey(near) ? "" : $" It wants a section of its own: `{near}: {{}}`")}"
                    : "known are the services of this manifest and `postgres`, `redis`, `valkey` where they have a section",
            };
            bag.Error(DiagnosticCodes.UnknownNeed, need.Span, $"`{service.Name.Value}` needs `{need.Value}`, which is not there", hint);
        }
    }

    private string? Other(string cache) => cache switch
    {
        "redis" when backing.ContainsKey("valkey") => "valkey",
        "valkey" when backing.ContainsKey("redis") => "redis",
        _ => null,
    };

    private void CheckCycles(Manifest manifest, DiagnosticBag bag)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (Service service in manifest.Services)
            Visit(service, []);

        void Visit(Service service, ImmutableList<string> path)
        {
            if (done.Contains(service.Name.Value))
                return;
            ImmutableList<string> longer = path.Add(service.Name.Value);
            foreach (Located<string> need in service.Needs)
            {
                int start = longer.IndexOf(need.Value);
                if (start >= 0 && need.Value != service.Name.Value)
                    bag.Error(DiagnosticCodes.NeedsCycle, need.Span, $"services wait for each other: {string.Join(" -> ", longer.Skip(start).Append(need.Value))}", "remove one of these `needs`");
                else if (start < 0 && services.TryGetValue(need.Value, out Service? next))
                    Visit(next, longer);
            }

            done.Add(service.Name.Value);
        }
    }
}

using System.Collections.Immutable;
using DuskStack.Diagnostics;

namespace DuskStack.Manifests.Settings;

/// <summary>An entry of <c>processes:</c></summary>
public static class ProcessSettings
{
    private const string Inherited = "the service's";

    public static readonly Setting<ImmutableArray<string>> Start = new("start", ValueTypes.Command) { Summary = "Command that the container runs.", Example = "[\"python\", \"-m\", \"src.worker\"]", IsRequired = true };
    public static readonly Setting<ImmutableArray<string>> Dev = new("dev", ValueTypes.Command) { Summary = "Command of development.", DefaultInWords = "`start`", Example = "[\"watchfiles\", \"python -m src.worker\"]" };
    public static readonly Setting<int> Port = new("port", ValueTypes.Port) { Summary = "Port on which it listens.", DefaultInWords = "none", Example = "8001" };
    public static readonly Setting<ImmutableArray<Route>> Routes = new("routes", RouteSettings.Type) { Summary = "What the proxy passes on to it.", Example = "[/events]" };
    public static readonly Setting<int> Replicas = new("replicas", new IntegerType(1, 100)) { Summary = "Containers that run at the same time in production.", Default = "1", Example = "2" };
    public static readonly Setting<HealthSection> Health = new("health", HealthSettings.ServiceType) { Summary = "How the container engine finds out whether it works.", Default = "none", Example = "{ command: [python, -m, src.alive] }" };
    public static readonly Setting<string> Metrics = new("metrics", PathTypes.Url) { Summary = "URL path at which it serves metrics for Prometheus.", DefaultInWords = "none", Example = "/metrics" };
    public static readonly Setting<Resources> Resources = new("resources", ResourceSettings.Type) { Summary = "How much of the machine a container may use.", DefaultInWords = Inherited };
    public static readonly Setting<TimeSpan> Stop = new("stop", ValueTypes.ShortDuration) { Summary = "Grace period between the polite signal and the end.", DefaultInWords = Inherited, Example = "1m" };
    public static readonly Setting<ImmutableArray<NamedValue>> Env = new("env", ValueTypes.Values) { Summary = "Variables in addition to the service's.", Example = "{ QUEUE: mail }" };
    public static readonly Setting<int> Workers = new("workers", new IntegerType(1, 256)) { Summary = "Processes in one container.", DefaultInWords = Inherited, Example = "2" };
    public static readonly Setting<int> Pool = new("pool", new IntegerType(1, 1000)) { Summary = "Database connections of one process.", DefaultInWords = Inherited, Example = "3" };

    public static readonly ObjectType<Process> ItemType = new(
        new("process", "A further process from a service's image; it inherits all that is not set here, but not `start`, `port`, `routes`, `replicas` and `health`.",
            [Start, Dev, Port, Routes, Replicas, Health, Metrics, Resources, Stop, Env, Workers, Pool])
        {
            OtherWords = ComposeWords.OfServices,
            Example = "processes:\n  worker: { start: [\"python\", \"-m\", \"src.worker\"], replicas: 2 }",
        },
        Read);

    public static readonly MapType<Process> Type = new(NameTypes.Service, ItemType) { WhenList = "processes have names: `worker: { start: [...] }`" };

    private static Process Read(ObjectValues values)
    {
        var health = values.Get(Health)?.Value;
        if (health is { Kind: { Value: HealthKind.Image } kind })
            values.Bag.Error(DiagnosticCodes.BadValue, kind.Span, "the image's own check is the service's, not that of a further process", "write `none`, a path, or `{ command: [...] }`");
        return new()
        {
            Name = values.Key,
            Start = values.Required(Start),
            Dev = values.Get(Dev),
            Port = values.Get(Port),
            Routes = values.All(Routes),
            Replicas = values.Get(Replicas),
            Health = health,
            Metrics = values.Get(Metrics),
            Resources = values.Get(Resources)?.Value,
            Stop = values.Get(Stop),
            Env = values.All(Env),
            Workers = values.Get(Workers),
            Pool = values.Get(Pool),
        };
    }
}

using System.Collections.Immutable;
using DuskStack.Diagnostics;

namespace DuskStack.Manifests.Settings;

/// <summary><c>health:</c></summary>
public static class HealthSettings
{
    public static readonly Setting<string> Path = new("path", PathTypes.Url) { Summary = "URL path that answers 2xx while the process is alive.", Default = "/health", Example = "/health" };
    public static readonly Setting<ImmutableArray<string>> Command = new("command", ValueTypes.Command) { Summary = "Command that ends with 0 while the process is healthy; in place of `path`.", Example = "[\"/mailpit\", \"readyz\"]" };
    public static readonly Setting<string> Ready = new("ready", PathTypes.Url) { Summary = "URL path that answers 2xx when requests can be served; asked by the proxy and the scripts, never by the image.", DefaultInWords = "the same as `path`", Example = "/ready" };
    public static readonly Setting<TimeSpan> Interval = new("interval", ValueTypes.ShortDuration) { Summary = "Time between two checks.", Default = "30s", Example = "10s" };
    public static readonly Setting<TimeSpan> Timeout = new("timeout", ValueTypes.ShortDuration) { Summary = "Time after which a check has failed.", Default = "5s", Example = "3s" };
    public static readonly Setting<TimeSpan> StartPeriod = new("startPeriod", ValueTypes.ShortDuration) { Summary = "Time after the start in which failed checks do not count.", DefaultInWords = "the kind's own", Example = "20s" };
    public static readonly Setting<int> Retries = new("retries", new IntegerType(1, 100)) { Summary = "Failed checks in a row that make a container unhealthy.", Default = "3", Example = "5" };

    private static readonly ImmutableDictionary<string, string> ComposeWords = ImmutableDictionary.CreateRange(new Dictionary<string, string>
    {
        ["test"] = "command", ["start_period"] = "startPeriod", ["start_interval"] = "the interval while starting is chosen by DuskStack; delete it", ["disable"] = "write `health: none`",
        ["readiness"] = "ready", ["liveness"] = "path", ["url"] = "path", ["endpoint"] = "path",
    });

    /// <summary>Of a service: a path, <c>none</c>, <c>image</c>, or a map.</summary>
    public static readonly OneOfType<HealthSection> ServiceType = new()
    {
        Keywords =
        [
            new("none", "no health check", span => new() { Kind = new(HealthKind.None, span) }),
            new("image", "the image's own health check", span => new() { Kind = new(HealthKind.Image, span) }),
        ],
        Text = new ConvertedType<string, HealthSection>(PathTypes.Url, (path, _) => new() { Kind = path.With(HealthKind.Http), Path = path }),
        Map = new ObjectType<HealthSection>(
            new("health", "How the container engine finds out whether a container works.", [Path, Command, Ready, Interval, Timeout, StartPeriod, Retries])
            {
                OtherWords = ComposeWords,
                Example = "health: { path: /health, interval: 10s, timeout: 3s, startPeriod: 20s, retries: 3, ready: /ready }",
            },
            values => Build(values, HealthKind.Http)),
    };

    /// <summary>Of a backing service: its own check, of which only the timings can be changed.</summary>
    public static readonly ObjectType<HealthSection> TimingType = new(
        new("healthTimings", "When the health of a backing service is checked; the check itself is built in.", [Interval, Timeout, StartPeriod, Retries])
        {
            OtherWords = ComposeWords.SetItem("test", "the check itself is built in; delete it"),
            Example = "health: { interval: 5s, retries: 10 }",
        },
        values => Build(values, HealthKind.Image));

    private static HealthSection Build(ObjectValues values, HealthKind kind)
    {
        if (values.Written(Path) is { } path && values.Written(Command) is { } command)
            values.Bag.Error(DiagnosticCodes.KeysExclude, command.Key.Span, "`path` and `command` exclude each other", $"keep one; `path` stands at {path.Key.Span}");
        if (values.Written(Command) is not null) kind = HealthKind.Command;
        var place = kind == HealthKind.Command ? values.Written(Command)! : null;
        return new()
        {
            Kind = new(kind, place?.Key.Span ?? values.Get(Path)?.Span ?? values.Key.Span),
            Path = values.Get(Path),
            Command = values.Get(Command),
            Ready = values.Get(Ready),
            Interval = values.Get(Interval),
            Timeout = values.Get(Timeout),
            StartPeriod = values.Get(StartPeriod),
            Retries = values.Get(Retries),
        };
    }
}

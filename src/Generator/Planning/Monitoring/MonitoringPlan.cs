using System.Collections.Immutable;

namespace DuskStack.Planning.Monitoring;

/// <summary>Prometheus and what goes with it, complete: whom it asks, what it works out, who is told, what is drawn.</summary>
public sealed record MonitoringPlan
{
    public required Pace Pace { get; init; }
    public required ImmutableArray<ScrapeJob> Jobs { get; init; }

    /// <summary>One file of rules each, in the order in which they are read.</summary>
    public required ImmutableArray<RuleGroup> Rules { get; init; }

    /// <summary>What the manifest says, as series that rules compare with.</summary>
    public required ImmutableArray<RecordingRule> Planned { get; init; }

    /// <summary>Empty without Grafana.</summary>
    public required ImmutableArray<DashboardPlan> Dashboards { get; init; }

    /// <summary>The secret that holds the receiver's address; null when nobody is told.</summary>
    public required string? Receiver { get; init; }

    /// <summary>Null when no certificate is watched.</summary>
    public required CertificateProbe? Certificate { get; init; }
}

/// <summary>A job of Prometheus: containers of one kind.</summary>
/// <param name="Name">The container's name: unique, and what people see as <c>job</c>.</param>
/// <param name="Port">Where it serves metrics.</param>
/// <param name="Path">Their path.</param>
/// <param name="Kind">What it is to rules.</param>
/// <param name="Replicas">How many targets there should be.</param>
public sealed record ScrapeJob(string Name, int Port, string Path, JobKind Kind, int Replicas = 1);

public enum JobKind
{
    /// <summary>A service: found by its name, so that every replica is a target of its own.</summary>
    Service,

    /// <summary>A part of monitoring: there is one.</summary>
    Part,

    /// <summary>The blackbox exporter, which is asked about something else.</summary>
    Probe,
}

/// <summary>The certificate that is watched.</summary>
/// <param name="Exporter">Host and port of the blackbox exporter.</param>
/// <param name="Address">Host and port where TLS is spoken.</param>
/// <param name="Domain">The name that it asks in the TLS handshake.</param>
public sealed record CertificateProbe(string Exporter, string Address, string Domain);

/// <summary>The reverse proxy as monitoring sees it.</summary>
/// <param name="Host">Its Compose name.</param>
/// <param name="StatusPort">Where it serves <c>/stub_status</c>.</param>
/// <param name="TlsPort">Where it speaks TLS; null when it does not.</param>
/// <param name="Domain">Whose certificate it shows.</param>
public sealed record MonitoredProxy(string Host, int StatusPort, int? TlsPort, string? Domain);

/// <summary>What is worth knowing of one thing: rules, and panels that draw it.</summary>
/// <param name="Name">The file's name: <c>services</c>, <c>postgres</c>.</param>
/// <param name="Title">As people say it.</param>
/// <param name="Rules">Recording rules first.</param>
/// <param name="Panels">Empty when there is nothing to draw.</param>
public sealed record Watched(string Name, string Title, RuleGroup Rules, ImmutableArray<PanelPlan> Panels);

/// <summary>One file of rules.</summary>
/// <param name="Name">The file's and the group's name.</param>
/// <param name="Comment">What its owner reads at its top.</param>
/// <param name="Records">Values worked out once, for alerts and panels.</param>
/// <param name="Alerts">Each with its two tests.</param>
public sealed record RuleGroup(string Name, string Comment, ImmutableArray<RecordingRule> Records, ImmutableArray<AlertRule> Alerts);

public sealed record RecordingRule(string Name, string Expression)
{
    public ImmutableArray<(string Name, string Value)> Labels { get; init; } = [];

    /// <summary>What its owner would wonder about; null when there is nothing.</summary>
    public string? Comment { get; init; }
}

public enum AlertSeverity
{
    /// <summary>Somebody has to act now.</summary>
    Critical,

    /// <summary>Somebody should look today.</summary>
    Warning,
}

public sealed record AlertRule
{
    public required string Name { get; init; }
    public required AlertSeverity Severity { get; init; }
    public required string Expression { get; init; }

    /// <summary>How long it has to hold.</summary>
    public required TimeSpan For { get; init; }

    /// <summary>One sentence; may hold Prometheus' <c>{{ $labels.job }}</c>.</summary>
    public required string Summary { get; init; }

    /// <summary>What to do.</summary>
    public required string Description { get; init; }

    /// <summary>What its owner would wonder about; null when there is nothing.</summary>
    public string? Comment { get; init; }

    /// <summary>Series that make it fire.</summary>
    public required AlertTest Fires { get; init; }

    /// <summary>Series that come close and keep it silent.</summary>
    public required AlertTest Silent { get; init; }
}

/// <summary>Input of one unit test; it is judged after <see cref="Steps"/> steps.</summary>
/// <param name="Step">Time between two values.</param>
/// <param name="Steps">How many values there are after the first.</param>
/// <param name="Series">Each with its values as promtool reads them: <c>1x40</c>, <c>0+5x40</c>.</param>
public sealed record AlertTest(TimeSpan Step, int Steps, ImmutableArray<(string Name, string Values)> Series)
{
    /// <param name="step">Time between two values.</param>
    /// <param name="steps">How many there are.</param>
    /// <param name="series">Each with its value at every step (<c>1</c>) or its start and growth (<c>0+5</c>).</param>
    public static AlertTest Of(TimeSpan step, int steps, params ImmutableArray<(string Name, string Value)> series) =>
        new(step, steps, [.. series.Select(s => (s.Name, $"{s.Value}x{steps}"))]);
}

/// <summary>A dashboard of Grafana.</summary>
public sealed record DashboardPlan(string Name, string Title, ImmutableArray<PanelPlan> Panels);

/// <summary>One panel.</summary>
/// <param name="Title">What is drawn.</param>
/// <param name="Unit">Grafana's id of the unit: <c>bytes</c>, <c>percentunit</c>, <c>reqps</c>.</param>
/// <param name="Description">What to make of it.</param>
/// <param name="Queries">Expressions with their legends.</param>
public sealed record PanelPlan(string Title, string Unit, string Description, params ImmutableArray<(string Expression, string Legend)> Queries)
{
    /// <summary>True for the latest value alone in place of a curve.</summary>
    public bool Number { get; init; }
}

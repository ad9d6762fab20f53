using System.Collections.Immutable;
using DuskStack.Backing;
using DuskStack.Diagnostics;
using DuskStack.Manifests;

namespace DuskStack.Planning.Monitoring;

/// <summary>Decides what is watched, by which rules, and who is told.</summary>
public static class MonitoringPlanning
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(15);

    /// <param name="manifest">With or without the section.</param>
    /// <param name="backing">Whose exporters run.</param>
    /// <param name="containers">Services, of which those with metrics are watched.</param>
    /// <param name="proxy">Null when there is none.</param>
    /// <param name="bag">Gets what its owner should know.</param>
    /// <returns>Null without the section.</returns>
    public static (MonitoringPlan Plan, SectionParts Parts)? Plan(Manifest manifest, ImmutableArray<BackingPlan> backing, ImmutableArray<ContainerPlan> containers, MonitoredProxy? proxy, DiagnosticBag bag)
    {
        if (manifest.Monitoring is not { } section)
            return null;

        ImmutableArray<ContainerPlan> services = [.. containers.Where(Watches)];
        ImmutableArray<ExporterPlan> exporters = [.. backing.Select(b => b.Exporter).OfType<ExporterPlan>()];
        Report(section, services, bag);

        var pace = new Pace(section.ScrapeInterval?.Value ?? DefaultInterval);
        ImmutableArray<ScrapeJob> serviceJobs = [.. services.Select(s => new ScrapeJob(s.Name, s.Metrics!.Port, s.Metrics.Path, JobKind.Service, s.Replicas))];
        ImmutableArray<ScrapeJob> parts =
        [
            Part(MonitoringNames.Prometheus, MonitoringContainers.PrometheusPort),
            .. section.Webhook is null ? [] : new[] { Part(MonitoringNames.Alertmanager, MonitoringContainers.AlertmanagerPort) },
            Part(MonitoringNames.Machine, MonitoringContainers.MachinePort),
            .. exporters.Select(e => Part(e.Name, e.Port)),
            .. proxy is null ? [] : new[] { Part(MonitoringNames.Proxy, MonitoringContainers.ProxyPort) },
            .. proxy?.TlsPort is null ? [] : new[] { Part(MonitoringNames.Probe, MonitoringContainers.ProbePort) with { Kind = JobKind.Probe, Path = "/probe" } },
        ];
        ImmutableArray<Watched> watched =
        [
            .. services.IsEmpty ? [] : new[] { ServiceRules.Of(pace, services, serviceJobs) },
            MachineRules.Of(pace),
            .. exporters.Select(e => e.Watch(pace)),
            .. proxy is null ? [] : new[] { ProxyRules.Of(pace) },
            .. proxy?.TlsPort is null ? [] : new[] { ProxyRules.Certificate(pace) },
            SelfRules.Of(pace, parts, section.Webhook is not null),
        ];
        MonitoringPlan plan = new()
        {
            Pace = pace,
            Jobs = [.. serviceJobs, .. parts],
            Rules = [.. watched.Select(w => w.Rules)],
            Planned = Planned(serviceJobs, parts, services),
            Dashboards = section.Grafana?.Value == false ? [] : [.. watched.Where(w => !w.Panels.IsEmpty).Select(w => new DashboardPlan(w.Name, w.Title, w.Panels))],
            Receiver = section.Webhook?.Value,
            Certificate = proxy is { TlsPort: { } port } ? new($"{MonitoringNames.Probe}:{MonitoringContainers.ProbePort}", $"{proxy.Host}:{port}", proxy.Domain ?? proxy.Host) : null,
        };
        return (plan, MonitoringContainers.Of(manifest, section, plan, exporters, proxy));

        static ScrapeJob Part(string name, int port) => new(name, port, "/metrics", JobKind.Part);
    }

    /// <summary>Targets, and the proxy that exporters ask, meet monitoring on a network of its own: it has no business on the others.</summary>
    public static ContainerPlan Join(ContainerPlan container) =>
        Watches(container) || container.Role == ContainerRole.Proxy ? container with { Production = container.Production with { Networks = container.Production.Networks.Add(NetworkNames.Monitoring) } } : container;

    private static bool Watches(ContainerPlan container) => container is { Metrics: not null, Role: ContainerRole.Application or ContainerRole.Other };

    /// <summary>What the rules compare with stands in one file, in place of numbers all over the rules.</summary>
    private static ImmutableArray<RecordingRule> Planned(ImmutableArray<ScrapeJob> services, ImmutableArray<ScrapeJob> parts, ImmutableArray<ContainerPlan> watched) =>
    [
        .. services.Select(j => new RecordingRule("job:replicas:planned", $"vector({j.Replicas})") { Labels = [("job", j.Name), ("part", "service")] }),
        .. parts.Select(j => new RecordingRule("job:replicas:planned", $"vector({j.Replicas})") { Labels = [("job", j.Name), ("part", "monitoring")] }),
        .. watched.Select(s => new RecordingRule("job:memory_limit_bytes:planned", $"vector({s.Resources.Memory.Bytes / s.Metrics!.Processes})")
        {
            Labels = [("job", s.Name)],
            Comment = s.Metrics.Processes > 1 ? $"{s.Resources.Memory} for {s.Metrics.Processes} workers, which take turns in answering: a share each." : $"{s.Resources.Memory}",
        }),
    ];

    private static void Report(MonitoringSection section, ImmutableArray<ContainerPlan> services, DiagnosticBag bag)
    {
        if (section.Webhook is null)
            bag.Warning(DiagnosticCodes.NoReceiver, section.Key.Span, "alerts fire on Prometheus' page /alerts, and nobody is told", "name the secret with the address of a webhook: `receiver: { webhook: ALERT_WEBHOOK_URL }`");
        if (services.IsEmpty)
            bag.Warning(DiagnosticCodes.NothingToWatch, section.Key.Span, "no service has `metrics`, so only the machine, databases and caches are watched", "a service of the starters serves them: add `metrics: /metrics` to it");
        foreach ((Located<string> part, _) in section.Resources)
        {
            string? missing = part.Value switch
            {
                "alertmanager" when section.Webhook is null => "there is no Alertmanager without a `receiver`",
                "grafana" when section.Grafana?.Value == false => "`grafana: false` leaves it out",
                _ => null,
            };
            if (missing is not null)
                bag.Warning(DiagnosticCodes.PartNotThere, part.Span, $"`resources.{part.Value}` is used by nothing: {missing}", $"remove `{part.Value}`");
        }
    }
}

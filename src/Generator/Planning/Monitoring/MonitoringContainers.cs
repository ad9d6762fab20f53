using System.Collections.Immutable;
using DuskStack.Backing;
using DuskStack.Images;
using DuskStack.Manifests;

namespace DuskStack.Planning.Monitoring;

/// <summary>The containers of monitoring. Their pages are published on this machine's loopback address alone.</summary>
public static class MonitoringContainers
{
    public const int PrometheusPort = 9090;
    public const int AlertmanagerPort = 9093;
    public const int MachinePort = 9100;
    public const int ProxyPort = 9113;
    public const int ProbePort = 9115;

    /// <summary>On the host; inside it is 3000, which applications like as well.</summary>
    private const int GrafanaPort = 3300;

    private const string GrafanaPassword = "GRAFANA_ADMIN_PASSWORD";

    private static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(15);

    /// <summary>Whichever comes first, time or size: data of Prometheus must not fill the disk of the database.</summary>
    private const string RetentionSize = "10GB";

    public static SectionParts Of(Manifest manifest, MonitoringSection section, MonitoringPlan plan, ImmutableArray<ExporterPlan> exporters, MonitoredProxy? proxy)
    {
        bool grafana = !plan.Dashboards.IsEmpty;
        var author = new Author(manifest, section);
        return new()
        {
            Containers =
            [
                Prometheus(author, section, plan),
                .. plan.Receiver is { } receiver ? [Alertmanager(author, receiver)] : Array.Empty<ContainerPlan>(),
                .. grafana ? [Grafana(author)] : Array.Empty<ContainerPlan>(),
                Machine(author),
                .. exporters.Select(e => Backing(author, e)),
                .. proxy is null ? [] : new[] { Proxy(author, proxy) },
                .. plan.Certificate is null ? [] : new[] { Probe(author) },
            ],
            Secrets =
            [
                .. grafana ? [new SecretPlan(GrafanaPassword, new SecretOrigin.Random(GrafanaRotation))] : ImmutableArray<SecretPlan>.Empty,
                .. exporters.SelectMany(e => e.Secrets),
                .. plan.Receiver is { } secret ? [new SecretPlan(secret, new SecretOrigin.User())] : ImmutableArray<SecretPlan>.Empty,
            ],
            Volumes =
            [
                new("prometheus_data", "Prometheus: what it has measured"),
                .. plan.Receiver is null ? [] : new[] { new VolumePlan("alertmanager_data", "Alertmanager: silences, and who was told what") },
                .. grafana ? [new VolumePlan("grafana_data", "Grafana: users and own dashboards")] : ImmutableArray<VolumePlan>.Empty,
            ],
        };
    }

    /// <summary>Grafana reads the file when its volume is empty, and never again.</summary>
    private static ImmutableArray<string> GrafanaRotation =>
    [
        "docker compose -f compose.prod.yaml up -d --force-recreate --wait grafana",
        "docker compose -f compose.prod.yaml exec grafana sh -c 'grafana cli admin reset-admin-password --password-from-stdin < /run/secrets/GRAFANA_ADMIN_PASSWORD'",
    ];

    private static ContainerPlan Prometheus(Author author, MonitoringSection section, MonitoringPlan plan) => author.Container(
        MonitoringNames.Prometheus, ImageCatalog.Shared.Default("prometheus"), "prometheus", 512, PrometheusPort,
        "Prometheus: asks every target, keeps the answers, works out alerts.",
        Wget(PrometheusPort, "/-/healthy"),
        new()
        {
            Command =
            [
                "--config.file=/etc/prometheus/prometheus.yml",
                "--storage.tsdb.path=/prometheus",
                $"--storage.tsdb.retention.time={DurationText.Write(section.Retention?.Value ?? DefaultRetention)}",
                $"--storage.tsdb.retention.size={RetentionSize}",
                .. plan.Pace.Lookback is { } lookback ? [$"--query.lookback-delta={DurationText.Write(lookback)}"] : Array.Empty<string>(),
            ],
            Ports = [new("PROMETHEUS_PORT", PrometheusPort, PrometheusPort, Loopback: true)],
            Mounts =
            [
                new("./monitoring/prometheus/prometheus.yml", "/etc/prometheus/prometheus.yml", File: true),
                new("./monitoring/prometheus/rules", "/etc/prometheus/rules", File: true),
                new("prometheus_data", "/prometheus", File: false),
            ],
        }) with
    {
        // In this order Prometheus has somebody to tell from its first alert on.
        DependsOn = plan.Receiver is null ? [] : [new(MonitoringNames.Alertmanager, DependencyCondition.Started)],
        // It ends by writing what it holds in memory.
        StopGrace = TimeSpan.FromSeconds(60),
    };

    private static ContainerPlan Alertmanager(Author author, string receiver) => author.Container(
        MonitoringNames.Alertmanager, ImageCatalog.Shared.Default("alertmanager"), "alertmanager", 64, AlertmanagerPort,
        "Alertmanager: tells the receiver about alerts, once and together.",
        Wget(AlertmanagerPort, "/-/healthy"),
        new()
        {
            // An empty listen address: there is one Alertmanager, and no cluster to join.
            Command = ["--config.file=/etc/alertmanager/alertmanager.yml", "--storage.path=/alertmanager", "--cluster.listen-address="],
            Secrets = [receiver],
            Ports = [new("ALERTMANAGER_PORT", AlertmanagerPort, AlertmanagerPort, Loopback: true)],
            Mounts = [new("./monitoring/alertmanager/alertmanager.yml", "/etc/alertmanager/alertmanager.yml", File: true), new("alertmanager_data", "/alertmanager", File: false)],
        });

    private static ContainerPlan Grafana(Author author) => author.Container(
        MonitoringNames.Grafana, ImageCatalog.Shared.Default("grafana"), "grafana", 256, 3000,
        "Grafana: dashboards. User admin, password in secrets/GRAFANA_ADMIN_PASSWORD.",
        Wget(3000, "/api/health"),
        new()
        {
            Environment =
            [
                new("GF_SECURITY_ADMIN_PASSWORD__FILE", $"/run/secrets/{GrafanaPassword}"),
                new("GF_USERS_ALLOW_SIGN_UP", "false"),
                new("GF_AUTH_ANONYMOUS_ENABLED", "false"),
                new("GF_ANALYTICS_REPORTING_ENABLED", "false", "It calls nobody: no telemetry, no look for updates, no news, no avatars, no plugins."),
                new("GF_ANALYTICS_CHECK_FOR_UPDATES", "false"),
                new("GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES", "false"),
                new("GF_ANALYTICS_FEEDBACK_LINKS_ENABLED", "false"),
                new("GF_NEWS_NEWS_FEED_ENABLED", "false"),
                new("GF_SECURITY_DISABLE_GRAVATAR", "true"),
                new("GF_SNAPSHOTS_EXTERNAL_ENABLED", "false"),
                new("GF_PLUGINS_PREINSTALL_DISABLED", "true"),
            ],
            Secrets = [GrafanaPassword],
            Ports = [new("GRAFANA_PORT", GrafanaPort, 3000, Loopback: true)],
            Mounts =
            [
                new("./monitoring/grafana/provisioning/datasources", "/etc/grafana/provisioning/datasources", File: true),
                new("./monitoring/grafana/provisioning/dashboards", "/etc/grafana/provisioning/dashboards", File: true),
                new("./monitoring/grafana/dashboards", "/etc/grafana/dashboards", File: true),
                new("grafana_data", "/var/lib/grafana", File: false),
            ],
            Tmpfs = [new("/tmp", ByteSize.Mebibytes(32), "1777", null)],
        }) with
    { DependsOn = [new(MonitoringNames.Prometheus, DependencyCondition.Healthy)] };

    private static ContainerPlan Machine(Author author) => author.Container(
        MonitoringNames.Machine, ImageCatalog.Shared.Default("node-exporter"), "exporters", 32, MachinePort,
        "Disks, memory and processors of this machine. It reads the root folder as nobody, and no Docker socket.",
        Wget(MachinePort, "/"),
        new()
        {
            // Its own network interfaces say nothing of the machine's, so only what a container can see is collected.
            Command =
            [
                "--path.rootfs=/host", "--collector.disable-defaults", "--collector.cpu", "--collector.meminfo", "--collector.filesystem", "--collector.loadavg", "--collector.diskstats",
                "--collector.filesystem.mount-points-exclude=^/(dev|proc|run|sys|etc/(hostname|hosts|resolv.conf))($|/)",
            ],
            Mounts = [new("/", "/host", File: true)],
        });

    private static ContainerPlan Backing(Author author, ExporterPlan exporter) => author.Container(
        exporter.Name, exporter.Image, "exporters", 32, exporter.Port,
        $"Asks {exporter.Name[..^"-exporter".Length]} how it is, for Prometheus.",
        Asks(exporter.Image, exporter.Port),
        new()
        {
            Command = exporter.Command,
            Environment = exporter.Environment,
            Secrets = [.. exporter.Secrets.Select(s => s.Name)],
            Networks = [NetworkNames.Monitoring, NetworkNames.Data],
        });

    private static ContainerPlan Proxy(Author author, MonitoredProxy proxy) => author.Container(
        MonitoringNames.Proxy, ImageCatalog.Shared.Default("nginx-exporter"), "exporters", 32, ProxyPort,
        "Asks the proxy how it is, for Prometheus.",
        Asks(ImageCatalog.Shared.Default("nginx-exporter"), ProxyPort),
        new() { Command = [$"--nginx.scrape-uri=http://{proxy.Host}:{proxy.StatusPort}/stub_status"] });

    private static ContainerPlan Probe(Author author) => author.Container(
        MonitoringNames.Probe, ImageCatalog.Shared.Default("blackbox-exporter"), "exporters", 32, ProbePort,
        "Opens TLS at the proxy, and reads how long its certificate lasts.",
        Asks(ImageCatalog.Shared.Default("blackbox-exporter"), ProbePort),
        new()
        {
            Command = ["--config.file=/etc/blackbox_exporter/config.yml"],
            Mounts = [new("./monitoring/blackbox/blackbox.yml", "/etc/blackbox_exporter/config.yml", File: true)],
        });

    /// <summary>An image from scratch holds its program and nothing that could ask it: Prometheus misses it when it is gone.</summary>
    private static HealthPlan Asks(BaseImage image, int port) => image.Tools.Contains("wget") ? Wget(port, "/") : new HealthPlan.Absent();

    private static HealthPlan.Check Wget(int port, string path)
    {
        ImmutableArray<string> test = ["CMD", "wget", "-q", "--spider", $"http://127.0.0.1:{port}{path}"];
        return new(test, test, HealthTiming.Application);
    }

    /// <summary>What all of them have in common.</summary>
    private sealed class Author(Manifest manifest, MonitoringSection section)
    {
        public ContainerPlan Container(string name, BaseImage image, string part, int memory, int port, string comment, HealthPlan health, ModePlan production) => new()
        {
            Name = name,
            Role = ContainerRole.Operations,
            Comment = comment,
            Image = null,
            Reference = ImagePlanning.Reference(image, manifest.Images),
            Port = port,
            Health = health,
            DependsOn = [],
            StopGrace = TimeSpan.FromSeconds(10),
            Replicas = 1,
            Resources = ResourcePlanning.Plan(section.Resources.FirstOrDefault(r => r.Part.Value == part).Resources ?? new(), ByteSize.Mebibytes(memory)),
            Logs = LogsPlan.Default,
            Development = null,
            Production = production with
            {
                Networks = production.Networks.IsEmpty ? [NetworkNames.Monitoring] : production.Networks,
                User = image.User,
                ReadOnly = true,
                DropCapabilities = true,
            },
        };
    }
}

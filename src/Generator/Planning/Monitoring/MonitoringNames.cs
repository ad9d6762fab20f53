using System.Collections.Immutable;
using DuskStack.Manifests;

namespace DuskStack.Planning.Monitoring;

/// <summary>Compose names of monitoring.</summary>
public static class MonitoringNames
{
    public const string Prometheus = "prometheus";
    public const string Alertmanager = "alertmanager";
    public const string Grafana = "grafana";
    public const string Machine = "node-exporter";
    public const string Proxy = "nginx-exporter";
    public const string Probe = "blackbox-exporter";

    /// <summary>What no service may be called, whichever parts there are: adding one later must not rename a service.</summary>
    public static ImmutableArray<string> Of(Manifest manifest) => manifest.Monitoring is null
        ? []
        : [Prometheus, Alertmanager, Grafana, Machine, Proxy, Probe, .. new[] { manifest.Postgres?.Key, manifest.Cache?.Key }.OfType<Located<string>>().Select(k => Exporter(k.Value))];

    /// <summary>The exporter of a backing service.</summary>
    public static string Exporter(string backing) => $"{backing}-exporter";
}

using System.Collections.Immutable;

namespace DuskStack.Manifests.Settings;

/// <summary><c>monitoring:</c></summary>
public static class MonitoringSettings
{
    public static readonly Setting<TimeSpan> Retention = new("retention", new DurationType(TimeSpan.FromHours(1), TimeSpan.FromDays(3650))) { Summary = "How long Prometheus keeps its data.", Default = "15d", Example = "30d" };
    public static readonly Setting<TimeSpan> ScrapeInterval = new("scrapeInterval", new DurationType(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10))) { Summary = "Time between two looks at every target.", Default = "15s", Example = "15s" };
    public static readonly Setting<bool> Grafana = new("grafana", ValueTypes.Bool) { Summary = "Whether Grafana and its dashboards are part of it.", Default = "true", Example = "false" };

    public static readonly Setting<string> Webhook = new("webhook", NameTypes.Variable) { Summary = "Name of the secret that holds the address to which alerts are sent.", Example = "ALERT_WEBHOOK_URL", IsRequired = true };
    public static readonly Setting<string> Receiver = new("receiver", new ConvertedType<Receiver, string>(new ObjectType<Receiver>(
        new("receiver", "Who is told about alerts.", [Webhook]) { Example = "receiver: { webhook: ALERT_WEBHOOK_URL }" },
        values => new(values.Required(Webhook))), (receiver, _) => receiver.Value.Webhook.Value))
    { Summary = "Who is told about alerts.", DefaultInWords = "nobody" };

    public static readonly Setting<Resources> Prometheus = new("prometheus", ResourceSettings.Type) { Summary = "Of Prometheus." };
    public static readonly Setting<Resources> Alertmanager = new("alertmanager", ResourceSettings.Type) { Summary = "Of Alertmanager." };
    public static readonly Setting<Resources> GrafanaPart = new("grafana", ResourceSettings.Type) { Summary = "Of Grafana." };
    public static readonly Setting<Resources> Exporters = new("exporters", ResourceSettings.Type) { Summary = "Of each exporter." };

    public static readonly Setting<PartResources> Resources = new("resources", new ObjectType<PartResources>(
        new("monitoringResources", "How much of the machine each part of monitoring may use.", [Prometheus, Alertmanager, GrafanaPart, Exporters])
        {
            OtherWords = ImmutableDictionary.CreateRange(new Dictionary<string, string> { ["memory"] = "write it under a part: `prometheus: { memory: 1G }`", ["cpus"] = "write it under a part: `prometheus: { cpus: 1 }`" }),
            Example = "resources: { prometheus: { memory: 1G } }",
        },
        values => new([.. new[] { Prometheus, Alertmanager, GrafanaPart, Exporters }.Where(values.Has).Select(part => (new Located<string>(part.Name, values.Written(part)!.Key.Span), values.Required(part).Value))])))
    { Summary = "How much of the machine each part may use." };

    public static readonly ObjectType<MonitoringSection> Type = new(
        new("monitoring", "Prometheus, its alerts and exporters, Alertmanager and Grafana.", [Retention, ScrapeInterval, Grafana, Receiver, Resources])
        {
            MayBeEmpty = true,
            OtherWords = ImmutableDictionary.CreateRange(new Dictionary<string, string> { ["interval"] = "scrapeInterval", ["scrape_interval"] = "scrapeInterval", ["webhook"] = "write it as `receiver: { webhook: ALERT_WEBHOOK_URL }`", ["alerts"] = "receiver" }),
            Example = "monitoring: { retention: 15d, scrapeInterval: 15s, receiver: { webhook: ALERT_WEBHOOK_URL }, resources: { prometheus: { memory: 1G } } }",
        },
        values => new()
        {
            Key = values.Key,
            Retention = values.Get(Retention),
            ScrapeInterval = values.Get(ScrapeInterval),
            Grafana = values.Get(Grafana),
            Webhook = values.Get(Receiver),
            Resources = values.Get(Resources)?.Value.Parts ?? [],
        });
}

/// <summary><c>monitoring.receiver:</c></summary>
public sealed record Receiver(Located<string> Webhook);

/// <summary><c>monitoring.resources:</c> by part.</summary>
public sealed record PartResources(ImmutableArray<(Located<string> Part, Resources Resources)> Parts);

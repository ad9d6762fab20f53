using System.Collections.Immutable;
using DuskStack.Manifests;
using DuskStack.Planning;
using DuskStack.Planning.Monitoring;
using DuskStack.Templating;

namespace DuskStack.Outputs.Monitoring;

/// <summary><c>monitoring/</c>: Prometheus with its rules and their tests, Alertmanager, Grafana's provisioning and dashboards.</summary>
public sealed class MonitoringOutput : IOutput
{
    private const string Folder = "monitoring";

    public IEnumerable<RenderedFile> Render(Plan plan)
    {
        if (plan.Monitoring is not { } monitoring)
            yield break;

        yield return File("prometheus/prometheus.yml", "prometheus.yml", Scraping(monitoring));
        yield return File("prometheus/rules/planned.yml", "planned.yml", new
        {
            Rules = monitoring.Planned.Select(r => new { r.Name, r.Expression, Comment = r.Comment ?? "", Labels = r.Labels.Select(l => new { l.Name, l.Value }).ToImmutableArray() }).ToImmutableArray(),
        });
        foreach (RuleGroup group in monitoring.Rules)
        {
            yield return File($"prometheus/rules/{group.Name}.yml", "rules.yml", Rules(group));
            yield return File($"prometheus/tests/{group.Name}.yml", "tests.yml", Tests(group));
        }

        if (monitoring.Receiver is { } receiver)
            yield return File("alertmanager/alertmanager.yml", "alertmanager.yml", new { Receiver = receiver, Wait = DurationText.Write(monitoring.Pace.GroupWait) });
        if (monitoring.Certificate is { } certificate)
            yield return File("blackbox/blackbox.yml", "blackbox.yml", new { certificate.Domain });
        if (monitoring.Dashboards.IsEmpty)
            yield break;
        yield return File("grafana/provisioning/datasources/prometheus.yaml", "datasources.yaml", new
        {
            Uid = Dashboard.Datasource,
            Url = $"http://{MonitoringNames.Prometheus}:{MonitoringContainers.PrometheusPort}",
            Interval = DurationText.Write(monitoring.Pace.Interval),
        });
        yield return File("grafana/provisioning/dashboards/files.yaml", "dashboards.yaml", new { });
        foreach (DashboardPlan dashboard in monitoring.Dashboards)
            yield return new($"{Folder}/grafana/dashboards/{dashboard.Name}.json", Dashboard.Write(dashboard), $"monitoring/dashboard:{dashboard.Name}");
    }

    private static RenderedFile File(string path, string template, object model) =>
        RenderedFile.Of($"{Folder}/{path}", $"monitoring/{template}:{Path.GetFileNameWithoutExtension(path)}", TemplateSet.Shared.RenderSections($"monitoring/{template}", model));

    private static object Scraping(MonitoringPlan plan) => new
    {
        Interval = DurationText.Write(plan.Pace.Interval),
        Evaluation = DurationText.Write(plan.Pace.Evaluation),
        Timeout = DurationText.Write(plan.Pace.Timeout),
        Alertmanager = plan.Receiver is null ? "" : $"{MonitoringNames.Alertmanager}:{MonitoringContainers.AlertmanagerPort}",
        Services = Jobs(plan, JobKind.Service).Select(j => new { j.Name, j.Path, j.Port, Refresh = DurationText.Write(plan.Pace.Refresh) }).ToImmutableArray(),
        Parts = Jobs(plan, JobKind.Part).Select(j => new { j.Name, Target = j.Name == MonitoringNames.Prometheus ? $"127.0.0.1:{j.Port}" : $"{j.Name}:{j.Port}" }).ToImmutableArray(),
        Probe = plan.Certificate is { } certificate ? new { Jobs(plan, JobKind.Probe).Single().Name, certificate.Address, certificate.Domain, certificate.Exporter } : null,
    };

    private static IEnumerable<ScrapeJob> Jobs(MonitoringPlan plan, JobKind kind) => plan.Jobs.Where(j => j.Kind == kind);

    private static object Rules(RuleGroup group) => new
    {
        group.Name,
        group.Comment,
        Records = group.Records.Select(r => new { r.Name, Expression = Lines(r.Expression), Comment = r.Comment ?? "" }).ToImmutableArray(),
        Alerts = group.Alerts.Select(a => new
        {
            a.Name,
            Expression = Lines(a.Expression),
            For = a.For == TimeSpan.Zero ? "" : DurationText.Write(a.For),
            Severity = a.Severity.ToString().ToLowerInvariant(),
            a.Summary,
            a.Description,
            Comment = a.Comment ?? "",
        }).ToImmutableArray(),
    };

    private static object Tests(RuleGroup group) => new
    {
        group.Name,
        Interval = DurationText.Write(group.Alerts.SelectMany(a => new[] { a.Fires.Step, a.Silent.Step }).Min()),
        Tests = group.Alerts.SelectMany(a => new[] { Test(a, a.Fires, fires: true), Test(a, a.Silent, fires: false) }).ToImmutableArray(),
    };

    private static object Test(AlertRule alert, AlertTest test, bool fires) => new
    {
        Title = $"{alert.Name} {(fires ? "fires" : "stays silent")}",
        Alert = alert.Name,
        Fires = fires,
        Step = DurationText.Write(test.Step),
        At = DurationText.Write(test.Step * test.Steps),
        Series = test.Series.Select(s => new { s.Name, s.Values }).ToImmutableArray(),
    };

    private static ImmutableArray<string> Lines(string expression) => [.. expression.Split('\n')];
}

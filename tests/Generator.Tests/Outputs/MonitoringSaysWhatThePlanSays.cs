using System.Text.Json;
using DuskStack.Planning;
using DuskStack.Planning.Monitoring;
using DuskStack.Tests.Snapshots;
using YamlDotNet.RepresentationModel;

namespace DuskStack.Tests.Outputs;

/// <summary>The files of monitoring, parsed back and held against the Plan and against each other.</summary>
public sealed class MonitoringSaysWhatThePlanSays
{
    public static TheoryData<string> Cases() =>
        [.. SnapshotCase.All().Where(s => Directory.Exists(Path.Combine(s.Expected, "monitoring"))).Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_alert_has_a_test_that_fires_and_one_that_is_silent(string name)
    {
        MonitoringPlan plan = Load(name).Plan.Monitoring!;
        foreach (RuleGroup group in plan.Rules)
        {
            var tests = (YamlSequenceNode)Yaml(name, $"prometheus/tests/{group.Name}.yml")["tests"];
            ILookup<string, bool> fires = tests.ToLookup(t => Text(t["name"]).Split(' ')[0], t => ((YamlSequenceNode)t["promql_expr_test"][0]["exp_samples"]).Any());
            Assert.Equal(group.Alerts.Select(a => a.Name).Order(), Alerts(name, group.Name).Select(a => Text(a["alert"])).Order());
            Assert.All(group.Alerts, a => Assert.Equal([false, true], fires[a.Name].Order()));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_alert_says_how_bad_it_is_and_what_to_do(string name)
    {
        foreach (YamlMappingNode alert in Load(name).Plan.Monitoring!.Rules.SelectMany(g => Alerts(name, g.Name)))
        {
            Assert.Contains(Text(alert["labels"]["severity"]), new[] { "critical", "warning" });
            Assert.InRange(Text(alert["annotations"]["summary"]).Length, 10, 100);
            Assert.InRange(Text(alert["annotations"]["description"]).Length, 40, 400);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_recorded_value_is_used(string name)
    {
        MonitoringPlan plan = Load(name).Plan.Monitoring!;
        string[] expressions =
        [
            .. plan.Rules.SelectMany(g => g.Records.Select(r => r.Expression).Concat(g.Alerts.Select(a => a.Expression))),
            .. plan.Dashboards.SelectMany(d => d.Panels).SelectMany(p => p.Queries).Select(q => q.Expression),
        ];
        foreach (string record in plan.Rules.SelectMany(g => g.Records).Concat(plan.Planned).Select(r => r.Name).Distinct())
            Assert.Contains(expressions, e => e.Contains(record, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Expressions_and_patience_are_those_of_the_Plan(string name)
    {
        foreach (RuleGroup group in Load(name).Plan.Monitoring!.Rules)
        {
            Assert.Equal(group.Alerts.Select(a => a.Expression + "\n"), Alerts(name, group.Name).Select(a => Text(a["expr"])));
            Assert.Equal(group.Alerts.Select(a => a.For == TimeSpan.Zero), Alerts(name, group.Name).Select(a => !a.Children.ContainsKey("for")));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Prometheus_asks_what_speaks_metrics_and_nothing_else(string name)
    {
        (Plan plan, _) = Load(name);
        YamlMappingNode root = Yaml(name, "prometheus/prometheus.yml");
        string[] jobs = [.. ((YamlSequenceNode)root["scrape_configs"]).Select(j => Text(j["job_name"]))];
        Assert.Equal(plan.Monitoring!.Jobs.Select(j => j.Name), jobs);

        // A service that serves metrics is on the network of monitoring, and so is the proxy; the others are not. Every job is a container's name.
        Assert.All(plan.Containers.Where(c => c.Role != ContainerRole.Operations), c => Assert.Equal(c.Metrics is not null || c.Role == ContainerRole.Proxy, c.Production.Networks.Contains(NetworkNames.Monitoring)));
        Assert.Subset(plan.Containers.Where(c => c.Production.Networks.Count(n => n == NetworkNames.Monitoring) == 1).Select(c => c.Name).ToHashSet(), jobs.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Containers_of_monitoring_have_no_rights_and_no_open_doors(string name)
    {
        (Plan plan, _) = Load(name);
        foreach (ContainerPlan container in plan.Containers.Where(c => c.Role == ContainerRole.Operations))
        {
            Assert.Null(container.Development);
            Assert.True(container.Production is { ReadOnly: true, DropCapabilities: true, User: not (null or "0:0") }, container.Name);
            Assert.All(container.Production.Ports, p => Assert.True(p.Loopback));
            Assert.All(container.Production.Secrets, s => Assert.Contains(plan.Secrets, p => p.Name == s));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Dashboards_have_uids_units_and_a_datasource_that_exists(string name)
    {
        (Plan plan, var files) = Load(name);
        JsonElement[] dashboards = [.. files.Where(f => f.Key.Contains("/grafana/dashboards/", StringComparison.Ordinal)).Select(f => JsonDocument.Parse(f.Value).RootElement)];
        Assert.Equal(plan.Monitoring!.Dashboards.Length, dashboards.Length);
        if (dashboards.Length == 0)
        {
            Assert.DoesNotContain(files.Keys, f => f.Contains("grafana", StringComparison.Ordinal));
            return;
        }

        string datasource = Text(Yaml(name, "grafana/provisioning/datasources/prometheus.yaml")["datasources"][0]["uid"]);
        Assert.Equal(dashboards.Length, dashboards.Select(d => d.GetProperty("uid").GetString()).Distinct().Count());
        foreach (JsonElement[] panels in dashboards.Select(d => d.GetProperty("panels").EnumerateArray().ToArray()))
        {
            Assert.Equal(panels.Length, panels.Select(p => p.GetProperty("id").GetInt32()).Distinct().Count());
            Assert.Equal(panels.Length, panels.Select(p => p.GetProperty("gridPos").GetRawText()).Distinct().Count());
            foreach (JsonElement panel in panels)
            {
                Assert.Equal(datasource, panel.GetProperty("datasource").GetProperty("uid").GetString());
                Assert.NotEmpty(panel.GetProperty("fieldConfig").GetProperty("defaults").GetProperty("unit").GetString()!);
                Assert.NotEmpty(panel.GetProperty("description").GetString()!);
                Assert.All(panel.GetProperty("targets").EnumerateArray(), t => Assert.NotEmpty(t.GetProperty("legendFormat").GetString()!));
            }
        }
    }

    private static (Plan Plan, IReadOnlyDictionary<string, string> Files) Load(string name)
    {
        SnapshotCase snapshot = SnapshotCase.All().Single(c => c.Name == name);
        return (snapshot.Run().Plan!, snapshot.Actual());
    }

    private static YamlMappingNode Yaml(string name, string path)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Load(name).Files[$"expected/monitoring/{path}"]));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static IEnumerable<YamlMappingNode> Alerts(string name, string group) =>
        ((YamlSequenceNode)Yaml(name, $"prometheus/rules/{group}.yml")["groups"][0]["rules"]).Cast<YamlMappingNode>().Where(r => r.Children.ContainsKey("alert"));

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;
}

using System.Text;
using DuskStack.Containers.Verification.Lint;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Outputs;
using DuskStack.Outputs.Monitoring;
using DuskStack.Planning;
using DuskStack.Planning.Monitoring;
using Xunit;

namespace DuskStack.Containers.Tests.Generated;

/// <summary>The files of monitoring, read by promtool and amtool of the images that they run in.</summary>
public sealed class Monitoring_reads_what_is_generated
{
    private const string Config = MonitoringTools.Config, Rules = MonitoringTools.Rules, Tests = MonitoringTools.Tests;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineTheory]
    [MemberData(nameof(Trees))]
    public async Task Promtool_accepts_configuration_and_rules_and_every_alert_passes_its_tests(string tree)
    {
        using TestFolder folder = GeneratedTree.Named(tree);
        Assert.All(Directory.EnumerateFiles(folder["monitoring/prometheus/rules"]).Select(Path.GetFileName).Where(f => f != "planned.yml"), f => Assert.True(File.Exists(folder[$"monitoring/prometheus/tests/{f}"])));
        foreach (string check in new[] { Config, Rules, Tests })
            (await Promtool(folder, check)).OrThrow();
    }

    [EngineTheory]
    [MemberData(nameof(Trees))]
    public async Task Amtool_accepts_who_is_told(string tree)
    {
        using TestFolder folder = GeneratedTree.Named(tree);
        Assert.Equal(File.Exists(folder["monitoring/alertmanager/alertmanager.yml"]), (await File.ReadAllTextAsync(folder["compose.prod.yaml"], Cancellation)).Contains("\n  alertmanager:\n", StringComparison.Ordinal));
        if (File.Exists(folder["monitoring/alertmanager/alertmanager.yml"]))
            (await Amtool(folder)).OrThrow();
    }

    /// <summary>With a proxy there are two more exporters, their rules, and a probe of the certificate.</summary>
    [EngineFact]
    public async Task What_a_proxy_adds_is_accepted_as_well()
    {
        using TestFolder folder = WithProxy();
        Assert.True(File.Exists(folder["monitoring/prometheus/tests/certificate.yml"]));
        foreach (string check in new[] { Config, Rules, Tests })
            (await Promtool(folder, check)).OrThrow();
        (await Blackbox(folder)).OrThrow();
        folder.Edit("monitoring/blackbox/blackbox.yml", "preferred_ip_protocol", "preferred_protocol");
        Assert.Equal(1, (await Blackbox(folder)).ExitCode);
    }

    [EngineTheory]
    [InlineData("certificate.yml", "certificate:lifetime_seconds / 4", "certificate:lifetime_seconds / 3")]
    [InlineData("certificate.yml", "certificate:lifetime_seconds / 4", "certificate:lifetime_seconds / 8")]
    [InlineData("proxy.yml", "nginx_up == 0", "nginx_up == 1")]
    [InlineData("proxy.yml", "> 0.01", "> 2")]
    public async Task A_mistake_of_the_proxys_rules_is_found(string file, string before, string after)
    {
        using TestFolder folder = WithProxy();
        folder.Edit($"monitoring/prometheus/rules/{file}", before, after);
        Assert.Equal(1, (await Promtool(folder, Tests)).ExitCode);
    }

    /// <summary>Each check says no to a mistake that it is there for.</summary>
    [EngineTheory]
    [InlineData(Config, "prometheus.yml", "job_name: api", "jobname: api")]
    [InlineData(Config, "prometheus.yml", "rules/*.yml", "rules/lost.yml")]
    [InlineData(Rules, "rules/services.yml", "up == 1", "up === 1")]
    [InlineData(Rules, "rules/services.yml", "{{ $labels.job }}", "{{ $labels.job")]
    [InlineData(Tests, "rules/services.yml", "> 0.05 and", "> 0.5 and")]
    [InlineData(Tests, "rules/services.yml", "> 0.05 and", "> 0.01 and")]
    [InlineData(Tests, "rules/postgres.yml", "pg_up == 0", "pg_up == 1")]
    [InlineData(Tests, "rules/machine.yml", "24 * 3600", "60")]
    [InlineData(Tests, "rules/monitoring.yml", ">= on (job)", "> on (job)")]
    public async Task A_mistake_is_found(string check, string file, string before, string after)
    {
        using TestFolder folder = GeneratedTree.Named("snapshot monitoring-everything");
        folder.Edit($"monitoring/prometheus/{file}", before, after);
        ProcessOutcome outcome = await Promtool(folder, check);
        Assert.True(outcome.ExitCode is > 0 and < 125, outcome.Output + outcome.Errors);
    }

    [EngineFact]
    public async Task A_mistake_of_the_receiver_is_found()
    {
        using TestFolder folder = GeneratedTree.Named("snapshot monitoring-everything");
        folder.Edit("monitoring/alertmanager/alertmanager.yml", "  receiver: webhook", "  receiver: nobody");
        Assert.Equal(1, (await Amtool(folder)).ExitCode);
    }

    /// <summary>The trees with monitoring.</summary>
    public static TheoryData<string> Trees()
    {
        var names = new TheoryData<string>();
        foreach (GeneratedTree tree in GeneratedTree.All)
        {
            using TestFolder folder = tree.Write();
            if (Directory.Exists(folder["monitoring"]))
                names.Add(tree.Row("monitoring"));
        }

        return names;
    }

    private static TestFolder WithProxy()
    {
        const string Text = "version: 1\nname: demo\nservices: { api: { stack: node, metrics: /metrics } }\nmonitoring: {}\n";
        var folder = new TestFolder("lint");
        Plan plan = Rendered.Into(folder, Text);
        var bag = new DiagnosticBag();
        Manifest manifest = ManifestReader.Read(new("duskstack.yaml", Encoding.UTF8.GetBytes(Text)), (_, _) => null, bag)!;
        MonitoringPlan monitoring = MonitoringPlanning.Plan(manifest, [], plan.Containers, new("proxy", 8082, 8443, "shop.example.com"), bag)!.Value.Plan;
        foreach (RenderedFile file in new MonitoringOutput().Render(plan with { Monitoring = monitoring }))
            folder.Write(file.Path, file.Content);
        return folder;
    }

    private static Task<ProcessOutcome> Blackbox(TestFolder folder) => MonitoringTools.Blackbox(TestEngine.Shared, folder["monitoring/blackbox"], Cancellation);

    private static Task<ProcessOutcome> Promtool(TestFolder folder, string command) => MonitoringTools.Promtool(TestEngine.Shared, folder["monitoring/prometheus"], command, Cancellation);

    private static Task<ProcessOutcome> Amtool(TestFolder folder) => MonitoringTools.Amtool(TestEngine.Shared, folder["monitoring/alertmanager"], Cancellation);
}

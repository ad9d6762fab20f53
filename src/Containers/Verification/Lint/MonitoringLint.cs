using System.Runtime.CompilerServices;
using DuskStack.Images;

namespace DuskStack.Containers.Verification.Lint;

/// <summary>The files of monitoring, read by the programs of the images that they run in.</summary>
public static class MonitoringLint
{
    public static IAsyncEnumerable<Finding> Prometheus(LintedProject project, CancellationToken cancellation) =>
        Of(project, "monitoring/prometheus/prometheus.yml", "accepted", "promtool says no", async (engine, folder) =>
        {
            ProcessOutcome config = await MonitoringTools.Promtool(engine, folder, MonitoringTools.Config, cancellation);
            return config.Succeeded ? await MonitoringTools.Promtool(engine, folder, MonitoringTools.Rules, cancellation) : config;
        }, cancellation);

    public static IAsyncEnumerable<Finding> AlertTests(LintedProject project, CancellationToken cancellation) =>
        Of(project, "monitoring/prometheus/tests", "every alert fires and keeps silent as its tests say", "a test of an alert fails", (engine, folder) => MonitoringTools.Promtool(engine, Path.GetDirectoryName(folder)! + "/prometheus", MonitoringTools.Tests, cancellation), cancellation);

    public static IAsyncEnumerable<Finding> Alertmanager(LintedProject project, CancellationToken cancellation) =>
        Of(project, "monitoring/alertmanager/alertmanager.yml", "accepted", "amtool says no", (engine, folder) => MonitoringTools.Amtool(engine, folder, cancellation), cancellation);

    public static IAsyncEnumerable<Finding> Blackbox(LintedProject project, CancellationToken cancellation) =>
        Of(project, "monitoring/blackbox/blackbox.yml", "accepted", "the exporter says no", (engine, folder) => MonitoringTools.Blackbox(engine, folder, cancellation), cancellation);

    private static async IAsyncEnumerable<Finding> Of(LintedProject project, string path, string passed, string failed, Func<Engine, string, Task<ProcessOutcome>> run, [EnumeratorCancellation] CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!Path.Exists(project.At(path)))
            yield break;
        if (project.Engine is not { } engine)
        {
            yield return new(path, Verdict.NotRun(project.NoEngine));
            yield break;
        }

        ProcessOutcome outcome = await run(engine, Path.GetDirectoryName(project.At(path))!);
        string reason = (outcome.Output + outcome.Errors).Split('\n').FirstOrDefault(l => l.Contains("FAILED", StringComparison.Ordinal) || l.Contains("error", StringComparison.OrdinalIgnoreCase))?.Trim() ?? "";
        yield return new(path, Tool.Judge(outcome, passed, reason.Length == 0 ? failed : $"{failed}: {reason}"));
    }
}

/// <summary>promtool, amtool and the blackbox exporter, out of their images.</summary>
public static class MonitoringTools
{
    /// <summary>Prometheus is started with a longer memory where it asks rarely; promtool has to know.</summary>
    public const string Config = "promtool check config --lint=all --lint-fatal --query.lookback-delta=30m /etc/prometheus/prometheus.yml";
    public const string Rules = "promtool check rules --lint=all --lint-fatal /etc/prometheus/rules/*.yml";
    public const string Tests = "promtool test rules /etc/prometheus/tests/*.yml";

    /// <param name="engine">Runs it.</param>
    /// <param name="folder">With prometheus.yml.</param>
    /// <param name="command">One of the above.</param>
    /// <param name="cancellation">Ends it.</param>
    public static Task<ProcessOutcome> Promtool(Engine engine, string folder, string command, CancellationToken cancellation) => (engine.Docker(
        "run", "--rm", "--network=none", "--read-only", "--tmpfs=/tmp", "--volume", $"{folder}:/etc/prometheus:ro", "--entrypoint=sh",
        ImageCatalog.Shared.Default("prometheus").Reference, "-c", command) with { Timeout = TimeSpan.FromMinutes(5) }).Run(cancellation);

    public static Task<ProcessOutcome> Amtool(Engine engine, string folder, CancellationToken cancellation) => engine.Docker(
        "run", "--rm", "--network=none", "--volume", $"{folder}:/etc/alertmanager:ro", "--entrypoint=amtool",
        ImageCatalog.Shared.Default("alertmanager").Reference, "check-config", "/etc/alertmanager/alertmanager.yml").Run(cancellation);

    public static Task<ProcessOutcome> Blackbox(Engine engine, string folder, CancellationToken cancellation) => engine.Docker(
        "run", "--rm", "--network=none", "--volume", $"{folder}:/etc/blackbox_exporter:ro",
        ImageCatalog.Shared.Default("blackbox-exporter").Reference, "--config.file=/etc/blackbox_exporter/blackbox.yml", "--config.check").Run(cancellation);
}

using System.Collections.Immutable;
using System.Globalization;

namespace DuskStack.Containers.Verification.Reports;

/// <summary>The words and cells that all reports for people share.</summary>
public static class ReportText
{
    private const string StandIns = "Bases were made on this machine in place of the published ones. An image counts with what it holds above its base and the published size of the base; where nobody published that, with what was measured here, called an estimate.";

    /// <summary>What a reader has to know beside the figures.</summary>
    public static ImmutableArray<string> Notes(VerifyReport report) =>
    [
        .. report.HasStandIns ? [StandIns] : Array.Empty<string>(),
        .. report.Stack is { Substituted: { IsEmpty: false } names } ? [$"What runs elsewhere was not reached: empty servers of this run took the place of {string.Join(" and ", names)}."] : Array.Empty<string>(),
    ];

    public static ImmutableArray<string> ImageHead { get; } = ["image", "MB", "above base", "base", "budget", "layers", "cold build", "warm build"];

    public static ImmutableArray<string> ContainerHead { get; } = ["container", "healthy", "status", "stop", "memory at rest", "limit"];

    public static string Counts(VerifyReport report) => $"{report.Count(Outcome.Passed)} passed, {report.Count(Outcome.Failed)} failed, {report.Count(Outcome.NotRun)} not run";

    public static string Heading(VerifyReport report) => $"{report.Project}: {Counts(report)}, in {report.Duration.TotalSeconds:0} s{(report.Engine is null ? ", without an engine" : $", on {report.Engine}")}";

    public static IEnumerable<ImmutableArray<string>> ImageRows(VerifyReport report) => report.Images.Where(i => i.Content is not null || !i.Built).Select(i => i.Content is null
        ? ImmutableArray.Create(i.Name, "not built", "", "", "", "", "", "")
        : [
            i.Name,
            Number(i.Counted) + (i.IsEstimate ? " (estimate)" : "") + (i.Counted == i.Total ? "" : $" ({Number(i.Total)} here)"),
            Number(i.AboveBase),
            i.Base.Reference + (i.Base.StandIn ? " (stand-in)" : ""),
            i.Budget.Image is { } budget ? Number(budget) : "-",
            i.Content.Layers.Length.ToString(CultureInfo.InvariantCulture),
            Time(i.ColdBuild),
            Time(i.WarmBuild),
        ]);

    public static IEnumerable<ImmutableArray<string>> ContainerRows(VerifyReport report) => (report.Stack?.Containers ?? []).Where(c => c.Facts is not null).Select(c => ImmutableArray.Create(
        c.Name,
        c.Plan.Role == Planning.ContainerRole.OneShot ? $"exit {c.Facts!.ExitCode}" : c.Facts!.Health is "healthy" or "" ? Time(c.UntilHealthy) : c.Facts.Health,
        c.Insight?.Status?.ToString(CultureInfo.InvariantCulture) ?? "-",
        c.Stop is { } stop ? $"{Show.Seconds(stop.Duration)}, exit {stop.ExitCode}" : "-",
        c.Memory is { } memory ? Show.Mebibytes(memory) : "-",
        Show.Mebibytes(c.Plan.Resources.Memory.Bytes)));

    /// <summary>Checks of a stage, each with its results; what passed everywhere is one line.</summary>
    public static IEnumerable<IGrouping<Check, CheckResult>> ByCheck(VerifyReport report) => report.Results.GroupBy(r => r.Check);

    public static IEnumerable<CheckResult> Of(VerifyReport report, Outcome outcome) => report.Results.Where(r => r.Verdict.Outcome == outcome);

    private static string Number(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Time(TimeSpan? time) => time is { } some ? Show.Seconds(some) : "-";
}

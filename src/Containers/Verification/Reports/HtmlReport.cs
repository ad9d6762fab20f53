using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using DuskStack.Containers.Verification.Images;

namespace DuskStack.Containers.Verification.Reports;

/// <summary>The report as one page that needs nothing else: no script, no font, no address.</summary>
public static class HtmlReport
{
    private const string Style = """
        :root { color-scheme: light dark; --text: #1b1f24; --soft: #5b6470; --back: #ffffff; --card: #f5f7f9; --line: #d7dce2; --good: #1a7f4b; --bad: #c22f2f; --open: #8a6200; --base: #9aa6b2; --a: #2f6fd0; --b: #6f9fe6; --limit: #1b1f24 }
        @media (prefers-color-scheme: dark) { :root { --text: #e6eaef; --soft: #9aa6b2; --back: #14171b; --card: #1d2228; --line: #343b44; --good: #4fc98a; --bad: #ff7b72; --open: #e0b341; --base: #566270; --a: #5b95ee; --b: #3a68b0; --limit: #ffffff } }
        * { box-sizing: border-box }
        body { margin: 0 auto; max-width: 72rem; padding: 2rem 1.25rem 4rem; font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back) }
        h1 { font-size: 1.6rem; margin: 0 } h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem } p { margin: .4rem 0 } .soft { color: var(--soft) }
        .counts { display: flex; gap: .75rem; margin: 1rem 0; flex-wrap: wrap } .counts div { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; min-width: 7rem } .counts b { display: block; font-size: 1.5rem }
        .passed { color: var(--good) } .failed { color: var(--bad) } .open { color: var(--open) }
        .scroll { overflow-x: auto } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums } th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top } th { color: var(--soft); font-weight: 600; white-space: nowrap } td:first-child { white-space: nowrap }
        .finding { border-left: 4px solid var(--bad); background: var(--card); padding: .5rem .9rem; margin: .5rem 0; border-radius: 0 .4rem .4rem 0 } .finding.open { border-color: var(--open); color: inherit }
        pre { margin: .4rem 0 0; overflow-x: auto; font: 12.5px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }
        .image { margin: 1rem 0 1.4rem } .image header { display: flex; justify-content: space-between; gap: 1rem; flex-wrap: wrap } .bar { position: relative; height: 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: .3rem; margin: .3rem 0; overflow: hidden } .bar span { position: absolute; top: 0; bottom: 0 } .bar .base { background: var(--base) } .bar .a { background: var(--a) } .bar .b { background: var(--b) } .bar .limit { width: 3px; margin-left: -2px; background: var(--limit); z-index: 1 } .bar .over { background: var(--bad); opacity: .35 }
        details summary { cursor: pointer; color: var(--soft) }
        """;

    public static string Write(VerifyReport report)
    {
        var html = new StringBuilder();
        html.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>").Append(Text(report.Project)).Append(": verified</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n");
        html.Append("<h1>").Append(Text(report.Project)).Append(report.HasFailures ? " <span class=\"failed\">has failures</span>" : " <span class=\"passed\">passed</span>").Append("</h1>\n");
        html.Append("<p class=\"soft\">").Append(Text(report.Engine ?? "no container engine")).Append(", ").Append(Text(string.Create(CultureInfo.InvariantCulture, $"{report.Duration.TotalSeconds:0} s"))).Append("</p>\n<div class=\"counts\">");
        foreach ((string name, Outcome outcome, string style) in new[] { ("passed", Outcome.Passed, "passed"), ("failed", Outcome.Failed, "failed"), ("not run", Outcome.NotRun, "open") })
            html.Append(CultureInfo.InvariantCulture, $"<div><b class=\"{(report.Count(outcome) == 0 ? "soft" : style)}\">{report.Count(outcome)}</b>{name}</div>");
        html.Append("</div>\n");
        foreach (string note in ReportText.Notes(report))
            html.Append("<p class=\"soft\">").Append(Text(note)).Append("</p>\n");
        Findings(html, "Failed", "", [.. ReportText.Of(report, Outcome.Failed)]);
        Findings(html, "Not run", " open", [.. ReportText.Of(report, Outcome.NotRun)]);
        Images(html, report);
        Table(html, "Containers", ReportText.ContainerHead, [.. ReportText.ContainerRows(report)]);
        Table(html, "All checks", ["check", "subject", "", "what was seen"], [.. report.Results.Select(r => ImmutableArray.Create(r.Check.Name, r.Subject, JsonReport.Word(r.Verdict.Outcome), r.Verdict.Message))]);
        return html.Append("</body>\n</html>\n").ToString();
    }

    private static void Findings(StringBuilder html, string title, string style, ImmutableArray<CheckResult> results)
    {
        if (results.IsEmpty)
            return;
        html.Append("<h2>").Append(title).Append("</h2>\n");
        foreach (CheckResult result in results)
        {
            html.Append("<div class=\"finding").Append(style).Append("\"><b>").Append(Text(result.Check.Name)).Append("</b> ").Append(Text(result.Subject)).Append(": ").Append(Text(result.Verdict.Message));
            if (result.Verdict.Details.Length > 0)
                html.Append("<pre>").Append(Text(result.Verdict.Details)).Append("</pre>");
            html.Append("</div>\n");
        }
    }

    private static void Images(StringBuilder html, VerifyReport report)
    {
        ImageMeasurement[] built = [.. report.Images.Where(i => i.Content is not null)];
        if (built.Length == 0)
            return;
        html.Append("<h2>Images</h2>\n<p class=\"soft\">Uncompressed layers in decimal MB: the base grey, what lies above it blue; the upright line is the budget.</p>\n");
        // One scale for all, so that bars compare.
        double scale = built.Max(i => Math.Max(i.Counted, i.Budget.Image ?? 0)) * 1.04;
        foreach (ImageMeasurement image in built)
        {
            html.Append("<section class=\"image\"><header><b>").Append(Text(image.Name)).Append("</b><span>").Append(Text(Caption(image))).Append("</span></header>\n<div class=\"bar\" role=\"img\" aria-label=\"").Append(Text($"{image.Name}: {Caption(image)}")).Append("\">");
            double at = Span(html, "base", $"base {image.Base.Reference}, {Show.Megabytes(image.Counted - image.AboveBase)}", 0, image.Counted - image.AboveBase, scale);
            foreach ((LayerContent layer, int index) in image.Content!.Layers.Where(l => l is { OfBase: false, Size: > 0 }).Select((l, i) => (l, i)))
                at = Span(html, index % 2 == 0 ? "a" : "b", $"{Show.Megabytes(layer.Size)}  {layer.CreatedBy}", at, layer.Size, scale);
            if (image.Budget.Image is { } budget)
            {
                if (image.Counted > budget)
                    Span(html, "over", "over the budget", budget, image.Counted - budget, scale);
                html.Append(CultureInfo.InvariantCulture, $"<span class=\"limit\" title=\"budget {Show.Megabytes(budget)}\" style=\"left:{Percent(budget, scale)}%\"></span>");
            }

            html.Append("</div>\n<details><summary>layers and largest paths</summary>");
            Rows(html, ["layer", "MB"], [.. image.Content.Layers.Where(l => !l.OfBase).Select(l => ImmutableArray.Create(Short(l.CreatedBy), Show.Megabytes(l.Size)))]);
            Rows(html, ["path above the base", "MB"], [.. image.Content.Largest.Select(l => ImmutableArray.Create(l.Path, Show.Megabytes(l.Size)))]);
            html.Append("</details></section>\n");
        }

        Table(html, "", ReportText.ImageHead, [.. ReportText.ImageRows(report)]);
    }

    private static string Caption(ImageMeasurement image) =>
        $"{Show.Megabytes(image.Counted)}{(image.IsEstimate ? " (estimate)" : "")}{(image.Budget.Image is { } budget ? $" of {Show.Megabytes(budget)}" : "")}, {Show.Megabytes(image.AboveBase)} above the base{(image.Base.StandIn ? $"; stand-in base: {Show.Megabytes(image.Total)} here" : "")}";

    private static double Span(StringBuilder html, string style, string title, double from, double size, double scale)
    {
        html.Append(CultureInfo.InvariantCulture, $"<span class=\"{style}\" title=\"{Text(Short(title))}\" style=\"left:{Percent(from, scale)}%;width:{Percent(size, scale)}%\"></span>");
        return from + size;
    }

    private static void Table(StringBuilder html, string title, ImmutableArray<string> head, ImmutableArray<ImmutableArray<string>> rows)
    {
        if (rows.IsEmpty)
            return;
        if (title.Length > 0)
            html.Append("<h2>").Append(title).Append("</h2>\n");
        Rows(html, head, rows);
    }

    private static void Rows(StringBuilder html, ImmutableArray<string> head, ImmutableArray<ImmutableArray<string>> rows)
    {
        html.Append("<div class=\"scroll\"><table><thead><tr>").AppendJoin("", head.Select(h => $"<th>{Text(h)}</th>")).Append("</tr></thead><tbody>\n");
        foreach (ImmutableArray<string> row in rows)
            html.Append("<tr>").AppendJoin("", row.Select(c => $"<td{ColourOf(c)}>{Text(c)}</td>")).Append("</tr>\n");
        html.Append("</tbody></table></div>\n");
    }

    private static string ColourOf(string cell) => cell switch { "passed" => " class=\"passed\"", "failed" => " class=\"failed\"", "not run" => " class=\"open\"", _ => "" };

    private static string Short(string text) => text.Length > 160 ? text[..157] + "..." : text;

    private static string Percent(double value, double scale) => (value / scale * 100).ToString("0.###", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}

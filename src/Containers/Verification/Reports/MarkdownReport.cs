using System.Collections.Immutable;
using System.Text;

namespace DuskStack.Containers.Verification.Reports;

/// <summary>The report for a pull request.</summary>
public static class MarkdownReport
{
    public static string Write(VerifyReport report)
    {
        var text = new StringBuilder();
        text.Append("## ").Append(report.HasFailures ? "❌ " : "✅ ").Append(Escape(ReportText.Heading(report))).Append("\n\n");
        Results(text, "Failed", [.. ReportText.Of(report, Outcome.Failed)]);
        Results(text, "Not run", [.. ReportText.Of(report, Outcome.NotRun)]);
        Table(text, ReportText.ImageHead, [.. ReportText.ImageRows(report)]);
        Table(text, ReportText.ContainerHead, [.. ReportText.ContainerRows(report)]);
        foreach (string note in ReportText.Notes(report))
            text.Append(note).Append("\n\n");
        text.Append("<details><summary>All checks</summary>\n\n");
        Table(text, ["check", "subject", "", "what was seen"], [.. report.Results.Select(r => ImmutableArray.Create(r.Check.Name, r.Subject, JsonReport.Word(r.Verdict.Outcome), r.Verdict.Message))]);
        return text.Append("</details>\n").ToString();
    }

    private static void Results(StringBuilder text, string title, ImmutableArray<CheckResult> results)
    {
        if (results.IsEmpty)
            return;
        text.Append("### ").Append(title).Append("\n\n");
        foreach (CheckResult result in results)
        {
            text.Append("- **").Append(Escape(result.Check.Name)).Append("** ").Append(Escape(result.Subject)).Append(": ").Append(Escape(result.Verdict.Message)).Append('\n');
            if (result.Verdict.Details.Length > 0)
                text.Append("  <details><summary>details</summary><pre>").Append(Escape(result.Verdict.Details, "<br>")).Append("</pre></details>\n");
        }

        text.Append('\n');
    }

    private static void Table(StringBuilder text, ImmutableArray<string> head, ImmutableArray<ImmutableArray<string>> rows)
    {
        if (rows.IsEmpty)
            return;
        Row(text, head);
        Row(text, [.. head.Select(_ => "---")], escape: false);
        foreach (ImmutableArray<string> row in rows)
            Row(text, row);
        text.Append('\n');
    }

    private static void Row(StringBuilder text, ImmutableArray<string> cells, bool escape = true) =>
        text.Append("| ").Append(string.Join(" | ", cells.Select(c => escape ? Escape(c) : c))).Append(" |\n");

    /// <summary>Texts of tools hold anything: characters of tables, of emphasis and of HTML mean themselves.</summary>
    private static string Escape(string text, string line = " ")
    {
        var escaped = new StringBuilder();
        foreach (char c in text.Replace("\r", "", StringComparison.Ordinal))
        {
            if (c == '\n')
                escaped.Append(line);
            else if (c is '<' or '>' or '&' or '|' or '*' or '_' or '`' or '[' or ']' or '~' or '#' or '@' or '\\')
                escaped.Append("&#").Append((int)c).Append(';');
            else
                escaped.Append(char.IsControl(c) ? ' ' : c);
        }

        return escaped.ToString();
    }
}

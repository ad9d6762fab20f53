using System.Collections.Immutable;
using System.Text;

namespace DuskStack.Containers.Verification.Reports;

/// <summary>The report for a terminal: what failed, what was not run, the figures.</summary>
public static class PlainReport
{
    private const int MostDetails = 12;

    public static string Write(VerifyReport report)
    {
        var text = new StringBuilder();
        foreach (CheckResult failed in ReportText.Of(report, Outcome.Failed))
        {
            text.Append("failed   ").Append(failed.Check.Name).Append(' ').Append(failed.Subject).Append(": ").Append(failed.Verdict.Message).Append('\n');
            foreach (string line in failed.Verdict.Details.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(MostDetails))
                text.Append("    ").Append(line.TrimEnd()).Append('\n');
        }

        foreach (CheckResult open in ReportText.Of(report, Outcome.NotRun))
            text.Append("not run  ").Append(open.Check.Name).Append(' ').Append(open.Subject).Append(": ").Append(open.Verdict.Message).Append('\n');
        if (text.Length > 0)
            text.Append('\n');
        Table(text, ReportText.ImageHead, [.. ReportText.ImageRows(report)]);
        Table(text, ReportText.ContainerHead, [.. ReportText.ContainerRows(report)]);
        foreach (string note in ReportText.Notes(report))
            text.Append(note).Append("\n\n");
        return text.Append(ReportText.Heading(report)).Append('\n').ToString();
    }

    private static void Table(StringBuilder text, ImmutableArray<string> head, ImmutableArray<ImmutableArray<string>> rows)
    {
        if (rows.IsEmpty)
            return;
        int[] widths = [.. head.Select((h, column) => rows.Append(head).Max(r => r[column].Length))];
        foreach (ImmutableArray<string> row in rows.Insert(0, head))
            text.Append(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()).Append('\n');
        text.Append('\n');
    }
}

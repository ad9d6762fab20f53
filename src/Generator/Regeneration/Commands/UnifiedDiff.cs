using System.Text;
using DuskStack.Diagnostics;
using DuskStack.Regeneration.Merging;

namespace DuskStack.Regeneration.Commands;

/// <summary>Two versions of a file as <c>diff -u</c> shows them, so that <c>git apply</c> and people can read it.</summary>
public static class UnifiedDiff
{
    private const int Context = 3;

    /// <param name="path">The file.</param>
    /// <param name="before">Null where it is not there.</param>
    /// <param name="after">Null where it is not there.</param>
    /// <returns>One character per byte; empty when both say the same.</returns>
    public static string Of(string path, FileText? before, FileText? after)
    {
        if (before is null ? after is null : before.SameAs(after))
            return "";

        var name = Quoted.Printable(path);
        var head = $"--- {(before is null ? "/dev/null" : $"a/{name}")}\n+++ {(after is null ? "/dev/null" : $"b/{name}")}\n";
        var (left, right) = (new LineText(before ?? FileText.Of("")), new LineText(after ?? FileText.Of("")));
        if (IsBinary(before) || IsBinary(after))
            return $"Binary files {(before is null ? "/dev/null" : $"a/{name}")} and {(after is null ? "/dev/null" : $"b/{name}")} differ\n";

        // A last line without an end is another line than one with it.
        var (old, now) = LineNumbers.Of(Marked(left), Marked(right));
        if (LineDiff.Between(old, now, new(WorkBudget.Steps)) is not { } hunks)
            return $"{head}@@ too different to be compared @@\n";

        var text = new StringBuilder(head);
        for (var first = 0; first < hunks.Length;)
        {
            var last = first;
            while (last + 1 < hunks.Length && hunks[last + 1].Start - hunks[last].End <= 2 * Context)
                last++;

            Write(text, left, right, hunks.AsSpan()[first..(last + 1)]);
            first = last + 1;
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, LineText left, LineText right, ReadOnlySpan<Hunk> hunks)
    {
        var start = Math.Max(0, hunks[0].Start - Context);
        var end = Math.Min(left.Lines.Length, hunks[^1].End + Context);
        var newStart = hunks[0].NewStart - (hunks[0].Start - start);
        var newEnd = hunks[^1].NewEnd + (end - hunks[^1].End);
        text.Append($"@@ -{Range(start, end)} +{Range(newStart, newEnd)} @@\n");
        var at = start;
        foreach (var hunk in hunks)
        {
            Lines(text, ' ', left, at, hunk.Start);
            Lines(text, '-', left, hunk.Start, hunk.End);
            Lines(text, '+', right, hunk.NewStart, hunk.NewEnd);
            at = hunk.End;
        }

        Lines(text, ' ', left, at, end);
    }

    private static string Range(int start, int end) => end - start == 1 ? $"{start + 1}" : $"{(end == start ? start : start + 1)},{end - start}";

    private static void Lines(StringBuilder text, char sign, LineText lines, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            text.Append(sign).Append(lines.Lines[i]).Append('\n');
            if (lines.Ends[i].Length == 0)
                text.Append("\\ No newline at end of file\n");
        }
    }

    private static IReadOnlyCollection<string> Marked(LineText text) => text.IsEnded ? text.Lines : [.. text.Lines[..^1], text.Lines[^1] + "\0"];

    private static bool IsBinary(FileText? file) => file is not null && file.Raw.Span.Contains((byte)0);
}

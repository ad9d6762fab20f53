using DuskStack.Regeneration.Merging;

namespace DuskStack.Regeneration.Commands;

/// <summary>
/// What two files share that nobody made from one another. As the base of a merge it makes every other line an addition of one side, so
/// that none is lost.
/// </summary>
internal static class CommonLines
{
    public static FileText Of(FileText left, FileText right)
    {
        var (one, other) = (new LineText(left), new LineText(right));
        var (before, after) = LineNumbers.Of(one.Lines, other.Lines);
        if (LineDiff.Between(before, after, new(WorkBudget.Steps)) is not { } hunks)
            return FileText.Of("");

        var kept = new List<string>();
        var next = 0;
        foreach (var hunk in hunks)
        {
            kept.AddRange(one.Lines[next..hunk.Start]);
            next = hunk.End;
        }

        kept.AddRange(one.Lines[next..]);
        return FileText.FromBytewise(string.Concat(kept.Select(l => l + "\n")));
    }
}

/// <summary>Equal lines get equal numbers.</summary>
internal static class LineNumbers
{
    public static (int[] Left, int[] Right) Of(IReadOnlyCollection<string> left, IReadOnlyCollection<string> right)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        return ([.. left.Select(Number)], [.. right.Select(Number)]);

        int Number(string line) => known.TryGetValue(line, out var number) ? number : known[line] = known.Count;
    }
}

using System.Collections.Immutable;

namespace DuskStack.Packing.Folding;

/// <summary>A line, and the variants of its section that have it.</summary>
public sealed record MergedLine(string Text, ImmutableSortedSet<int> Variants);

/// <summary>All variants of a section in one list of lines: each variant is the lines that name it, in order.</summary>
public static class MergedLines
{
    public static ImmutableArray<MergedLine> Of(ImmutableArray<string> variants)
    {
        // The longest first: most others are parts of it.
        ImmutableArray<MergedLine> merged = [];
        foreach ((string text, int variant) in variants.Select((text, variant) => (text, variant)).OrderByDescending(v => v.text.Length).ThenBy(v => v.variant))
            merged = Add(merged, Lines(text), variant);
        return merged;
    }

    /// <summary>Lines with their line feeds.</summary>
    public static ImmutableArray<string> Lines(string text)
    {
        if (text.Length > 0 && !text.EndsWith('\n'))
            throw new InvalidOperationException($"a section must end with a line feed: {text}");
        return [.. text.Split('\n').SkipLast(1).Select(l => l + "\n")];
    }

    // By a longest common subsequence, from the end so that the list is walked forwards.
    private static ImmutableArray<MergedLine> Add(ImmutableArray<MergedLine> merged, ImmutableArray<string> lines, int variant)
    {
        int[][] common = [.. Enumerable.Range(0, merged.Length + 1).Select(_ => new int[lines.Length + 1])];
        for (int i = merged.Length - 1; i >= 0; i--)
        {
            for (int j = lines.Length - 1; j >= 0; j--)
                common[i][j] = merged[i].Text == lines[j] ? common[i + 1][j + 1] + Weight(lines[j]) : Math.Max(common[i + 1][j], common[i][j + 1]);
        }

        var result = ImmutableArray.CreateBuilder<MergedLine>(merged.Length + lines.Length);
        int at = 0, line = 0;
        while (at < merged.Length || line < lines.Length)
        {
            if (at < merged.Length && line < lines.Length && merged[at].Text == lines[line] && common[at][line] == common[at + 1][line + 1] + Weight(lines[line]))
                result.Add(merged[at] with { Variants = merged[at++].Variants.Add(variant), Text = lines[line++] });
            else if (line == lines.Length || (at < merged.Length && common[at + 1][line] >= common[at][line + 1]))
                result.Add(merged[at++]);
            else
                result.Add(new(lines[line++], [variant]));
        }

        return result.ToImmutable();
    }

    // A line that says much is a better anchor than an empty one or a brace.
    private static int Weight(string line) => line.AsSpan().Trim().Length > 3 ? 4 : 1;
}

using System.Collections.Immutable;

namespace DuskStack.Regeneration.Merging;

/// <summary>Whose change a part of a merge is.</summary>
internal enum Change
{
    Nobodys,
    Ours,
    Theirs,

    /// <summary>Both sides say the same there.</summary>
    Same,
    Conflict,
}

/// <summary>A part of a merge: which lines of each text stand there.</summary>
internal readonly record struct Chunk(Change Change, Range Last, Range Ours, Range Theirs);

/// <summary>Joins two diffs against the same text, as "diff3" does.</summary>
internal static class Chunks
{
    /// <param name="last">The lines that both sides started from.</param>
    /// <param name="ours">The lines of one side.</param>
    /// <param name="theirs">The lines of the other.</param>
    /// <param name="budget">What it may cost.</param>
    /// <returns>The whole text in parts; null when the budget does not do.</returns>
    public static ImmutableArray<Chunk>? Of(int[] last, int[] ours, int[] theirs, WorkBudget budget) =>
        LineDiff.Between(last, ours, budget) is { } mine && LineDiff.Between(last, theirs, budget) is { } others ? Join(last.Length, ours, theirs, mine, others) : null;

    private static ImmutableArray<Chunk> Join(int length, int[] ours, int[] theirs, ImmutableArray<Hunk> mine, ImmutableArray<Hunk> others)
    {
        var chunks = ImmutableArray.CreateBuilder<Chunk>();
        var (at, ourAt, theirAt) = (0, 0, 0);
        var (i, j) = (0, 0);
        while (i < mine.Length || j < others.Length)
        {
            var start = Math.Min(i < mine.Length ? mine[i].Start : length, j < others.Length ? others[j].Start : length);
            if (start > at)
                chunks.Add(new(Change.Nobodys, at..start, ourAt..(ourAt + start - at), theirAt..(theirAt + start - at)));

            (ourAt, theirAt) = (ourAt + start - at, theirAt + start - at);

            // Changes that only touch belong together as well: whether they go together is for a person to say.
            var (end, ourGrowth, theirGrowth, firstOfOurs, firstOfTheirs) = (start, 0, 0, i, j);
            while (true)
            {
                if (i < mine.Length && mine[i].Start <= end)
                {
                    end = Math.Max(end, mine[i].End);
                    ourGrowth += GrowthOf(mine[i++]);
                }
                else if (j < others.Length && others[j].Start <= end)
                {
                    end = Math.Max(end, others[j].End);
                    theirGrowth += GrowthOf(others[j++]);
                }
                else
                {
                    break;
                }
            }

            var ourRange = ourAt..(ourAt + end - start + ourGrowth);
            var theirRange = theirAt..(theirAt + end - start + theirGrowth);
            var change = i == firstOfOurs ? Change.Theirs
                : j == firstOfTheirs ? Change.Ours
                : ours.AsSpan(ourRange).SequenceEqual(theirs.AsSpan(theirRange)) ? Change.Same
                : Change.Conflict;
            chunks.Add(new(change, start..end, ourRange, theirRange));
            (at, ourAt, theirAt) = (end, ourRange.End.Value, theirRange.End.Value);
        }

        if (at < length)
            chunks.Add(new(Change.Nobodys, at..length, ourAt..(ourAt + length - at), theirAt..(theirAt + length - at)));

        return chunks.DrainToImmutable();
    }

    private static int GrowthOf(Hunk hunk) => hunk.NewEnd - hunk.NewStart - (hunk.End - hunk.Start);
}

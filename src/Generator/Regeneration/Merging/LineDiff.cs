using System.Collections.Immutable;
using System.Numerics;

namespace DuskStack.Regeneration.Merging;

/// <summary>
/// The shortest way from one text to another, by Myers ("An O(ND) Difference Algorithm and Its Variations", the variation in linear space).
/// Of several short ways it takes the one that git takes, as far as its merge depends on it (ADR 0025).
/// </summary>
internal static class LineDiff
{
    /// <param name="before">A number for each line; equal lines have equal numbers.</param>
    /// <param name="after">The same of the other text.</param>
    /// <param name="budget">What it may cost.</param>
    /// <returns>The changes from top to bottom, with at least one common line between two; null when the budget does not do.</returns>
    public static ImmutableArray<Hunk>? Between(int[] before, int[] after, WorkBudget budget)
    {
        var gone = new bool[before.Length];
        var added = new bool[after.Length];

        var start = before.AsSpan().CommonPrefixLength(after);
        var most = Math.Min(before.Length, after.Length) - start;
        var common = 0;
        while (common < most && before[^(common + 1)] == after[^(common + 1)])
            common++;

        var left = Compared(before, after, start..(before.Length - common), gone);
        var right = Compared(after, before, start..(after.Length - common), added);
        var search = new ShortestEdit(before, after, left, right, gone, added, budget);
        if (!search.TryRun())
            return null;

        Slide(before, gone, added);
        Slide(after, added, gone);
        return Hunks(gone, added);
    }

    // Positions of the lines in the range that are worth comparing; the others are marked as changed.
    private static int[] Compared(int[] lines, int[] others, Range range, bool[] changed)
    {
        var counts = others.CountBy(line => line).ToDictionary();
        var often = Math.Min(1024, 1 << ((33 - BitOperations.LeadingZeroCount((uint)lines.Length)) / 2));
        var kinds = Array.ConvertAll(lines[range], line => counts.GetValueOrDefault(line) is var count && count == 0 ? Kind.Missing : count < often ? Kind.Telling : Kind.Frequent);
        var compared = new List<int>();
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] == Kind.Missing || (kinds[i] == Kind.Frequent && IsNoise(kinds, i)))
                changed[range.Start.Value + i] = true;
            else
                compared.Add(range.Start.Value + i);
        }

        return [.. compared];
    }

    // An empty line or a bracket among lines that the other text does not have: to find it again there would only tear one change into two.
    private static bool IsNoise(Kind[] kinds, int at)
    {
        var (missingAbove, frequentAbove) = Around(kinds, at, -1);
        var (missingBelow, frequentBelow) = Around(kinds, at, 1);
        var frequent = frequentAbove + frequentBelow;
        return missingAbove > 0 && missingBelow > 0 && 3 * frequent < missingAbove + missingBelow;
    }

    // As far as no line is telling. The line itself counts in both directions.
    private static (int Missing, int Frequent) Around(Kind[] kinds, int at, int step)
    {
        var (missing, frequent) = (0, 1);
        for (var (i, left) = (at + step, 100); left > 0 && i >= 0 && i < kinds.Length && kinds[i] != Kind.Telling; (i, left) = (i + step, left - 1))
        {
            if (kinds[i] == Kind.Missing)
                missing++;
            else
                frequent++;
        }

        return (missing, frequent);
    }

    // Where a line repeats, the same change can be told in several ways: of `a b a b`, either pair is the new one. It is told
    // as late as possible, or where it meets a change of the other text, so that a deletion and an insertion become one replacement.
    private static void Slide(int[] lines, bool[] changed, bool[] opposite)
    {
        var group = new Group(changed);
        var other = new Group(opposite);
        do
        {
            if (group.IsEmpty)
                continue;

            int length;
            int earliest;
            int meeting;
            do
            {
                length = group.Length;
                while (group.TryUp(lines))
                    other.Previous();

                earliest = group.End;
                meeting = other.IsEmpty ? -1 : group.End;
                while (group.TryDown(lines))
                {
                    other.Next();
                    if (!other.IsEmpty)
                        meeting = group.End;
                }
            }
            while (length != group.Length);

            if (group.End == earliest || meeting < 0)
                continue;

            while (group.End > meeting && group.TryUp(lines))
                other.Previous();
        }
        while (group.Next() && other.Next());
    }

    private static ImmutableArray<Hunk> Hunks(bool[] gone, bool[] added)
    {
        var hunks = ImmutableArray.CreateBuilder<Hunk>();
        for (int i = 0, j = 0; i < gone.Length || j < added.Length; i++, j++)
        {
            var (start, newStart) = (i, j);
            while (i < gone.Length && gone[i])
                i++;

            while (j < added.Length && added[j])
                j++;

            if (i > start || j > newStart)
                hunks.Add(new(start, i, newStart, j));
        }

        return hunks.DrainToImmutable();
    }

    /// <summary>How often the other text has a line.</summary>
    private enum Kind
    {
        Missing,
        Telling,
        Frequent,
    }

    /// <summary>The changed lines, perhaps none, before an unchanged one or the end: both texts have as many of these places.</summary>
    private sealed class Group
    {
        private readonly bool[] changed;
        private int start;

        public Group(bool[] changed)
        {
            this.changed = changed;
            Extend();
        }

        public int End { get; private set; }

        public int Length => End - start;

        public bool IsEmpty => Length == 0;

        public bool Next()
        {
            if (End == changed.Length)
                return false;

            start = ++End;
            Extend();
            return true;
        }

        public void Previous()
        {
            End = --start;
            ExtendUp();
        }

        // The line before the group gets the role of the group's last one, which is equal. What it meets becomes part of it.
        public bool TryUp(int[] lines)
        {
            if (start == 0 || lines[start - 1] != lines[End - 1])
                return false;

            changed[--start] = true;
            changed[--End] = false;
            ExtendUp();
            return true;
        }

        public bool TryDown(int[] lines)
        {
            if (End == changed.Length || lines[start] != lines[End])
                return false;

            changed[start++] = false;
            changed[End++] = true;
            Extend();
            return true;
        }

        private void Extend()
        {
            while (End < changed.Length && changed[End])
                End++;
        }

        private void ExtendUp()
        {
            while (start > 0 && changed[start - 1])
                start--;
        }
    }
}

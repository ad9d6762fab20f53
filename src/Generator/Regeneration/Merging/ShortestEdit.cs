namespace DuskStack.Regeneration.Merging;

/// <summary>
/// Marks the lines that the shortest edit removes and adds. It searches from both ends at once until the two searches meet, which splits
/// the problem into halves. A diagonal holds the places with the same difference between the two positions.
/// </summary>
internal sealed class ShortestEdit
{
    private readonly int[] before;
    private readonly int[] after;
    private readonly int[] left;
    private readonly int[] right;
    private readonly bool[] gone;
    private readonly bool[] added;
    private readonly WorkBudget budget;

    // By diagonal: how far a search came on it.
    private readonly int[] forward;
    private readonly int[] backward;
    private readonly int zero;

    /// <param name="before">The lines of one text.</param>
    /// <param name="after">The lines of the other.</param>
    /// <param name="left">The positions in <paramref name="before"/> that are compared.</param>
    /// <param name="right">The positions in <paramref name="after"/> that are compared.</param>
    /// <param name="gone">Where lines to remove are marked.</param>
    /// <param name="added">Where lines to add are marked.</param>
    /// <param name="budget">What it may cost.</param>
    public ShortestEdit(int[] before, int[] after, int[] left, int[] right, bool[] gone, bool[] added, WorkBudget budget)
    {
        this.before = [.. left.Select(i => before[i])];
        this.after = [.. right.Select(i => after[i])];
        (this.left, this.right, this.gone, this.added, this.budget) = (left, right, gone, added, budget);
        var diagonals = left.Length + right.Length + 3;
        (forward, backward, zero) = (new int[diagonals], new int[diagonals], right.Length + 1);
    }

    public bool TryRun() => TryMark(0, before.Length, 0, after.Length);

    // Halves the number of differences each time, so the calls do not nest deeply.
    private bool TryMark(int from, int to, int newFrom, int newTo)
    {
        while (true)
        {
            while (from < to && newFrom < newTo && before[from] == after[newFrom])
                (from, newFrom) = (from + 1, newFrom + 1);

            while (from < to && newFrom < newTo && before[to - 1] == after[newTo - 1])
                (to, newTo) = (to - 1, newTo - 1);

            if (from == to || newFrom == newTo)
            {
                for (; from < to; from++)
                    gone[left[from]] = true;

                for (; newFrom < newTo; newFrom++)
                    added[right[newFrom]] = true;

                return true;
            }

            if (Middle(from, to, newFrom, newTo) is not { } middle || !TryMark(from, middle.Old, newFrom, middle.New))
                return false;

            (from, newFrom) = middle;
        }
    }

    // A place that a shortest edit goes through; null when the budget is spent.
    private (int Old, int New)? Middle(int from, int to, int newFrom, int newTo)
    {
        var (lowest, highest) = (from - newTo, to - newFrom);
        var (low, high) = (from - newFrom, from - newFrom);
        var (backLow, backHigh) = (to - newTo, to - newTo);
        var meetsForward = ((low - backLow) & 1) != 0;
        forward[zero + low] = from;
        backward[zero + backLow] = to;
        while (budget.TrySpend(high - low + 2))
        {
            // Each round allows one difference more, which reaches one diagonal more on both sides.
            if (low > lowest)
                forward[zero + --low - 1] = -1;
            else
                low++;

            if (high < highest)
                forward[zero + ++high + 1] = -1;
            else
                high--;

            for (var d = high; d >= low; d -= 2)
            {
                var x = Math.Max(forward[zero + d - 1] + 1, forward[zero + d + 1]);
                var y = x - d;
                while (x < to && y < newTo && before[x] == after[y])
                    (x, y) = (x + 1, y + 1);

                forward[zero + d] = x;
                if (meetsForward && d >= backLow && d <= backHigh && backward[zero + d] <= x)
                    return (x, y);
            }

            if (backLow > lowest)
                backward[zero + --backLow - 1] = int.MaxValue;
            else
                backLow++;

            if (backHigh < highest)
                backward[zero + ++backHigh + 1] = int.MaxValue;
            else
                backHigh--;

            for (var d = backHigh; d >= backLow; d -= 2)
            {
                var x = Math.Min(backward[zero + d - 1], backward[zero + d + 1] - 1);
                var y = x - d;
                while (x > from && y > newFrom && before[x - 1] == after[y - 1])
                    (x, y) = (x - 1, y - 1);

                backward[zero + d] = x;
                if (!meetsForward && d >= low && d <= high && x <= forward[zero + d])
                    return (x, y);
            }
        }

        return null;
    }
}

namespace DuskStack.Regeneration.Merging;

/// <summary>Steps that a merge may take. Counted, not timed, so that the same texts merge in the same way on every machine.</summary>
internal sealed class WorkBudget(long steps)
{
    /// <summary>Less than a second: enough for some ten thousand changed lines.</summary>
    public const long Steps = 100_000_000;

    private long left = steps;

    /// <summary>False when there were not that many left.</summary>
    public bool TrySpend(long amount) => (left -= amount) >= 0;
}

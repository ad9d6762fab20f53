using System.Collections.Immutable;

namespace DuskStack.Containers.Tests;

/// <summary>Asks whether a stop is quick, not whether this one was: a machine that stands still makes one stop late, a fault makes all of them late.</summary>
internal static class RepeatedStop
{
    private const int Attempts = 3;

    /// <param name="stop">Stops everything, and starts it again when that is needed for another stop.</param>
    /// <param name="late">Which of the stops took too long.</param>
    /// <returns>The first attempt without a late stop; the last when there was none.</returns>
    public static async Task<ImmutableArray<ServiceStop>> Until(Func<Task<ImmutableArray<ServiceStop>>> stop, Func<ServiceStop, bool> late)
    {
        for (int attempt = 1; ; attempt++)
        {
            ImmutableArray<ServiceStop> stops = await stop();
            if (attempt == Attempts || !stops.Any(late))
                return stops;
        }
    }

    /// <summary>Up to three attempts until all took less than <paramref name="limit"/>.</summary>
    public static Task<ImmutableArray<ServiceStop>> Within(TimeSpan limit, Func<Task<ImmutableArray<ServiceStop>>> stop) => Until(stop, s => s.Duration >= limit);
}

using System.Diagnostics;

namespace DuskStack.Containers;

/// <summary>Asks again and again until an answer comes or the time is over.</summary>
public static class Polling
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    /// <returns>The first answer that is not null; null when there was none before the deadline.</returns>
    public static async Task<T?> Until<T>(Func<Task<T?>> ask, TimeSpan deadline, CancellationToken cancellation)
        where T : class
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await ask() is { } answer)
                return answer;
            if (Stopwatch.GetElapsedTime(start) > deadline)
                return null;
            await Task.Delay(Interval, cancellation);
        }
    }
}

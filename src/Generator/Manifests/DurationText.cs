using System.Text;

namespace DuskStack.Manifests;

/// <summary>Durations as Compose, nginx and people write them.</summary>
public static class DurationText
{
    /// <summary>The shortest exact form in days, hours, minutes, seconds and milliseconds: <c>1m30s</c>, <c>15d</c>, <c>0s</c>. Anything finer is cut off.</summary>
    public static string Write(TimeSpan duration)
    {
        var text = new StringBuilder();
        foreach (var (count, unit) in new[] { (duration.Days, "d"), (duration.Hours, "h"), (duration.Minutes, "m"), (duration.Seconds, "s"), (duration.Milliseconds, "ms") })
            if (count != 0) text.Append(count).Append(unit);
        return text.Length == 0 ? "0s" : text.ToString();
    }
}

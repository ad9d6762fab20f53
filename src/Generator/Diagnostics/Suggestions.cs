namespace DuskStack.Diagnostics;

/// <summary>Finds what a person meant by a name that does not exist.</summary>
public static class Suggestions
{
    // Longer names are never compared: no name of ours is longer, and the comparison costs length times length.
    private const int LongestName = 64;

    /// <summary>The known name nearest to <paramref name="written"/>, or null when none is near enough to be meant.</summary>
    /// <remarks>Near enough: about one slip of the fingers in three letters, or a beginning of at least three letters.</remarks>
    public static string? Nearest(string written, IReadOnlyCollection<string> known)
    {
        if (written.Length is 0 or > LongestName) return null;
        string? best = null;
        var bestDistance = Math.Max(1, written.Length / 3) + 1;
        foreach (var name in known)
        {
            if (string.Equals(name, written, StringComparison.OrdinalIgnoreCase)) return name;
            if (Math.Abs(name.Length - written.Length) >= bestDistance) continue;
            var distance = Distance(written, name);
            // A name of one or two letters is near to everything.
            if (distance >= bestDistance || distance >= name.Length) continue;
            (best, bestDistance) = (name, distance);
        }

        return best ?? (written.Length >= 3 ? known.FirstOrDefault(name => name.StartsWith(written, StringComparison.OrdinalIgnoreCase)) : null);
    }

    /// <summary>Damerau-Levenshtein distance, ignoring case: how many letters to insert, drop, replace or swap with their neighbour.</summary>
    public static int Distance(string left, string right)
    {
        var (beforeLast, last, current) = (new int[right.Length + 1], new int[right.Length + 1], new int[right.Length + 1]);
        for (var j = 0; j <= right.Length; j++) last[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(last[j] + 1, current[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}

using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace DuskStack.Packing.Parameters;

/// <summary>The marks that stand in content where the engine inserts a text. No template may say one by itself.</summary>
public static partial class SentinelText
{
    public const string Start = "zq-", End = "-qz";

    // Most sections say the same at most points.
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    public static bool IsIn(string text) => Pattern().IsMatch(text);

    /// <summary><paramref name="text"/> with marks in place of what stood in for the open parameters.</summary>
    /// <exception cref="InvalidOperationException">Something is computed from one of them: the engine can only insert it.</exception>
    public static string Mark(string text) => Known.GetOrAdd(text, Marked);

    private static string Marked(string text)
    {
        string marked = ParameterList.Open.Aggregate(text, (current, open) => current.Replace(open.Stand, open.Sentinel, StringComparison.Ordinal));
        foreach (OpenParameter open in ParameterList.Open.Where(o => o.Trace.Length > 0))
        {
            int at = marked.IndexOf(open.Trace, StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
                throw new InvalidOperationException($"something is computed from --{open.Name}, and the engine can only insert it: `{marked[Math.Max(0, at - 40)..Math.Min(marked.Length, at + 40)]}`");
        }

        return marked;
    }

    [GeneratedRegex($"{Start}[a-z-]+{End}")]
    private static partial Regex Pattern();
}

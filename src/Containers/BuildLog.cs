using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace DuskStack.Containers;

/// <summary>Reads what <c>docker build --progress=plain</c> prints.</summary>
/// <example>
/// <code>
/// #12 [deps 3/4] RUN --mount=type=cache,id=shop-api-npm,target=/root/.npm     npm ci
/// #12 4.211 added 71 packages in 4s
/// #12 DONE 4.4s
/// #13 [base 2/5] WORKDIR /app
/// #13 CACHED
/// </code>
/// </example>
public static partial class BuildLog
{
    public static ImmutableArray<BuildStep> Parse(string log)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var steps = new Dictionary<string, BuildStep>(StringComparer.Ordinal);
        foreach (string line in log.Split('\n'))
        {
            Match match = Numbered().Match(line);
            if (!match.Success)
                continue;
            string number = match.Groups["number"].Value, rest = match.Groups["rest"].Value;
            string name = names.GetValueOrDefault(number, rest);
            // The first line of a number is its name; a step that was interrupted by others says it again.
            if (names.TryAdd(number, rest))
                steps[number] = new(rest, Cached: false, Duration: null);
            else if (rest == "CACHED")
                steps[number] = new(name, Cached: true, Duration: null);
            else if (Done().Match(rest) is { Success: true } done)
                steps[number] = steps[number] with { Duration = TimeSpan.FromSeconds(double.Parse(done.Groups["seconds"].Value)) };
        }

        return [.. names.Keys.Select(number => steps[number])];
    }

    [GeneratedRegex(@"^#(?<number>\d+) (?<rest>.+)\z")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^DONE (?<seconds>\d+(\.\d+)?)s\z")]
    private static partial Regex Done();
}

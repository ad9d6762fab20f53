using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DuskStack.Containers.Verification.Lint;

/// <summary>What Compose says of a file.</summary>
public static partial class ComposeFile
{
    /// <summary>A client that has `compose`: the engine's own, or docker's, which reads files without an engine; null when there is none.</summary>
    public static async Task<Engine?> Client(Engine? engine, CancellationToken cancellation)
    {
        foreach (Engine candidate in new[] { engine, new Engine(null, "", "", "") }.OfType<Engine>())
        {
            try
            {
                if ((await candidate.Docker("compose", "version").Run(cancellation)).Succeeded)
                    return candidate;
            }
            catch (Win32Exception)
            {
                // Not installed.
            }
        }

        return null;
    }

    /// <summary>A value for every variable that a file demands: <c>${SENTRY_DSN:?set it}</c>.</summary>
    public static ImmutableDictionary<string, string?> Demanded(string text) =>
        Demand().Matches(text).Select(m => m.Groups["name"].Value).Distinct().ToImmutableDictionary(n => n, string? (_) => "x");

    /// <summary>The file with everything resolved; null when Compose does not read it.</summary>
    public static async Task<JsonDocument?> Resolve(ComposeProject project, CancellationToken cancellation)
    {
        ProcessOutcome config = await project.Call("--profile", "*", "config", "--format", "json").Run(cancellation);
        return config.Succeeded ? JsonDocument.Parse(config.Output) : null;
    }

    /// <summary>Every subset of <paramref name="profiles"/>, the empty one first.</summary>
    public static IEnumerable<ImmutableArray<string>> Subsets(ImmutableArray<string> profiles)
    {
        for (int bits = 0; bits < 1 << profiles.Length; bits++)
            yield return [.. profiles.Where((_, index) => (bits & (1 << index)) != 0)];
    }

    [GeneratedRegex(@"(?<!\$)\$\{(?<name>\w+):?\?")]
    private static partial Regex Demand();
}

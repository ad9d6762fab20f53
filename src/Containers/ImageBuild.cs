using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace DuskStack.Containers;

/// <summary>What came of a build.</summary>
/// <param name="Succeeded">False when the image was not made.</param>
/// <param name="Duration">From start to end, with the transfer of the context.</param>
/// <param name="Steps">What BuildKit did, in the order in which it began.</param>
/// <param name="Log">All of it, for people.</param>
public sealed record ImageBuild(bool Succeeded, TimeSpan Duration, ImmutableArray<BuildStep> Steps, string Log)
{
    public static async Task<ImageBuild> Run(Engine engine, BuildRequest request, CancellationToken cancellation)
    {
        ProcessOutcome outcome = await request.Call(engine).Run(cancellation);
        string log = outcome.Errors + outcome.Output;
        return new(outcome.Succeeded, outcome.Duration, BuildLog.Parse(log), log);
    }

    /// <summary>Steps whose instruction holds <paramref name="text"/>.</summary>
    public IEnumerable<BuildStep> With(string text) => Steps.Where(s => s.Name.Contains(text, StringComparison.Ordinal));
}

/// <summary>One step of a build.</summary>
/// <param name="Name">As the log shows it: <c>[deps 3/3] RUN npm ci</c>.</param>
/// <param name="Cached">True when an earlier build had done it.</param>
/// <param name="Duration">Null when it is cached, or did not end.</param>
public sealed partial record BuildStep(string Name, bool Cached, TimeSpan? Duration)
{
    /// <summary>The stage of a Dockerfile, <c>deps</c>; null for BuildKit's own steps.</summary>
    public string? Stage => InStage().Match(Name) is { Success: true } match ? match.Groups["stage"].Value : null;

    [GeneratedRegex(@"^\[(?<stage>[a-z0-9._-]+) +\d+/\d+\] ")]
    private static partial Regex InStage();
}

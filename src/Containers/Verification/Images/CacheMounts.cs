using System.Text.RegularExpressions;

namespace DuskStack.Containers.Verification.Images;

/// <summary>
/// Cache mounts of a Dockerfile under ids of one run: the first build then finds them empty, as on a new machine. <c>--no-cache</c> alone leaves
/// the packages of every earlier build in them.
/// </summary>
public static partial class CacheMounts
{
    /// <param name="dockerfile">The text.</param>
    /// <param name="run">A word that no other run has.</param>
    public static string Own(string dockerfile, string run) => Mount().Replace(dockerfile, match =>
        Id().IsMatch(match.Value) ? Id().Replace(match.Value, id => $"{id.Value}-{run}") : $"{match.Value},id={run}-{Target().Match(match.Value).Groups["path"].Value.Trim('/').Replace('/', '-')}");

    /// <summary>Takes the cache mounts of that run away, and no others.</summary>
    public static Task Remove(Engine engine, string run) => engine.IsPodman
        ? Task.CompletedTask
        : engine.Docker("builder", "prune", "--force", "--filter", "type=exec.cachemount", "--filter", $"description~={run}").Run(CancellationToken.None);

    [GeneratedRegex(@"--mount=type=cache,[^\s]+")]
    private static partial Regex Mount();

    [GeneratedRegex(@"\bid=[^,\s]+")]
    private static partial Regex Id();

    [GeneratedRegex(@"\b(target|dst|destination)=(?<path>[^,\s]+)")]
    private static partial Regex Target();
}

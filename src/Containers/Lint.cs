namespace DuskStack.Containers;

/// <summary>What a linter said.</summary>
/// <param name="Clean">True when it found nothing.</param>
/// <param name="Report">Its own words.</param>
public sealed record LintResult(bool Clean, string Report);

/// <summary>BuildKit's own checks of a Dockerfile. Nothing is built.</summary>
public static class BuildCheck
{
    public static async Task<LintResult> Run(Engine engine, string context, string dockerfile, CancellationToken cancellation)
    {
        ProcessOutcome outcome = await engine.Docker("build", "--check", "--file", Path.Combine(context, dockerfile), context).Run(cancellation);
        string report = outcome.Errors + outcome.Output;
        return new(outcome.Succeeded && report.Contains("no warnings found", StringComparison.Ordinal), report);
    }
}

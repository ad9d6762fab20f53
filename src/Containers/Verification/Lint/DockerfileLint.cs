using System.Runtime.CompilerServices;
using DuskStack.Planning;

namespace DuskStack.Containers.Verification.Lint;

/// <summary>Two linters of Dockerfiles.</summary>
public static class DockerfileLint
{
    public static async IAsyncEnumerable<Finding> Hadolint(LintedProject project, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Hadolint? hadolint = await Containers.Hadolint.Find(project.Engine, cancellation);
        foreach ((ImagePlan _, string path) in project.Dockerfiles())
        {
            if (hadolint is null)
            {
                yield return new(path, Verdict.NotRun("hadolint is not installed, and its image does not run"));
                continue;
            }

            LintResult result = await hadolint.Run(project.At(path), project.At(".hadolint.yaml"), cancellation);
            yield return new(path, result.Clean ? Verdict.Passed("nothing found") : Verdict.Failed($"hadolint has findings: {FirstLine(result.Report)}") with { Details = result.Report.Trim() });
        }
    }

    public static async IAsyncEnumerable<Finding> BuildCheck(LintedProject project, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach ((ImagePlan image, string path) in project.Dockerfiles())
        {
            if (project.Engine is not { } engine)
                yield return new(path, Verdict.NotRun(project.NoEngine));
            else if (engine.IsPodman)
                yield return new(path, Verdict.NotRun("podman has no `build --check`"));
            else
                yield return new(path, Judge(await Containers.BuildCheck.Run(engine, project.At(image.Context), image.Dockerfile, cancellation)));
        }
    }

    private static Verdict Judge(LintResult result) =>
        result.Clean ? Verdict.Passed("no warnings") : Verdict.Failed($"`docker build --check` warns: {result.Report.Split('\n').FirstOrDefault(l => l.StartsWith("WARNING", StringComparison.Ordinal) || l.StartsWith("ERROR", StringComparison.Ordinal)) ?? FirstLine(result.Report)}") with { Details = result.Report.Trim() };

    private static string FirstLine(string text) => text.Trim().Split('\n')[0];
}

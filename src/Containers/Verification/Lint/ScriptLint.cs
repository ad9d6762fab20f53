using System.Runtime.CompilerServices;
using DuskStack.Images;

namespace DuskStack.Containers.Verification.Lint;

/// <summary>What is executed: scripts, and the workflow of CI.</summary>
public static class ScriptLint
{
    public static IAsyncEnumerable<Finding> Shell(LintedProject project, CancellationToken cancellation) =>
        Each(project, "shellcheck", p => p.EndsWith(".sh", StringComparison.Ordinal), ["--format=gcc"], cancellation);

    public static IAsyncEnumerable<Finding> Workflow(LintedProject project, CancellationToken cancellation) =>
        Each(project, "actionlint", p => p.StartsWith(".github/workflows/", StringComparison.Ordinal), ["-no-color", "-oneline"], cancellation);

    private static async IAsyncEnumerable<Finding> Each(LintedProject project, string name, Func<string, bool> wanted, string[] options, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string[] paths = [.. project.Paths(wanted)];
        if (paths.Length == 0)
            yield break;
        (Tool? tool, string reason) = await Tool.Find(name, ImageCatalog.Shared.Default(name).Reference, project.Engine, cancellation);
        foreach (string path in paths)
        {
            if (tool is null)
            {
                yield return new(path, Verdict.NotRun(reason));
                continue;
            }

            ProcessOutcome outcome = await tool.Run(project.Folder, [.. options, project.At(path)], cancellation);
            string first = outcome.Output.Split('\n')[0].Replace(project.Folder + "/", "", StringComparison.Ordinal);
            yield return new(path, outcome.Succeeded ? Verdict.Passed("nothing found") : Verdict.Failed($"{name}: {first}") with { Details = outcome.Output.Replace(project.Folder + "/", "", StringComparison.Ordinal).Trim() + outcome.Errors });
        }
    }
}

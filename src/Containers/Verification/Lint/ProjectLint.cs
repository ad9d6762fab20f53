using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using DuskStack.Outputs;
using DuskStack.Planning;

namespace DuskStack.Containers.Verification.Lint;

/// <summary>What is read without any tool.</summary>
public static partial class ProjectLint
{
    public static async IAsyncEnumerable<Finding> Files(LintedProject project, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        string[] missing = [.. project.Files.Where(f => f.Class != FileClass.Once && !File.Exists(project.At(f.Path))).Select(f => f.Path)];
        yield return new("project", missing.Length == 0
            ? Verdict.Passed($"{project.Files.Length} files")
            : Verdict.Failed($"{missing.Length} of {project.Files.Length} generated files are missing; `duskstack generate` writes them") with { Details = string.Join('\n', missing) });
    }

    public static async IAsyncEnumerable<Finding> PinnedImages(LintedProject project, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (ImagePlan image in project.Plan.Images)
        {
            string path = ImagePlanning.Join(image.Context, image.Dockerfile);
            if (File.Exists(project.At(path)))
                yield return new(path, Judge(BuiltUpon(await File.ReadAllTextAsync(project.At(path), cancellation))));
        }

        foreach (string file in new[] { LintedProject.Development, LintedProject.Production }.Where(f => File.Exists(project.At(f))))
        {
            string text = await File.ReadAllTextAsync(project.At(file), cancellation);
            yield return new(file, Judge(ComposeImage().Matches(text).Select(m => m.Groups["reference"].Value.Trim('"', '\'')).Where(r => !r.StartsWith("${COMPOSE_PROJECT_NAME}", StringComparison.Ordinal) && !project.Plan.Images.Any(i => r.StartsWith(i.Repository + ":", StringComparison.Ordinal)))));
        }
    }

    /// <summary>Every image that a Dockerfile names: what it starts from, and what it copies from.</summary>
    public static IEnumerable<string> BuiltUpon(string dockerfile)
    {
        var stages = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "scratch" };
        foreach (Match line in Source().Matches(dockerfile))
        {
            string reference = line.Groups["reference"].Value;
            // A number names a stage; with a variable nobody can tell.
            if (!stages.Contains(reference) && !int.TryParse(reference, out _) && !reference.Contains('$', StringComparison.Ordinal))
                yield return reference;
            if (line.Groups["stage"] is { Success: true } stage)
                stages.Add(stage.Value);
        }
    }

    public static bool IsPinned(string reference)
    {
        if (reference.Contains("@sha256:", StringComparison.Ordinal))
            return true;
        string name = reference[(reference.LastIndexOf('/') + 1)..];
        return name.Split(':', 2) is [_, { Length: > 0 } tag] && tag is not ("latest" or "stable" or "edge" or "nightly" or "main" or "master");
    }

    private static Verdict Judge(IEnumerable<string> references)
    {
        string[] all = [.. references.Distinct()], open = [.. all.Where(r => !IsPinned(r))];
        return open.Length == 0
            ? Verdict.Passed(all.Length == 0 ? "names no image" : string.Join(", ", all))
            : Verdict.Failed($"{string.Join(", ", open.Select(r => $"`{r}`"))} names no version: the next build may be another one; give it a tag or a digest");
    }

    [GeneratedRegex(@"^\s*(FROM(\s+--platform=\S+)?\s+(?<reference>\S+)(\s+AS\s+(?<stage>\S+))?|COPY\s+(--\S+\s+)*?--from=(?<reference>\S+)|RUN\s+.*from=(?<reference>[^,\s]+))", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Source();

    [GeneratedRegex(@"^\s+image:\s*(?<reference>\S+)", RegexOptions.Multiline)]
    private static partial Regex ComposeImage();
}

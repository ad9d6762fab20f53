using System.Collections.Immutable;
using DuskStack.Outputs;
using DuskStack.Planning;

namespace DuskStack.Containers.Verification.Lint;

/// <summary>A copy of the project whose files are read by tools.</summary>
/// <param name="Folder">Of the copy: tools may be given it, and may write into it.</param>
/// <param name="Plan">What the manifest means.</param>
/// <param name="Files">What is generated; the copy has what lies on the disk.</param>
/// <param name="Engine">Null where there is none.</param>
/// <param name="NoEngine">Why there is none.</param>
public sealed record LintedProject(string Folder, Plan Plan, ImmutableArray<RenderedFile> Files, Engine? Engine, string NoEngine)
{
    public const string Development = "compose.yaml", Production = "compose.prod.yaml";

    public string At(string path) => Path.Combine(Folder, path);

    /// <summary>Paths of generated files that are there; others are <see cref="ProjectLint.Files"/>' to name.</summary>
    public IEnumerable<string> Paths(Func<string, bool> wanted) => Files.Select(f => f.Path).Where(p => wanted(p) && File.Exists(At(p))).Distinct();

    /// <summary>Dockerfiles that are generated; the user's own are the user's.</summary>
    public IEnumerable<(ImagePlan Image, string Path)> Dockerfiles() =>
        from image in Plan.Images
        let path = ImagePlanning.Join(image.Context, image.Dockerfile)
        where image.Files.Any(f => f.Path == path) && File.Exists(At(path))
        select (image, path);
}

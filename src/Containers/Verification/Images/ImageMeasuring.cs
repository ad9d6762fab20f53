using System.Collections.Immutable;
using System.Text.Json;
using DuskStack.Images;
using DuskStack.Planning;

namespace DuskStack.Containers.Verification.Images;

/// <summary>Builds the images of a Plan, and measures them.</summary>
/// <param name="Engine">Builds.</param>
/// <param name="Copy">Of the project.</param>
/// <param name="Plan">Whose images.</param>
/// <param name="Secrets">Of this run.</param>
/// <param name="Run">A word that no other run has: the tag of the images, and part of the ids of their caches.</param>
public sealed record ImageMeasuring(Engine Engine, ProjectCopy Copy, Plan Plan, ThrowAwaySecrets Secrets, string Run)
{
    /// <summary>The first one of Podman whose builder reads here-documents in Dockerfiles (Buildah 1.33).</summary>
    private static readonly Version PodmanWithHereDocuments = new(4, 8);

    public string Reference(ImagePlan image) => $"{image.Repository}:{Run}";

    private string Edited(ImagePlan image) => $"{Reference(image)}-edited";

    /// <param name="image">To build.</param>
    /// <param name="measured">False for an ordinary build, which takes what the caches have.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<ImageMeasurement> Of(ImagePlan image, bool measured, CancellationToken cancellation)
    {
        ImageMeasurement result = new() { Name = image.Name, Budget = image.Budget, Generated = image.Target is not null, Base = await Foundation(image, cancellation) };
        if (await Unbuildable(image, cancellation) is { } reason)
            return result with { NotTried = true, BuildError = reason };
        if (measured)
            await OwnCaches(image, cancellation);

        ImageBuild cold = await ImageBuild.Run(Engine, Request(image, Reference(image)) with { Fresh = measured }, cancellation);
        if (!cold.Succeeded)
            return result with { BuildError = string.Join('\n', cold.Log.Trim().Split('\n').TakeLast(30)) };
        if (!measured)
            return result with { Built = true };

        string? edited = SourceEdit.Make(Copy, image);
        ImageBuild? warm = edited is null ? null : await ImageBuild.Run(Engine, Request(image, Edited(image)), cancellation);
        return result with
        {
            Built = true,
            ColdBuild = cold.Duration,
            WarmBuild = warm is { Succeeded: true } ? warm.Duration : null,
            Edited = edited ?? "",
            Content = await Content(image, result.Base, cancellation),
        };
    }

    /// <summary>Takes away what it made, whatever became of it.</summary>
    /// <param name="images">Those that were built.</param>
    /// <param name="keep">True: the images stay.</param>
    public async Task Remove(IEnumerable<ImagePlan> images, bool keep)
    {
        foreach (ImagePlan image in images)
            await Engine.Docker(["image", "rm", "--force", Edited(image), .. keep ? [] : new[] { Reference(image) }]).Run(CancellationToken.None);
        await CacheMounts.Remove(Engine, Run);
    }

    private BuildRequest Request(ImagePlan image, string tag) => new(Copy.At(image.Context), tag)
    {
        Dockerfile = image.Dockerfile,
        Target = image.Target,
        Secrets = Secrets.Builds.Where(s => image.Secrets.Contains(s.Key)).ToImmutableDictionary(),
        Timeout = TimeSpan.FromMinutes(30),
    };

    private async Task OwnCaches(ImagePlan image, CancellationToken cancellation)
    {
        string path = Copy.At(ImagePlanning.Join(image.Context, image.Dockerfile)), text = await File.ReadAllTextAsync(path, cancellation);
        // Two images may share a Dockerfile.
        if (!text.Contains(Run, StringComparison.Ordinal))
            await File.WriteAllTextAsync(path, CacheMounts.Own(text, Run), cancellation);
    }

    private async Task<string?> Unbuildable(ImagePlan image, CancellationToken cancellation)
    {
        string path = Copy.At(ImagePlanning.Join(image.Context, image.Dockerfile));
        if (!File.Exists(path))
            return $"{Path.GetRelativePath(Copy.Folder, path)} is missing";
        return Engine.IsPodman && Version.TryParse(Engine.Version, out Version? version) && version < PodmanWithHereDocuments && (await File.ReadAllTextAsync(path, cancellation)).Contains("<<", StringComparison.Ordinal)
            ? $"podman {Engine.Version} does not read here-documents in Dockerfiles; {PodmanWithHereDocuments} and later do"
            : null;
    }

    /// <summary>Makes sure that the bases are there before anything is timed.</summary>
    private async Task<BaseMeasurement> Foundation(ImagePlan image, CancellationToken cancellation)
    {
        if (image.Bases.IsEmpty)
            return BaseMeasurement.None;
        foreach (string reference in image.Bases.Select(b => b.Reference).Where(r => r != "scratch").Distinct())
        {
            if (!await Engine.Has(reference, cancellation))
                await (Engine.Docker("pull", "--quiet", reference) with { Timeout = TimeSpan.FromMinutes(10) }).Run(cancellation);
        }

        BaseImage last = image.Bases[^1];
        // What starts from nothing copies from the image that builds for it.
        string labelled = last.Reference == "scratch" ? image.Bases[0].Reference : last.Reference;
        ProcessOutcome label = await Engine.Docker("image", "inspect", "--format", "{{index .Config.Labels \"dev.duskstack.stand-in\"}}", labelled).Run(cancellation);
        return new(last.Reference, last.Size, label.Succeeded && label.Output.Trim() is { Length: > 0 } text && text != "<no value>");
    }

    private async Task<ImageContent> Content(ImagePlan image, BaseMeasurement foundation, CancellationToken cancellation)
    {
        ImmutableArray<string> below = [];
        if (foundation.Reference.Length > 0 && foundation.Reference != "scratch")
        {
            ProcessOutcome layers = await Engine.Docker("image", "inspect", "--format", "{{json .RootFS.Layers}}", foundation.Reference).Run(cancellation);
            below = layers.Succeeded ? JsonSerializer.Deserialize<ImmutableArray<string>>(layers.Output) : [];
        }

        string folder = Path.GetDirectoryName(Copy.At(ImagePlanning.Join(image.Context, image.Dockerfile)))!;
        bool runsOnce = Plan.Containers.Where(c => c.Image?.Name == image.Name).All(c => c.Role == ContainerRole.OneShot);
        ImageContent content = await ImageReading.Of(Engine, Reference(image), below, new(Secrets.Needles), Packages.Declared(folder, Copy.At(image.Context)), cancellation);
        // A migration may run with the tools of development: it is gone before anyone is served.
        return runsOnce ? content with { DevelopmentDependencies = [] } : content;
    }
}

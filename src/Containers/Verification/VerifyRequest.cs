using System.Collections.Immutable;
using DuskStack.Outputs;
using DuskStack.Planning;

namespace DuskStack.Containers.Verification;

/// <summary>What to verify.</summary>
/// <param name="Folder">The project's folder; it is only read.</param>
/// <param name="Plan">What the manifest means.</param>
/// <param name="Files">What is generated from it; their texts are those on the disk.</param>
public sealed record VerifyRequest(string Folder, Plan Plan, ImmutableArray<RenderedFile> Files)
{
    public ImmutableHashSet<Stage> Stages { get; init; } = [Stage.Lint, Stage.Build, Stage.Run];

    /// <summary>Compose services to build and run, with what they wait for; empty for all.</summary>
    public ImmutableArray<string> Services { get; init; } = [];

    /// <summary>Names of the checks that are wanted; empty for all.</summary>
    public ImmutableArray<string> Checks { get; init; } = [];

    /// <summary>True: the images stay on the engine.</summary>
    public bool Keep { get; init; }

    public bool Wants(Stage stage) => Stages.Contains(stage);

    public bool Wants(Check check) => Checks.IsEmpty || Checks.Contains(check.Name);

    public bool Concerns(ContainerPlan container) => Services.IsEmpty || Services.Contains(container.Name);

    /// <summary>An image is concerned when a container of it is.</summary>
    public bool Concerns(ImagePlan image) => Services.IsEmpty || Services.Contains(image.Name) || Plan.Containers.Any(c => c.Image == image && Concerns(c));
}

/// <summary>Hears what happens while it happens.</summary>
public interface IVerifyProgress
{
    /// <summary>Something that takes time has begun.</summary>
    void Begin(Stage stage, string what);

    void Found(CheckResult result);
}

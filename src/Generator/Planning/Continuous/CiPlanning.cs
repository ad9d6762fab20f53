using DuskStack.Images;
using DuskStack.Manifests;

namespace DuskStack.Planning;

/// <summary>Resolves <c>ci:</c>.</summary>
public static class CiPlanning
{
    /// <summary>Null when no workflow is wanted.</summary>
    public static CiPlan? Plan(Manifest manifest)
    {
        if (manifest.Ci is not { Value: "github" })
            return null;
        CiEcsPlan? ecs = manifest.Deploy?.Ecs is { } section ? new(section.Architecture?.Value ?? "amd64", section.Region?.Value) : null;
        return new()
        {
            Linter = ImagePlanning.Reference(ImageCatalog.Shared.Default("hadolint"), manifest.Images),
            // Without platforms an image is for one processor: that of the tasks, else that of GitHub's usual runner.
            Architectures = manifest.Images.Platforms is { IsEmpty: false } platforms ? [.. platforms.Select(p => p.Value.Split('/')[^1])] : [ecs?.Architecture ?? "amd64"],
            Registry = manifest.Images.Registry?.Value,
            Host = manifest.Deploy?.Host is not null,
            Ecs = ecs,
        };
    }
}

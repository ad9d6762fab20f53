using System.Collections.Immutable;

namespace DuskStack.Planning;

/// <summary>What a section of the manifest adds beside the services: the proxy, monitoring.</summary>
public sealed record SectionParts
{
    public static SectionParts None { get; } = new();

    public ImmutableArray<ContainerPlan> Containers { get; init; } = [];
    public ImmutableArray<SecretPlan> Secrets { get; init; } = [];
    public ImmutableArray<VolumePlan> Volumes { get; init; } = [];
    public ImmutableArray<VariablePlan> Variables { get; init; } = [];

    /// <summary>Lines of .gitignore.</summary>
    public ImmutableArray<string> Ignored { get; init; } = [];
}

using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Outputs;
using DuskStack.Planning;

namespace DuskStack;

/// <summary>Facts of the folder and of the day: they make diagnostics only, never bytes.</summary>
public sealed record Facts
{
    public required DateOnly Today { get; init; }

    /// <summary>Relative paths of the files that exist.</summary>
    public ImmutableHashSet<string> Files { get; init; } = [];
}

/// <summary>What one manifest gives. <paramref name="Files"/> is empty when there are errors.</summary>
public sealed record Generation(Plan? Plan, ImmutableArray<RenderedFile> Files, ImmutableArray<Diagnostic> Diagnostics);

public static class Generator
{
    // Stands in until the pipeline is joined here.
    public static Generation Run(SourceText manifest, OpenExtended open, Facts facts, bool starter) =>
        new(new Plan(), [new("compose.yaml", "services: {}\n", "compose/compose.yaml")], []);
}

using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Outputs;
using DuskStack.Planning;

namespace DuskStack;

/// <summary>The line from a text to files: text -> Manifest -> Plan -> RenderedFile[]. Pure; what happens to the disk is decided elsewhere.</summary>
public static class Generator
{
    /// <param name="text">duskstack.yaml.</param>
    /// <param name="open">Reads what <c>extends</c> names.</param>
    /// <param name="facts">Of the folder and of the day; they make diagnostics only.</param>
    /// <param name="starter">True to render the starters of the services as well.</param>
    public static Generation Run(SourceText text, OpenExtended open, Facts facts, bool starter = false)
    {
        var bag = new DiagnosticBag();
        if (ManifestReader.Read(text, open, bag) is not { } manifest)
            return new(null, [], bag.Sorted());

        // With a starter, what is missing is about to be written: nothing to warn of.
        Plan plan = Planner.Plan(manifest, starter ? facts with { Exists = null } : facts, bag);
        if (bag.HasErrors)
            return new(plan, [], bag.Sorted());

        ImmutableArray<RenderedFile> files = Render(manifest, plan, starter, facts, bag);
        PathChecks.Check(files, bag);
        return new(plan, bag.HasErrors ? [] : files, bag.Sorted());
    }

    private static ImmutableArray<RenderedFile> Render(Manifest manifest, Plan plan, bool starter, Facts facts, DiagnosticBag bag) =>
    [
        .. OutputList.Render(plan),
        .. starter ? [.. StarterOutput.Render(manifest, plan, facts.Exists, bag), ReadmeOutput.Render(manifest, plan)] : Array.Empty<RenderedFile>(),
    ];
}

/// <summary>What one run found and made.</summary>
/// <param name="Plan">Null when the text is no manifest.</param>
/// <param name="Files">Empty when a diagnostic is an error.</param>
/// <param name="Diagnostics">All findings, in the order of the text.</param>
public sealed record Generation(Plan? Plan, ImmutableArray<RenderedFile> Files, ImmutableArray<Diagnostic> Diagnostics)
{
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);
}

using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;

namespace DuskStack.Cli;

/// <summary>A project's manifest and what the generator makes of it: the part that all commands have in common.</summary>
internal sealed record PlannedProject(Generation Generation, IReadOnlyDictionary<string, SourceText> Sources)
{
    public bool HasErrors => Generation.Plan is null || Generation.Diagnostics.Any(d => d.Severity == Severity.Error);

    public static PlannedProject Read(ProjectLocation location, bool starter = false)
    {
        var source = new ManifestSource(location);
        if (source.TryRead() is not { } manifest)
            return new(new(null, [], [source.Missing()]), source.Texts);

        var facts = ProjectFacts.Of(location.FullDirectory, DateOnly.FromDateTime(DateTime.UtcNow));
        return new(Generator.Run(manifest, source.OpenExtended, facts, starter), source.Texts);
    }

    public void Report(Terminal terminal) => Report(terminal, Generation.Diagnostics);

    public void Report(Terminal terminal, ImmutableArray<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
            terminal.Error.Write(DiagnosticText.Write(diagnostic, Sources));
    }
}

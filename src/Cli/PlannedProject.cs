using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Planning;

namespace DuskStack.Cli;

/// <summary>A project's manifest and what the generator makes of it: the part that all commands have in common.</summary>
internal sealed record PlannedProject(Generation Generation, IReadOnlyDictionary<string, SourceText> Sources)
{
    public bool HasErrors => Generation.Plan is null || Generation.Diagnostics.Any(d => d.Severity == Severity.Error);

    public static PlannedProject Read(ProjectLocation location, bool starter = false)
    {
        if (location.Mistake() is { } mistake)
            return new(new(null, [], [mistake]), ImmutableDictionary<string, SourceText>.Empty);

        var source = new ManifestSource(location);
        return source.TryRead() is { } manifest ? Plan(location, source, manifest, starter) : new(new(null, [], [source.Missing()]), source.Texts);
    }

    /// <summary>Of another text in the manifest's place.</summary>
    public static PlannedProject Plan(ProjectLocation location, ManifestSource source, SourceText manifest, bool starter)
    {
        var facts = new Facts { Today = DateOnly.FromDateTime(DateTime.UtcNow), Exists = path => Path.Exists(Path.Combine(location.FullDirectory, path)) };
        var generation = Generator.Run(manifest, source.OpenExtended, facts, starter);
        return new(generation with { Diagnostics = [.. generation.Diagnostics.Select(source.Explain)] }, source.Texts.ToImmutableDictionary().SetItem(manifest.File, manifest));
    }

    public void Report(Terminal terminal) => Report(terminal, Generation.Diagnostics);

    public void Report(Terminal terminal, ImmutableArray<Diagnostic> diagnostics)
    {
        if (!diagnostics.IsEmpty)
            terminal.Error.Write(new DiagnosticText(Sources.Values).Write(diagnostics));
    }
}

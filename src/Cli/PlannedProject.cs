using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Planning;

namespace DuskStack.Cli;

/// <summary>A project's manifest and what the generator makes of it: the part that all commands have in common.</summary>
/// <param name="Generation">What the generator makes of it.</param>
/// <param name="Sources">The manifest and what it extends, by the names of diagnostics.</param>
/// <param name="Schema">The JSON Schema of manifests.</param>
internal sealed record PlannedProject(Generation Generation, IReadOnlyDictionary<string, SourceText> Sources, Task<string> Schema)
{
    public bool HasErrors => Generation.Plan is null || Generation.Diagnostics.Any(d => d.Severity == Severity.Error);

    public static PlannedProject Read(ProjectLocation location, bool starter = false)
    {
        // It depends on nothing, and takes a second processor as long as the disk takes this one.
        var schema = Task.Run(JsonSchema.Write);
        if (location.Mistake() is { } mistake)
            return Unplanned(ImmutableDictionary<string, SourceText>.Empty, mistake);

        var source = new ManifestSource(location);
        return source.TryRead() is { } manifest ? Plan(location, source, manifest, starter, schema) : Unplanned(source.Texts, source.Missing());
    }

    /// <summary>Nothing is written of it, so nobody asks for the schema.</summary>
    public static PlannedProject Unplanned(IReadOnlyDictionary<string, SourceText> sources, params ImmutableArray<Diagnostic> findings) => new(new(null, [], findings), sources, Task.FromResult(""));

    /// <summary>Of another text in the manifest's place.</summary>
    public static PlannedProject Plan(ProjectLocation location, ManifestSource source, SourceText manifest, bool starter) => Plan(location, source, manifest, starter, Task.Run(JsonSchema.Write));

    private static PlannedProject Plan(ProjectLocation location, ManifestSource source, SourceText manifest, bool starter, Task<string> schema)
    {
        var facts = new Facts { Today = DateOnly.FromDateTime(DateTime.UtcNow), Exists = path => Path.Exists(Path.Combine(location.FullDirectory, path)) };
        var generation = Generator.Run(manifest, source.OpenExtended, facts, starter);
        return new(generation with { Diagnostics = [.. generation.Diagnostics.Select(source.Explain)] }, source.Texts.ToImmutableDictionary().SetItem(manifest.File, manifest), schema);
    }

    public void Report(Terminal terminal) => Report(terminal, Generation.Diagnostics);

    public void Report(Terminal terminal, ImmutableArray<Diagnostic> diagnostics)
    {
        if (!diagnostics.IsEmpty)
            terminal.Error.Write(new DiagnosticText(Sources.Values).Write(diagnostics));
    }
}

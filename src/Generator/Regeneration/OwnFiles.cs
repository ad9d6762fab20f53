using System.Collections.Immutable;
using DuskStack.Manifests;

namespace DuskStack.Regeneration;

/// <summary>What the tool keeps in its own folder besides what it knows of files.</summary>
public static class OwnFiles
{
    // What lies in the tool's own folder and belongs to one machine only.
    private const string Ignored = """
        # Local to one machine; everything else here belongs into the repository.
        backup/
        txn/
        lock

        """;

    // A base is compared byte by byte, whatever a machine does to line ends, and nobody reviews it.
    private const string Attributes = """
        base/** text eol=lf linguist-generated
        state.json text eol=lf linguist-generated
        schema.json text eol=lf linguist-generated

        """;

    /// <param name="schema">What <see cref="JsonSchema.Write"/> gives; it takes a while.</param>
    public static ImmutableArray<OwnFile> With(string schema) => [new(OwnPaths.Ignore, Ignored, Once: true), new(OwnPaths.Attributes, Attributes, Once: true), new(OwnPaths.Schema, schema)];
}

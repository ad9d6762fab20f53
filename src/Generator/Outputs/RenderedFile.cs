using System.Collections.Immutable;
using DuskStack.Templating;

namespace DuskStack.Outputs;

/// <summary>Who owns a generated file after it was written.</summary>
public enum FileClass
{
    /// <summary>Ours: regenerated for ever, a person's edits are kept.</summary>
    Managed,

    /// <summary>The user's from the first write on: written only when absent, never again.</summary>
    Once,

    /// <summary>A marked block in a file that belongs to the user.</summary>
    Block,
}

/// <summary>One file as the templates print it, before anything looks at the disk.</summary>
/// <param name="Path">Relative to the project, <c>/</c>-separated.</param>
/// <param name="Content">The whole text; for a <see cref="FileClass.Block"/> the lines between its markers. LF only, ends with a line feed.</param>
/// <param name="TemplateId">What it is made from, stable when <paramref name="Path"/> changes: <c>compose/compose.prod.yaml</c>, <c>stacks/node/Dockerfile:api</c>.</param>
/// <param name="Class">Who owns it.</param>
public sealed record RenderedFile(string Path, string Content, string TemplateId, FileClass Class = FileClass.Managed)
{
    /// <summary>The pieces of <see cref="Content"/> in order, each rendered on its own; <c>dotnet new</c> content is folded piece by piece.</summary>
    public ImmutableArray<RenderedSection> Sections { get; init; } = [new("#0", Content)];

    public static RenderedFile Of(string path, string templateId, ImmutableArray<RenderedSection> sections, FileClass owner = FileClass.Managed) =>
        new(path, string.Concat(sections.Select(s => s.Text)), templateId, owner) { Sections = sections };
}

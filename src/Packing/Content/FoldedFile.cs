using System.Collections.Immutable;
using DuskStack.Packing.Folding;
using DuskStack.Packing.Learning;
using DuskStack.Packing.Parameters;
using DuskStack.Regeneration;

namespace DuskStack.Packing.Content;

/// <summary>A file of the template's content.</summary>
/// <param name="Path">Where it is written in the new project.</param>
/// <param name="Text">What it says in every variant.</param>
/// <param name="Exists">When it is written at all.</param>
public sealed record FoldedFile(string Path, string Text, Condition Exists)
{
    /// <summary>True when the engine has nothing to do in it, and so need not read it byte by byte.</summary>
    public bool IsConstant { get; } = !MergedLines.Lines(Text).Any(FoldedText.IsMarker) && !SentinelText.IsIn(Text);

    /// <summary>A file, and its base where it has one.</summary>
    public static IEnumerable<FoldedFile> Of(FileTables file)
    {
        Condition exists = new Minimiser(file.Existence.Space).Find([.. file.Existence.Texts.Select(t => t is not null)], file.Existence.Space.Possible);
        string text = FileFold.Fold(file.Sections);
        yield return new(file.Path, text, exists);
        if (file.HasBase)
        {
            ImmutableArray<SectionTable> copied = [.. file.Sections.Where(s => !s.Name.Id.StartsWith(NewProject.Marker, StringComparison.Ordinal))];
            yield return new(OwnPaths.Base(file.Path), copied.Length == file.Sections.Length ? text : FileFold.Fold(copied), exists);
        }
    }
}

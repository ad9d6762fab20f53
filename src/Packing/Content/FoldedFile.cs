using System.Collections.Immutable;
using DuskStack.Packing.Folding;
using DuskStack.Packing.Learning;
using DuskStack.Packing.Parameters;

namespace DuskStack.Packing.Content;

/// <summary>A file of the template's content.</summary>
/// <param name="Path">Where it is written in the new project.</param>
/// <param name="Text">What it says in every variant.</param>
/// <param name="Exists">When it is written at all.</param>
public sealed record FoldedFile(string Path, string Text, Condition Exists)
{
    private const int MostCombinations = 512, MostVariants = 8;

    /// <summary>True when the engine has nothing to do in it, and so need not read it byte by byte.</summary>
    public bool IsConstant { get; } = !MergedLines.Lines(Text).Any(FoldedText.IsMarker) && !SentinelText.IsIn(Text);

    /// <summary>
    /// The file. One that every project of defaults has, that inserts nothing and comes in few variants, is there once for each: what the engine need not
    /// read it copies, and for each file that it reads out of a package it takes eight megabytes of memory and five milliseconds. Each folder more costs
    /// one, so what fewer projects have stays one file.
    /// </summary>
    public static ImmutableArray<FoldedFile> Of(FileTables file) => Variants(file) is { IsEmpty: false } variants ? variants :
    [
        new(file.Path, FileFold.Fold(file.Sections), new Minimiser(file.Existence.Space).Find([.. file.Existence.Texts.Select(t => t is not null)], file.Existence.Space.Possible)),
    ];

    private static ImmutableArray<FoldedFile> Variants(FileTables file)
    {
        ClosedParameter[] parameters = [.. file.Sections.Append(file.Existence).SelectMany(s => s.Space.Parameters).Distinct().OrderBy(p => ParameterList.Closed.IndexOf(p))];
        if (file.Existence.Texts[0] is null || file.Sections.Any(s => s.Variants.Any(SentinelText.IsIn)) || parameters.Aggregate(1L, (size, p) => size * p.Values.Length) > MostCombinations)
            return [];

        var space = new Space(parameters);
        string?[] texts = [.. Enumerable.Range(0, space.Size).Select(c => space.IsPossible(c) ? TextAt(file, space.Set(Point.Default, c)) : null)];
        string[] variants = [.. texts.OfType<string>().Distinct()];
        var minimiser = new Minimiser(space);
        return variants.Length > MostVariants ? [] : [.. variants.Select(v => new FoldedFile(file.Path, v, minimiser.Find([.. texts.Select(t => t == v)], space.Possible)))];
    }

    private static string? TextAt(FileTables file, Point point) =>
        file.Existence.Texts[file.Existence.Space.Of(point)] is null ? null : string.Concat(file.Sections.Select(s => s.Texts[s.Space.Of(point)]));
}

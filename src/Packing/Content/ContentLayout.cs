using System.Collections.Immutable;
using System.Globalization;
using DuskStack.Packing.Folding;

namespace DuskStack.Packing.Content;

/// <summary>Files that are written under the same condition, in one folder of the package.</summary>
/// <param name="Folder">Its name.</param>
/// <param name="Exists">When they are written.</param>
/// <param name="CopyOnly">True when the engine copies them without looking inside, which takes a tenth of the time.</param>
/// <param name="Files">By path.</param>
public sealed record ContentGroup(string Folder, Condition Exists, bool CopyOnly, ImmutableArray<FoldedFile> Files);

/// <summary>
/// A folder for each condition, rather than a pattern for each file: the engine skips whole folders, matches nothing, and no file's
/// name is ever read as a pattern (<c>[slug].tsx</c> is one).
/// </summary>
public static class ContentLayout
{
    public static ImmutableArray<ContentGroup> Of(IEnumerable<FoldedFile> files) =>
    [
        .. files.GroupBy(f => (Condition: f.Exists.Text(), f.IsConstant))
            .OrderBy(g => g.Key.Condition, StringComparer.Ordinal).ThenBy(g => g.Key.IsConstant)
            .Select((g, i) => new ContentGroup(i.ToString("00", CultureInfo.InvariantCulture), g.First().Exists, g.Key.IsConstant, [.. g.OrderBy(f => f.Path, StringComparer.Ordinal)])),
    ];
}

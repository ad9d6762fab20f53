using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DuskStack.Containers.Verification;
using DuskStack.Packing.Seeds;
using DuskStack.Tests.Sources;

namespace DuskStack.Tests.Seeds;

/// <summary>What is wrong with the rows of a system, each in a sentence.</summary>
internal static class SeedFindings
{
    /// <summary>The checks of `duskstack verify`.</summary>
    private static readonly ImmutableHashSet<string> Checks = [.. CheckList.All.Select(c => c.Name)];

    public static IEnumerable<string> Of(Seed seed, string root) =>
    [
        .. seed.Ids.Except(seed.Rows.Select(r => r.Id)).Select(id => $"{id}: is not in {seed.File}"),
        .. seed.Rows.SelectMany(row => OfRow(row, seed, root).Select(finding => $"{row.Id}: {finding}")),
    ];

    private static IEnumerable<string> OfRow(SeedRow row, Seed seed, string root)
    {
        if (!seed.Ids.Contains(row.Id)) yield return $"is no row of {seed.Number}";
        if (row.Wants.Length is < 3 or > 200) yield return "`wants` is a short sentence";
        if (row.Instead is { Length: < 15 }) yield return "`instead` says what is there and why";
        if (row.Has is null && row.Test is null && row.Verify is null) yield return "has no proof: `file` with `has`, `test` or `verify`";
        if (row.Has is not null && row.File is null) yield return "`has` needs a `file`";
        if (row.File is not null)
        {
            string file = Path.Combine(root, row.File);
            if (!File.Exists(file)) yield return $"there is no {row.File}";
            else if (row.Has is not null && !Regex.IsMatch(File.ReadAllText(file), row.Has, RegexOptions.Multiline | RegexOptions.CultureInvariant)) yield return $"{row.File} does not match {row.Has}";
        }

        if (row.Test is not null && !TestSources.Has(row.Test)) yield return $"there is no test {row.Test}";
        if (row.Verify is not null && !Checks.Contains(row.Verify)) yield return $"`duskstack verify` has no check {row.Verify}";
    }
}

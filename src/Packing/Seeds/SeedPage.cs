using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace DuskStack.Packing.Seeds;

/// <summary>docs/seeds.md: every row of the five systems, what meets it, and what proves that.</summary>
public static class SeedPage
{
    public const string File = "docs/seeds.md";
    public const string Command = "dotnet run --project src/Packing -- seeds";

    public static string Write(ImmutableArray<Seed> seeds)
    {
        var text = new StringBuilder($"""
            # The five systems

            Five real systems asked for this tool. Each is an example here; every row of what they asked for is met by a file of that example, by a test or by a
            check of `duskstack verify`, or something better stands in its place and the table says what.

            Made by `{Command}` from `{SeedFiles.Folder}`; the tests read the same files, and fail when a row is missing, a file
            does not hold what is claimed, or a test is gone.

            | system | example | rows | met as they stand | replaced |
            |---|---|---|---|---|

            """);
        foreach (Seed seed in seeds)
        {
            int written = seed.Rows.Select(r => r.Id).Distinct().Count(), replaced = seed.Rows.Where(r => r.Instead is not null).Select(r => r.Id).Distinct().Count();
            text.Append(CultureInfo.InvariantCulture, $"| {seed.Number} | {(seed.Rows.IsEmpty ? $"`{seed.Example}`" : $"[{seed.Example}](../{seed.Example})")} | {seed.Ids.Length} | {written - replaced} | {replaced} |\n");
        }

        foreach (Seed seed in seeds.Where(s => !s.Rows.IsEmpty))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {seed.Number}: {Path.GetFileName(seed.Example)}\n\n| row | asks for | met by | proven by |\n|---|---|---|---|\n");
            foreach (SeedRow row in seed.Rows.OrderBy(r => seed.Ids.IndexOf(r.Id)))
                text.Append(CultureInfo.InvariantCulture, $"| {row.Id} | {Cell(row.Wants)} | {MetBy(row)} | {ProvenBy(row)} |\n");
        }

        return text.ToString();
    }

    private static string MetBy(SeedRow row) => string.Join("<br>", new[]
    {
        row.File is null ? null : $"[{Cell(row.File)}](../{row.File})",
        row.Instead is null ? null : $"*Instead:* {Cell(row.Instead)}",
    }.Where(part => part is not null));

    private static string ProvenBy(SeedRow row) => string.Join("<br>", new[]
    {
        row.Has is null ? null : Code(row.Has),
        row.Test is null ? null : $"test {Code(row.Test)}",
        row.Verify is null ? null : $"`verify`: {Cell(row.Verify)}",
    }.Where(part => part is not null));

    private static string Cell(string text) => text.Trim().Replace("\n", " ", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    // A pipe ends a cell of a table even between backticks.
    private static string Code(string text) => $"`{text.Trim().Replace("\n", " ", StringComparison.Ordinal).Replace("`", "'", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)}`";
}

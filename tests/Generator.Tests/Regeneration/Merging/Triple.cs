using System.Collections.Immutable;
using System.Globalization;
using DuskStack.Regeneration;
using DuskStack.Regeneration.Merging;

namespace DuskStack.Tests.Regeneration.Merging;

/// <summary>A generated file, what a person might make of it, and what a later template might. The same number gives the same triple.</summary>
internal sealed record Triple(int Number, string Path, string Last, string Yours, string Template)
{
    private const int Kinds = 10;

    public static Triple Make(int number, ImmutableArray<(string Path, string Text)> files)
    {
        var random = new Random(number);
        var (path, text) = files[random.Next(files.Length)];
        var last = Lines(text);
        var others = Lines(files[random.Next(files.Length)].Text);
        var (ours, theirs) = (last, last);

        // A template sometimes takes over what a person had to do by hand.
        if (random.Next(6) == 0)
        {
            ours = Edit(ours, others, random.Next(), null);
            theirs = ours;
        }

        // Where both work at one place, conflicts are.
        int? place = random.Next(3) == 0 ? random.Next(last.Length + 1) : null;
        for (var edits = random.Next(1, 6); edits > 0; edits--)
            ours = Edit(ours, others, random.Next(), place);

        for (var edits = random.Next(1, 6); edits > 0; edits--)
            theirs = Edit(theirs, others, random.Next(), place);

        return new(number, path, text, Style(Join(ours), random), Join(theirs));
    }

    public MergeInput Input => new(Path, FileText.Of(Last), FileText.Of(Yours), FileText.Of(Template));

    public static ImmutableArray<string> Lines(string text) => [.. text.Split('\n')[..^1]];

    private static string Join(ImmutableArray<string> lines) => string.Concat(lines.Select(l => l + "\n"));

    private static string Style(string text, Random random) => random.Next(16) switch
    {
        0 => text.Replace("\n", "\r\n", StringComparison.Ordinal),
        1 => text.TrimEnd('\n'),
        2 => "\uFEFF" + text,
        _ => text,
    };

    // Each is decided by one number, so that both sides can do the same.
    private static ImmutableArray<string> Edit(ImmutableArray<string> lines, ImmutableArray<string> others, int seed, int? place)
    {
        var random = new Random(seed);
        var at = place is { } near && random.Next(3) > 0 ? Math.Clamp(near + random.Next(-4, 5), 0, lines.Length) : random.Next(lines.Length + 1);
        var count = Math.Min(random.Next(1, 7), lines.Length - at);
        var block = lines.Slice(at, count);
        var rest = lines.RemoveRange(at, count);
        var from = random.Next(others.Length);
        var foreign = others.Slice(from, Math.Min(random.Next(1, 12), others.Length - from));
        return random.Next(Kinds) switch
        {
            0 => lines.Insert(at, $"# note {random.Next(100).ToString(CultureInfo.InvariantCulture)}"),
            1 => lines.Insert(at, ""),
            2 => lines.InsertRange(at, foreign),
            3 => rest,
            4 => rest.InsertRange(at, block.Select(l => l.Replace("1", "2", StringComparison.Ordinal) + " # changed")),
            5 => count == 0 ? lines : lines.SetItem(at, lines[at] + " ."),
            6 => rest.InsertRange(at, foreign),
            7 => rest.InsertRange(random.Next(rest.Length + 1), block),
            8 => lines.InsertRange(at, block),
            _ => rest.InsertRange(at, block.Select(l => "  " + l)),
        };
    }
}

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
        var dice = new Dice((ulong)number);
        var (path, text) = files[dice.Next(files.Length)];
        var last = Lines(text);
        var others = Lines(files[dice.Next(files.Length)].Text);
        var (ours, theirs) = (last, last);

        // A template sometimes takes over what a person had to do by hand.
        if (dice.Next(6) == 0)
        {
            ours = Edit(ours, others, dice.Next(), null);
            theirs = ours;
        }

        // Where both work at one place, conflicts are.
        int? place = dice.Next(3) == 0 ? dice.Next(last.Length + 1) : null;
        for (var edits = dice.Next(1, 6); edits > 0; edits--)
            ours = Edit(ours, others, dice.Next(), place);

        for (var edits = dice.Next(1, 6); edits > 0; edits--)
            theirs = Edit(theirs, others, dice.Next(), place);

        return new(number, path, text, Style(Join(ours), dice), Join(theirs));
    }

    public MergeInput Input => new(Path, FileText.Of(Last), FileText.Of(Yours), FileText.Of(Template));

    public static ImmutableArray<string> Lines(string text) => [.. text.Split('\n')[..^1]];

    private static string Join(ImmutableArray<string> lines) => string.Concat(lines.Select(l => l + "\n"));

    private static string Style(string text, Dice dice) => dice.Next(16) switch
    {
        0 => text.Replace("\n", "\r\n", StringComparison.Ordinal),
        1 => text.TrimEnd('\n'),
        2 => "\uFEFF" + text,
        _ => text,
    };

    // Each is decided by one number, so that both sides can do the same.
    private static ImmutableArray<string> Edit(ImmutableArray<string> lines, ImmutableArray<string> others, ulong seed, int? place)
    {
        var dice = new Dice(seed);
        var at = place is { } near && dice.Next(3) > 0 ? Math.Clamp(near + dice.Next(-4, 5), 0, lines.Length) : dice.Next(lines.Length + 1);
        var count = Math.Min(dice.Next(1, 7), lines.Length - at);
        var block = lines.Slice(at, count);
        var rest = lines.RemoveRange(at, count);
        var from = dice.Next(others.Length);
        var foreign = others.Slice(from, Math.Min(dice.Next(1, 12), others.Length - from));
        return dice.Next(Kinds) switch
        {
            0 => lines.Insert(at, $"# note {dice.Next(100).ToString(CultureInfo.InvariantCulture)}"),
            1 => lines.Insert(at, ""),
            2 => lines.InsertRange(at, foreign),
            3 => rest,
            4 => rest.InsertRange(at, block.Select(l => l.Replace("1", "2", StringComparison.Ordinal) + " # changed")),
            5 => count == 0 ? lines : lines.SetItem(at, lines[at] + " ."),
            6 => rest.InsertRange(at, foreign),
            7 => rest.InsertRange(dice.Next(rest.Length + 1), block),
            8 => lines.InsertRange(at, block),
            _ => rest.InsertRange(at, block.Select(l => "  " + l)),
        };
    }
}

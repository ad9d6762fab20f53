using System.Globalization;
using System.Text;

namespace DuskStack.Diagnostics;

/// <summary>One line of a text with carets under a part of it, measured in the columns of a terminal.</summary>
internal sealed record Excerpt(string Line, string Carets)
{
    private const int Widest = 120;
    private const int ContextBefore = 40;

    /// <param name="line">The whole line.</param>
    /// <param name="start">Index of the first marked character; may lie at or beyond the end.</param>
    /// <param name="length">How many characters are marked; at least one caret is printed.</param>
    public static Excerpt Of(string line, int start, int length)
    {
        start = Math.Clamp(start, 0, line.Length);
        length = Math.Clamp(length, 0, line.Length - start);
        var (from, to) = Window(line, start);
        var (before, marked, after) = (Shown(line[from..start]), Shown(line[start..Math.Min(start + length, to)]), "");
        if (start + length < to) after = Shown(line[(start + length)..to]);
        if (from > 0) before = "…" + before;
        if (to < line.Length) after += "…";
        return new((before + marked + after).TrimEnd(), new string(' ', Width(before)) + new string('^', Math.Max(1, Width(marked))));
    }

    private static (int From, int To) Window(string line, int start)
    {
        if (line.Length <= Widest) return (0, line.Length);
        var from = start < Widest - ContextBefore ? 0 : start - ContextBefore;
        var to = Math.Min(line.Length, from + Widest);
        if (from > 0 && char.IsLowSurrogate(line[from])) from--;
        if (to < line.Length && char.IsLowSurrogate(line[to])) to--;
        return (from, Math.Max(to, start));
    }

    // What a terminal would obey or jump over is shown as a placeholder of one column.
    private static string Shown(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\t') shown.Append("    ");
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                shown.Append('\uFFFD');
            else shown.Append(rune.ToString());
        }

        return shown.ToString();
    }

    private static int Width(string text) => text.EnumerateRunes().Sum(Width);

    // Rough, after Unicode's East Asian Width: marks take no column, East Asian letters and pictures take two.
    private static int Width(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
        ? 0
        : rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD)
            ? 2
            : 1;
}

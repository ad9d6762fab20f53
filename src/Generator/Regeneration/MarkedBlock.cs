namespace DuskStack.Regeneration;

/// <summary>A file of the user with our lines between two markers. Only those lines are ours.</summary>
internal abstract record MarkedBlock
{
    public const string Begin = "# >>> duskstack >>>";
    public const string End = "# <<< duskstack <<<";

    private MarkedBlock()
    {
    }

    public sealed record None : MarkedBlock;

    /// <param name="Reason">What is wrong with the markers, as the end of a sentence.</param>
    public sealed record Malformed(string Reason) : MarkedBlock;

    /// <param name="Before">Everything up to and with the first marker's line.</param>
    /// <param name="Lines">What lies between.</param>
    /// <param name="After">Everything from the second marker's line on.</param>
    public sealed record Found(string Before, FileText Lines, string After) : MarkedBlock;

    public static MarkedBlock Find(FileText file)
    {
        var text = file.Bytewise;
        var begins = Places(text, Begin);
        var ends = Places(text, End);
        return (begins.Count, ends.Count) switch
        {
            (0, 0) => new None(),
            (1, 1) when begins[0].Start < ends[0].Start => new Found(
                text[..begins[0].Next], FileText.FromBytewise(text[begins[0].Next..ends[0].Start]), text[ends[0].Start..]),
            (1, 1) => new Malformed("the markers of duskstack's block stand in the wrong order"),
            _ => new Malformed("the markers of duskstack's block are not exactly one pair"),
        };
    }

    /// <summary>The file with the block at its end, set apart by an empty line.</summary>
    public static FileText Append(FileText? file, FileText lines)
    {
        var text = file?.Bytewise ?? "";
        var end = file?.LineEnd ?? "\n";
        if (text.Length > 0 && !text.EndsWith('\n'))
            text += end;

        if (text.Length > 0 && !text.EndsWith($"{end}{end}", StringComparison.Ordinal))
            text += end;

        return FileText.FromBytewise($"{text}{Begin}{end}{WithEnds(lines, end)}{End}{end}");
    }

    /// <summary>The file with other lines between the markers; they have the line ends that they need, unless there were no lines to learn them from.</summary>
    public static FileText Replace(FileText file, Found block, FileText lines) =>
        FileText.FromBytewise(block.Before + (block.Lines.Raw.IsEmpty ? WithEnds(lines, file.LineEnd) : lines.Bytewise) + block.After);

    /// <summary>The file without block and markers, and without the empty line that set them apart; null when nothing else was in it.</summary>
    public static FileText? Without(Found block)
    {
        var before = block.Before[..block.Before.LastIndexOf(Begin, StringComparison.Ordinal)];
        var next = block.After.IndexOf('\n', StringComparison.Ordinal);
        var after = next < 0 ? "" : block.After[(next + 1)..];
        if (after.Length == 0)
            before = before.EndsWith("\r\n\r\n", StringComparison.Ordinal) ? before[..^2] : before.EndsWith("\n\n", StringComparison.Ordinal) ? before[..^1] : before;

        var rest = before + after;
        return rest.Length == 0 ? null : FileText.FromBytewise(rest);
    }

    private static string WithEnds(FileText lines, string end) => lines.Normal.Bytewise.Replace("\n", end, StringComparison.Ordinal);

    private static List<(int Start, int Next)> Places(string text, string marker)
    {
        var places = new List<(int Start, int Next)>();
        for (var start = 0; start < text.Length;)
        {
            var feed = text.IndexOf('\n', start);
            var next = feed < 0 ? text.Length : feed + 1;

            // A byte order mark, seen byte by byte, may stand before the first line.
            if (text[start..next].TrimEnd().TrimStart('\u00EF', '\u00BB', '\u00BF') == marker)
                places.Add((start, next));

            start = next;
        }

        return places;
    }
}

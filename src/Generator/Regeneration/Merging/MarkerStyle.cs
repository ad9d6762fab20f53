namespace DuskStack.Regeneration.Merging;

/// <summary>
/// The four lines around a conflict. Editors know their form from git; the words and the id at their ends tell them from what a person or
/// git put there.
/// </summary>
internal sealed record MarkerStyle(string Yours, string Last, string Between, string Template)
{
    public const int IdLength = 8;

    /// <summary>As long as those of git, or longer where a line of the texts looks like a marker itself.</summary>
    public static MarkerStyle For(MergeInput input, string id, params ReadOnlySpan<LineText> texts)
    {
        var taken = new HashSet<int>();
        foreach (var text in texts)
            taken.UnionWith(text.Lines.Select(LengthOf));

        var length = Enumerable.Range(7, int.MaxValue - 7).First(n => !taken.Contains(n));
        return new(
            $"{new string('<', length)} yours [{id}]",
            $"{new string('|', length)} last generated{Version(input.LastVersion)} [{id}]",
            new string('=', length),
            $"{new string('>', length)} template{Version(input.TemplateVersion)} [{id}]");
    }

    private static string Version(string? version) => version is null ? "" : $" ({version})";

    // Of the run of one marker character that a line starts with, when nothing or a space follows; 0 for other lines.
    private static int LengthOf(string line)
    {
        var run = line.Length > 0 && line[0] is '<' or '|' or '=' or '>' ? line.AsSpan().IndexOfAnyExcept(line[0]) : 0;
        return run < 0 ? line.Length : run > 0 && line[run] is not (' ' or '\r') ? 0 : run;
    }
}

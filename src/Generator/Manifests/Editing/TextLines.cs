using System.Collections.Immutable;

namespace DuskStack.Manifests.Editing;

/// <summary>A text as the lines that the YAML reader counts, each with its own end, so that what is not edited keeps every byte.</summary>
internal sealed class TextLines
{
    private readonly ImmutableArray<(string Line, string End)> lines;

    public TextLines(string text)
    {
        var all = ImmutableArray.CreateBuilder<(string, string)>();
        for (var start = 0; start < text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAny('\r', '\n');
            if (length < 0)
                length = text.Length - start;

            var end = start + length == text.Length ? "" : text.AsSpan(start + length).StartsWith("\r\n") ? "\r\n" : text[start + length].ToString();
            all.Add((text.Substring(start, length), end));
            start += length + end.Length;
        }

        lines = all.DrainToImmutable();
    }

    private TextLines(ImmutableArray<(string, string)> lines) => this.lines = lines;

    public int Count => lines.Length;

    /// <summary>A line by its number from 1; empty beyond the end.</summary>
    public string this[int line] => line >= 1 && line <= lines.Length ? lines[line - 1].Line : "";

    public bool IsBlank(int line) => string.IsNullOrWhiteSpace(this[line]);

    /// <summary>Holds a comment and nothing else, as far as one line can tell.</summary>
    public bool IsComment(int line) => this[line].AsSpan().TrimStart().StartsWith('#');

    /// <summary>The column, from 1, of the first character that is no space; 1 beyond a blank line.</summary>
    public int Column(int line) => Math.Max(0, this[line].AsSpan().IndexOfAnyExcept(' ', '\t')) + 1;

    public TextLines Replace(int line, string by) => new(lines.SetItem(line - 1, (by, lines[line - 1].End)));

    /// <summary>With further lines below one, ended as it is. A last line that has no end keeps the text without one.</summary>
    public TextLines Insert(int below, IEnumerable<string> added)
    {
        var end = lines[below - 1].End;
        var usual = end.Length > 0 ? end : lines[0].End.Length > 0 ? lines[0].End : "\n";
        var all = lines.InsertRange(below, added.Select(line => (line, usual)));
        if (end.Length == 0)
            all = all.SetItem(below - 1, (lines[below - 1].Line, usual)).SetItem(all.Length - 1, (all[^1].Line, ""));

        return new(all);
    }

    public override string ToString() => string.Concat(lines.Select(line => line.Line + line.End));
}

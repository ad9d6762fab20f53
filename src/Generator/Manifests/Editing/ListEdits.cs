using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Editing;

/// <summary>Adds an item to a list, however it is written.</summary>
internal static class ListEdits
{
    /// <param name="lines">The text.</param>
    /// <param name="entry">The list's key, and the list or nothing.</param>
    /// <param name="limit">The first line behind both.</param>
    /// <param name="item">The new item.</param>
    public static Attempt Append(TextLines lines, YamlEntry entry, int limit, NewValue.Text item) => entry.Value switch
    {
        YamlList { Closing: { } closing } list => FlowEdits.Append(lines, list.Span, closing, item.OnOneLine, isMap: false),
        YamlList list => AppendLine(lines, entry, list, limit, item),
        YamlScalar { IsNull: true } nothing => Write(lines, entry, nothing, item),
        _ => Attempt.Refuse(entry.Key.Span, $"`{entry.Key.Text}` is no list"),
    };

    private static Attempt AppendLine(TextLines lines, YamlEntry entry, YamlList list, int limit, NewValue.Text item)
    {
        var column = list.Span.Column;
        var last = Enumerable.Range(list.Span.Line, limit - list.Span.Line).LastOrDefault(line => lines.Column(line) == column && lines[line].AsSpan(column - 1) is ['-', ' ' or '\t', ..]);
        if (last == 0)
            return Attempt.Refuse(entry.Key.Span, "its items stand on lines in an unusual way");

        // A comment at the depth of the items belongs to them only where it cannot belong to the next key.
        var dash = lines[last][..lines[last].AsSpan().IndexOfAnyExcept(' ', '\t', '-')];
        var end = BlockEdits.LastLine(lines, last, limit, column > entry.Key.Span.Column ? column : column + 1);
        return lines.Insert(end, [$"{dash}{item.OnOneLine}"]);
    }

    private static Attempt Write(TextLines lines, YamlEntry entry, YamlScalar nothing, NewValue.Text item)
    {
        var line = lines[entry.Key.Span.Line];
        if (nothing.Text.Length > 0)
        {
            var at = nothing.Span.Column - 1;
            return nothing.Span.Line == entry.Key.Span.Line
                ? lines.Replace(entry.Key.Span.Line, $"{line[..at]}[{item.OnOneLine}]{line[(at + nothing.Text.Length)..]}")
                : Attempt.Refuse(entry.Key.Span, "its value stands on another line");
        }

        var colon = line.IndexOf(':', entry.Key.Span.Column - 2 + entry.Key.Span.Length) + 1;
        return colon > 0 ? lines.Replace(entry.Key.Span.Line, $"{line[..colon]} [{item.OnOneLine}]{line[colon..]}") : Attempt.Refuse(entry.Key.Span, "its colon stands on another line");
    }
}

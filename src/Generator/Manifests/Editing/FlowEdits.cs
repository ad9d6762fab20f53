using DuskStack.Diagnostics;

namespace DuskStack.Manifests.Editing;

/// <summary>Adds to what stands in brackets, on one line or on several.</summary>
internal static class FlowEdits
{
    /// <param name="lines">The text.</param>
    /// <param name="open">The opening bracket.</param>
    /// <param name="close">The closing one.</param>
    /// <param name="added">The new item.</param>
    /// <param name="isMap">Maps have spaces within their brackets.</param>
    public static Attempt Append(TextLines lines, SourceSpan open, SourceSpan close, string added, bool isMap)
    {
        var line = lines[close.Line];
        var before = line[..(close.Column - 1)];
        var rest = line[(close.Column - 1)..];
        var last = before.TrimEnd();
        if (close.Line == open.Line && last.Length == open.Column)
            return lines.Replace(close.Line, isMap ? $"{last} {added} {rest}" : $"{last}{added}{rest}");

        return last.Length > 0
            ? lines.Replace(close.Line, $"{last}{(last.EndsWith(',') ? $" {added}," : $", {added}")}{before[last.Length..]}{rest}")
            : AppendLine(lines, open, close, added);
    }

    // The closing bracket begins its line: the new item gets a line above it.
    private static Attempt AppendLine(TextLines lines, SourceSpan open, SourceSpan close, string added)
    {
        var last = close.Line - 1;
        while (last > open.Line && (lines.IsBlank(last) || lines.IsComment(last)))
            last--;

        if (last == open.Line)
            return Attempt.Refuse(open, "its items and brackets stand on lines in an unusual way");

        // Whatever this line is taken for, the text is read again afterwards.
        var line = lines[last];
        var comment = Comment(line);
        var item = line[..comment].TrimEnd();
        var indent = line[..(line.Length - line.TrimStart().Length)];
        return item.EndsWith(',')
            ? lines.Insert(close.Line - 1, [$"{indent}{added},"])
            : lines.Replace(last, $"{item},{line[item.Length..]}").Insert(close.Line - 1, [$"{indent}{added}"]);
    }

    // Where the comment of a line begins; its end when there is none. Quotes hide a `#`.
    private static int Comment(string line)
    {
        var quote = '\0';
        for (var at = 0; at < line.Length; at++)
        {
            if (quote != '\0')
                quote = line[at] == quote ? '\0' : quote;
            else if (line[at] is '"' or '\'')
                quote = line[at];
            else if (line[at] == '#' && (at == 0 || char.IsWhiteSpace(line[at - 1])))
                return at;
        }

        return line.Length;
    }
}

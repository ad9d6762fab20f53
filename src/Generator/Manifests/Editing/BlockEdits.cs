using System.Collections.Immutable;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Editing;

/// <summary>Adds keys that stand on lines of their own.</summary>
internal static class BlockEdits
{
    /// <summary>Inserts a key behind the last of its predecessors, or behind all others.</summary>
    public static Attempt Insert(TextLines lines, MapPlace place, NewKey key, ImmutableArray<string> predecessors, int step)
    {
        var own = place.Own.ToList();
        if (own is [])
            return Attempt.Refuse(place.Map.Span, "everything here comes from another place, by `<<`");

        var behind = own.FindLast(entry => predecessors.Contains(entry.Key.Text)) ?? own[^1];
        var column = own[0].Key.Span.Column;
        var limit = place.LimitOf(behind);

        // A comment at the keys' own depth belongs to the key below it; below the last key of a section it can only belong to the section.
        var isLast = behind == own[^1] && !place.IsRoot;
        var end = LastLine(lines, behind.Key.Span.Line, limit, isLast ? column : column + 1);
        var value = place.IsRoot || predecessors.Length > 0 ? key.Value : LikeSibling(key.Value, own[^1].Value);
        var written = value.Lines(key.Key, column - 1, own[^1].Value is YamlMap { Closing: null } sibling && sibling.Span.Column > column ? sibling.Span.Column - column : step);
        return lines.Insert(end, WantsGap(lines, place, own, behind, end) ? written.Prepend("") : written);
    }

    /// <summary>Begins the keys below one that has none: nothing stands behind it, or <c>{}</c>.</summary>
    public static Attempt Begin(TextLines lines, YamlEntry entry, int limit, NewKey key, int step)
    {
        var column = entry.Key.Span.Column;
        if (Emptied(lines, entry) is not { } line)
            return Attempt.Refuse(entry.Key.Span, "nothing but a comment may stand in these brackets, which go over several lines");

        var end = LastLine(lines, entry.Key.Span.Line, limit, column + 1);
        return lines.Replace(entry.Key.Span.Line, line).Insert(end, key.Value.Lines(key.Key, column - 1 + step, step));
    }

    /// <summary>The last line of an entry: comments count from a column on, and what looks like one inside of a text that goes over several lines.</summary>
    public static int LastLine(TextLines lines, int first, int limit, int column) =>
        Enumerable.Range(first, Math.Max(1, limit - first)).Last(line => line == first || (!lines.IsBlank(line) && (!lines.IsComment(line) || lines.Column(line) >= column)));

    // The key's line without `{}`, `~` or `null` behind the key; null when that is not on this line.
    private static string? Emptied(TextLines lines, YamlEntry entry)
    {
        var line = lines[entry.Key.Span.Line];
        var (open, close) = entry.Value switch
        {
            YamlMap { Closing: { } closing } map => (map.Span, closing),
            YamlScalar { Text.Length: > 0 } word => (word.Span, word.Span with { Column = word.Span.Column + word.Span.Length - 1 }),
            _ => (entry.Key.Span, entry.Key.Span),
        };
        if (open == entry.Key.Span)
            return line;

        if (open.Line != entry.Key.Span.Line || close.Line != open.Line)
            return null;

        var rest = line[close.Column..];
        return line[..(open.Column - 1)].TrimEnd() + (string.IsNullOrWhiteSpace(rest) ? "" : rest);
    }

    private static NewValue LikeSibling(NewValue value, YamlNode sibling) => value is NewValue.Map map && sibling is YamlMap model ? map with { IsBlock = model.Closing is null } : value;

    // Where neighbours have a blank line between them, a new one gets it as well.
    private static bool WantsGap(TextLines lines, MapPlace place, List<YamlEntry> own, YamlEntry behind, int end)
    {
        if (behind != own[^1])
            return place.IsRoot && lines.IsBlank(end + 1);

        if (own.Count > 1 && (place.IsRoot || HasGapAbove(lines, behind)))
            return HasGapAbove(lines, behind);

        // One service alone: as its section is set off from what surrounds it.
        return !place.IsRoot && own.Count == 1 && behind.Value is YamlMap { Closing: null } && place.Entry is { } section && (HasGapAbove(lines, section) || (end < lines.Count && lines.IsBlank(end + 1)));
    }

    private static bool HasGapAbove(TextLines lines, YamlEntry entry)
    {
        var line = entry.Key.Span.Line - 1;
        while (line > 0 && lines.IsComment(line))
            line--;

        return line > 0 && lines.IsBlank(line);
    }
}

using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Settings;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Editing;

/// <summary>Finds the place of an addition, and edits there in the style that is written there.</summary>
internal static class Placing
{
    public static Attempt Place(TextLines lines, YamlMap root, Addition addition)
    {
        var place = new MapPlace(root, null, DocumentEnd(lines, root), IsRoot: true);
        for (var depth = 0; depth < addition.Path.Length; depth++)
        {
            var key = addition.Path[depth];
            if (place.Map.Find(key) is not { } entry)
                return Add(lines, place, Nested(addition, depth), addition.Path[..depth], root);

            if (!place.Holds(entry))
                return Attempt.Refuse(entry.Key.Span, $"{Quoted.Text(key)} comes from another place, by `<<`");

            if (IsBefore(entry.Value.Span, entry.Key.Span))
                return Attempt.Refuse(entry.Key.Span, $"{Quoted.Text(key)} is an alias of what stands at {entry.Value.Span}");

            var limit = place.LimitOf(entry);
            if (addition is NewItem item && depth == addition.Path.Length - 1)
                return ListEdits.Append(lines, entry, limit, item.Item);

            if (entry.Value is YamlMap { Entries.IsEmpty: false } map)
                place = new(map, entry, limit, IsRoot: false);
            else if (entry.Value is YamlMap or YamlScalar { IsNull: true })
                return AddBelow(lines, place, entry, limit, Nested(addition, depth + 1), addition.Path[..(depth + 1)], root);
            else
                return Attempt.Refuse(entry.Key.Span, $"{Quoted.Text(key)} is no map");
        }

        return Add(lines, place, (NewKey)addition, addition.Path, root);
    }

    // With the maps around it that are not there from this depth of its path on.
    private static NewKey Nested(Addition addition, int depth)
    {
        var key = (NewKey)addition;
        while (key.Path.Length > depth)
            key = new(key.Path[..^1], key.Path[^1], new NewValue.Map([(key.Key, key.Value)]) { IsBlock = true });

        return key;
    }

    private static Attempt Add(TextLines lines, MapPlace place, NewKey key, ImmutableArray<string> path, YamlMap root) => place.Map.Closing is { } closing
        ? FlowEdits.Append(lines, place.Map.Span, closing, $"{key.Key}: {key.Value.OnOneLine}", isMap: true)
        : BlockEdits.Insert(lines, place, key, Predecessors(path, key.Key), Step(root));

    // Nothing is written behind the key: no value, or `{}`.
    private static Attempt AddBelow(TextLines lines, MapPlace around, YamlEntry entry, int limit, NewKey key, ImmutableArray<string> path, YamlMap root)
    {
        if (around.Map.Closing is not null)
            return entry.Value is YamlMap { Closing: { } closing } ? FlowEdits.Append(lines, entry.Value.Span, closing, $"{key.Key}: {key.Value.OnOneLine}", isMap: true)
                : Attempt.Refuse(entry.Key.Span, $"{Quoted.Text(entry.Key.Text)} is empty inside of brackets");

        if (path is [_, _, ..] && entry.Value is YamlMap { Closing: { } bracket })
            return FlowEdits.Append(lines, entry.Value.Span, bracket, $"{key.Key}: {key.Value.OnOneLine}", isMap: true);

        return BlockEdits.Begin(lines, entry, limit, key, Step(root));
    }

    // The keys that the reference lists before this one; names of the user's come in the order in which they are added.
    private static ImmutableArray<string> Predecessors(ImmutableArray<string> path, string key)
    {
        var shape = path switch
        {
            [] => ManifestSettings.Shape,
            ["services", _] => ServiceSettings.ItemType.Shape,
            _ => null,
        };
        return shape is null ? [] : [.. shape.Settings.Select(setting => setting.Name).TakeWhile(name => name != key)];
    }

    // How much deeper the keys of a section stand; two spaces where nothing tells.
    private static int Step(YamlMap root) => root.Entries.Select(entry => entry.Value)
        .OfType<YamlMap>().Where(map => map is { Closing: null, Entries.IsEmpty: false } && map.Span.Column > root.Span.Column)
        .Select(map => map.Span.Column - root.Span.Column).FirstOrDefault(2);

    // The line behind the last one: that of the mark `...`, if there is one.
    private static int DocumentEnd(TextLines lines, YamlMap root) =>
        Enumerable.Range(root.Span.Line, Math.Max(0, lines.Count - root.Span.Line + 1)).FirstOrDefault(line => lines[line].StartsWith("...", StringComparison.Ordinal) && lines[line].AsSpan(3).Trim().IsEmpty, lines.Count + 1);

    private static bool IsBefore(SourceSpan one, SourceSpan other) => (one.Line, one.Column).CompareTo((other.Line, other.Column)) < 0;
}

/// <summary>A map and the lines that it may take.</summary>
/// <param name="Map">The map.</param>
/// <param name="Entry">The key behind which it stands; null for the manifest itself.</param>
/// <param name="Limit">The first line that is not its own.</param>
/// <param name="IsRoot">The manifest itself.</param>
internal sealed record MapPlace(YamlMap Map, YamlEntry? Entry, int Limit, bool IsRoot)
{
    /// <summary>Its own entries in the order of the lines, without those that <c>&lt;&lt;</c> brings.</summary>
    public IEnumerable<YamlEntry> Own => Map.Entries.Where(Holds).OrderBy(entry => (entry.Key.Span.Line, entry.Key.Span.Column));

    public bool Holds(YamlEntry entry) => entry.Key.Span.Line >= Map.Span.Line && entry.Key.Span.Line < Limit;

    /// <summary>The first line behind an entry that is not its own.</summary>
    public int LimitOf(YamlEntry entry) => Map.Closing is not null
        ? Limit
        : Own.Select(other => other.Key.Span.Line).Where(line => line > entry.Key.Span.Line).Append(Limit).Min();
}

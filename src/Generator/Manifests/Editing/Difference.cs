using System.Collections.Immutable;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Editing;

/// <summary>Compares what two manifests say, wherever they say it.</summary>
internal static class Difference
{
    /// <summary>True when the text after an edit says what it said before and the addition, and nothing else.</summary>
    public static bool IsExactly(YamlMap before, YamlMap after, Addition addition) => Same(With(before, after, addition, [.. addition.Path]), after);

    /// <summary>The same keys in the same order with the same values.</summary>
    public static bool Same(YamlNode one, YamlNode other) => (one, other) switch
    {
        (YamlScalar a, YamlScalar b) => a.Text == b.Text && a.IsPlain == b.IsPlain,
        (YamlList a, YamlList b) => a.Items.Length == b.Items.Length && a.Items.Zip(b.Items).All(pair => Same(pair.First, pair.Second)),
        (YamlMap a, YamlMap b) => a.Entries.Length == b.Entries.Length
            && a.Entries.Zip(b.Entries).All(pair => pair.First.Key.Text == pair.Second.Key.Text && Same(pair.First.Value, pair.Second.Value)),
        _ => false,
    };

    // The addition stands where the text after the edit has it; a map or list that was written with nothing in it becomes one.
    private static YamlNode With(YamlNode before, YamlNode? after, Addition addition, ImmutableArray<string> path)
    {
        if (path is [var next, .. var rest])
        {
            var map = MapOf(before);
            var below = (after as YamlMap)?.Find(next)?.Value;
            return map.Find(next) is { } entry
                ? new(map.Entries.Replace(entry, entry with { Value = With(entry.Value, below, addition, rest) }), map.Span)
                : Insert(map, after, new(next, isPlain: true, map.Span), With(new YamlMap([], map.Span), below, addition, rest));
        }

        return addition switch
        {
            NewKey key => Insert(MapOf(before), after, new(key.Key, isPlain: true, before.Span), key.Value.Node),
            NewItem item => new YamlList([.. before is YamlList list ? list.Items : [], item.Item.Node], before.Span),
            _ => throw new InvalidOperationException($"unknown addition {addition}"),
        };
    }

    private static YamlMap Insert(YamlMap map, YamlNode? after, YamlScalar key, YamlNode value)
    {
        var at = (after as YamlMap)?.Entries.TakeWhile(entry => entry.Key.Text != key.Text).Count() ?? 0;
        return new(map.Entries.Insert(Math.Min(at, map.Entries.Length), new(key, value)), map.Span);
    }

    private static YamlMap MapOf(YamlNode node) => node switch
    {
        YamlMap map => map,
        YamlScalar { IsNull: true } => new([], node.Span),
        _ => throw new InvalidOperationException($"{node.Describe()} was edited as if it were a map"),
    };
}

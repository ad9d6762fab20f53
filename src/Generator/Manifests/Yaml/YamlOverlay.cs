using System.Collections.Immutable;

namespace DuskStack.Manifests.Yaml;

/// <summary>Lays a nearer file over a farther one: maps are merged key by key, of anything else the nearer value wins.</summary>
public static class YamlOverlay
{
    /// <summary>The keys of <paramref name="near"/> in their order, then those that only <paramref name="far"/> has. Every node keeps the place where it was written.</summary>
    public static YamlMap Merge(YamlMap near, YamlMap far)
    {
        var farByKey = far.Entries.ToDictionary(entry => entry.Key.Text, StringComparer.Ordinal);
        var entries = ImmutableArray.CreateBuilder<YamlEntry>(near.Entries.Length + far.Entries.Length);
        foreach (var entry in near.Entries)
            entries.Add(farByKey.Remove(entry.Key.Text, out var below) ? entry with { Value = Merge(entry.Value, below.Value) } : entry);
        entries.AddRange(far.Entries.Where(entry => farByKey.ContainsKey(entry.Key.Text)));
        return new YamlMap(entries.DrainToImmutable(), near.Span);
    }

    private static YamlNode Merge(YamlNode near, YamlNode far) => (near, far) switch
    {
        (YamlMap nearMap, YamlMap farMap) => Merge(nearMap, farMap),
        // `postgres:` with nothing behind it asks for the section, whatever the defaults say about it.
        (YamlScalar { IsNull: true }, YamlMap) => far,
        _ => near,
    };
}

using System.Collections.Immutable;
using DuskStack.Diagnostics;

namespace DuskStack.Manifests.Yaml;

/// <summary>The entries of a map while it is read: finds keys that stand twice and applies merge keys (<c>&lt;&lt;: *defaults</c>).</summary>
internal sealed class MapEntries(DiagnosticBag bag)
{
    private readonly Dictionary<string, YamlEntry> byKey = new(StringComparer.Ordinal);
    private readonly ImmutableArray<YamlEntry>.Builder entries = ImmutableArray.CreateBuilder<YamlEntry>();
    private readonly List<YamlMap> merged = [];

    /// <summary>How many nodes the merge keys bring at most.</summary>
    public int MergedSize => (int)Math.Min(merged.Sum(map => (long)map.Size), int.MaxValue / 2);

    public void Add(YamlScalar key, YamlNode value)
    {
        var entry = new YamlEntry(key, value);
        if (!byKey.TryAdd(key.Text, entry))
        {
            var first = byKey[key.Text].Key.Span;
            bag.Error(DiagnosticCodes.DuplicateKey, key.Span, $"the key {Quoted.Text(key.Text)} stands twice in the same map", $"it is first written at {first}; keep one of the two");
        }
        else if (key is { IsPlain: true, Text: "<<" })
        {
            Merge(key, value);
        }
        else
        {
            entries.Add(entry);
        }
    }

    /// <summary>What was written, then what merge keys bring and nobody wrote; of several merged maps the first one wins.</summary>
    public ImmutableArray<YamlEntry> Complete()
    {
        foreach (var entry in merged.SelectMany(map => map.Entries))
            if (byKey.TryAdd(entry.Key.Text, entry)) entries.Add(entry);
        return entries.DrainToImmutable();
    }

    private void Merge(YamlScalar key, YamlNode value)
    {
        var sources = value is YamlList list ? list.Items : [value];
        foreach (var source in sources)
        {
            if (source is YamlMap map) merged.Add(map);
            else bag.Error(DiagnosticCodes.WrongType, source.Span, $"`<<` merges maps, not {source.Describe()}", $"write `<<: *name` with the name of an anchor on a map (line {key.Span.Line})");
        }
    }
}

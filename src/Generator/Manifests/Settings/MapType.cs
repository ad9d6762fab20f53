using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Settings;

/// <summary>A map whose keys are names of the user's. Entries with mistakes are left out, so that the others can still be checked.</summary>
public sealed class MapType<T>(TextType key, SettingType<T> item) : SettingType<ImmutableArray<T>>
{
    public override string Accepts => "a map whose keys are names of yours";
    public override string Word => "map";
    public override IEnumerable<(string Suffix, ObjectShape Shape)> Shapes => item.Shapes.Select(shape => (".*" + shape.Suffix, shape.Shape));

    /// <summary>The hint when a list is written, as Compose allows in many places.</summary>
    public string? WhenList { get; init; }

    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out ImmutableArray<T> value)
    {
        value = [];
        if (node is not YamlMap map)
        {
            reading.WrongType(node, this, node is YamlList ? WhenList : null);
            return false;
        }

        var items = ImmutableArray.CreateBuilder<T>(map.Entries.Length);
        foreach (var entry in map.Entries)
        {
            var goodKey = key.TryRead(entry.Key, reading, out _);
            if (item.TryRead(entry.Value, reading.Under(entry.Key), out var read) && goodKey) items.Add(read);
        }

        value = items.ToImmutable();
        return true;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = $"^(?:{key.Pattern})$" },
        ["additionalProperties"] = item.Schema(definitions),
    };
}

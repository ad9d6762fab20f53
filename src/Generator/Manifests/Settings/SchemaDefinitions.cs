using System.Text.Json.Nodes;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Settings;

/// <summary>Collects the schemas of objects, so that each is written once however often it is used.</summary>
public sealed class SchemaDefinitions
{
    private readonly SortedDictionary<string, JsonObject> objects = new(StringComparer.Ordinal);

    /// <summary>A reference to the schema of the object.</summary>
    public JsonObject Refer(ObjectShape shape)
    {
        if (!objects.ContainsKey(shape.Name))
        {
            objects[shape.Name] = [];
            objects[shape.Name] = Write(shape);
        }

        return new() { ["$ref"] = $"#/definitions/{shape.Name}" };
    }

    /// <summary>All objects referred to so far, by name.</summary>
    public JsonObject ToJson() => new(objects.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));

    /// <summary>The schema of an object itself.</summary>
    public JsonObject Write(ObjectShape shape)
    {
        var schema = new JsonObject
        {
            ["description"] = shape.Summary,
            ["type"] = shape.MayBeEmpty ? new JsonArray("object", "null") : "object",
            ["properties"] = new JsonObject(shape.Settings.Select(setting => KeyValuePair.Create(setting.Name, (JsonNode?)Write(setting)))),
            ["additionalProperties"] = false,
        };
        if (shape.AllowsExtensions) schema["patternProperties"] = new JsonObject { ["^x-"] = true };
        var required = shape.Settings.Where(setting => setting.IsRequired).Select(setting => (JsonNode)setting.Name).ToArray();
        if (required.Length > 0) schema["required"] = new JsonArray(required);
        if (!shape.Variants.IsEmpty) schema["allOf"] = new JsonArray([.. Variants(shape)]);
        return schema;
    }

    private JsonObject Write(Setting setting)
    {
        var schema = new JsonObject { ["description"] = setting.Summary };
        foreach (var (key, value) in setting.Type.Schema(this).ToList()) schema[key] = value?.DeepClone();
        if (setting.Default is { } literal) schema["default"] = ToJson(literal);
        if (setting.Example is { } example) schema["examples"] = new JsonArray(ToJson(example));
        return schema;
    }

    // A map with the keys of two variants is wrong, and of each variant the settings that do not apply to it are false.
    private static IEnumerable<JsonNode> Variants(ObjectShape shape)
    {
        var keys = shape.Variants.Select(variant => variant.Key).Distinct().ToList();
        for (var i = 0; i < keys.Count; i++)
            for (var j = i + 1; j < keys.Count; j++)
                yield return new JsonObject { ["not"] = new JsonObject { ["required"] = new JsonArray(keys[i], keys[j]) } };
        foreach (var variant in shape.Variants)
        {
            var excluded = shape.Settings.Where(setting => setting.Scope is { } scope && !scope.Kinds.Contains(variant.Kind)).ToList();
            if (excluded.Count == 0) continue;
            var condition = new JsonObject { ["required"] = new JsonArray(variant.Key) };
            if (variant.Value is { } value) condition["properties"] = new JsonObject { [variant.Key] = new JsonObject { ["const"] = value } };
            yield return new JsonObject
            {
                ["if"] = condition,
                ["then"] = new JsonObject { ["properties"] = new JsonObject(excluded.Select(setting => KeyValuePair.Create(setting.Name, (JsonNode?)false))) },
            };
        }
    }

    /// <summary>A value that a descriptor gives as YAML, as JSON.</summary>
    /// <exception cref="ArgumentException">It is not YAML: a mistake in a descriptor.</exception>
    public static JsonNode? ToJson(string yaml)
    {
        var bag = new DiagnosticBag();
        var map = YamlReader.Read(new SourceText("example", System.Text.Encoding.UTF8.GetBytes($"value: {yaml}")), bag);
        return bag.HasErrors || map is null ? throw new ArgumentException($"`{yaml}` is not YAML", nameof(yaml)) : map.Entries[0].Value.ToJson();
    }
}

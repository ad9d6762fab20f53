using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DuskStack.Manifests.Settings;

namespace DuskStack.Manifests;

/// <summary>The JSON Schema of the manifest, for editors: completion, descriptions, and mistakes shown while typing.</summary>
/// <remarks>Draft-07, which every editor's YAML support reads. It refuses nothing that <see cref="ManifestReader"/> accepts; the reader checks more.</remarks>
public static class JsonSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as text; always the same bytes. Ends with a line feed.</summary>
    public static string Write() => Root().ToJsonString(Indented) + "\n";

    private static JsonObject Root()
    {
        var definitions = new SchemaDefinitions();
        var schema = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["title"] = "duskstack.yaml" };
        foreach (var (key, value) in definitions.Write(ManifestSettings.Shape).ToList()) schema[key] = value?.DeepClone();

        // With `extends`, what is missing here may stand in the other file.
        var kinds = ServiceSettings.ItemType.Shape.Variants.Select(variant => variant.Key).Distinct().Select(key => (JsonNode)Required(key));
        schema["if"] = new JsonObject { ["not"] = Required(ManifestSettings.Extends.Name) };
        schema["then"] = new JsonObject
        {
            ["required"] = new JsonArray(ManifestSettings.Name.Name),
            ["properties"] = new JsonObject { [ManifestSettings.Services.Name] = new JsonObject { ["additionalProperties"] = new JsonObject { ["anyOf"] = new JsonArray([.. kinds]) } } },
        };
        schema["definitions"] = definitions.ToJson();
        return schema;
    }

    private static JsonObject Required(string key) => new() { ["required"] = new JsonArray(key) };
}

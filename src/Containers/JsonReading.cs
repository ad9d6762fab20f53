using System.Collections.Immutable;
using System.Text.Json;

namespace DuskStack.Containers;

/// <summary>Docker leaves keys out, or makes them null, where there is nothing to say.</summary>
internal static class JsonReading
{
    public static string Text(this JsonElement parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";

    public static long Number(this JsonElement parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Number } value ? value.GetInt64() : 0;

    public static bool Flag(this JsonElement parent, string name) => Find(parent, name) is { ValueKind: JsonValueKind.True };

    public static ImmutableArray<string> Texts(this JsonElement parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray().Select(e => e.GetString() ?? "")] : [];

    public static ImmutableArray<string> Keys(this JsonElement parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Object } value ? [.. value.EnumerateObject().Select(p => p.Name)] : [];

    public static ImmutableDictionary<string, string> Map(this JsonElement parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Object } value
            ? value.EnumerateObject().ToImmutableDictionary(p => p.Name, p => p.Value.GetString() ?? "")
            : ImmutableDictionary<string, string>.Empty;

    private static JsonElement? Find(JsonElement parent, string name) => parent.TryGetProperty(name, out JsonElement value) ? value : null;
}

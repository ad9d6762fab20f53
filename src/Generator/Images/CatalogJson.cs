using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace DuskStack.Images;

/// <summary>Reads the embedded tables, property by property: the serializer would spend a tenth of a second of every run on finding out how.</summary>
internal static class CatalogJson
{
    public static ImmutableArray<T> Read<T>(Stream stream, Func<JsonElement, T> row)
    {
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.EnumerateArray().Select(row)];
    }

    public static BaseImage Image(JsonElement row)
    {
        Known(row, "provides", "version", "variant", "reference", "buildsOn", "user", "users", "tools", "size", "endOfLife", "default", "source");
        return new()
        {
            Provides = Text(row, "provides"),
            Version = Text(row, "version"),
            Variant = Text(row, "variant"),
            Reference = Text(row, "reference"),
            BuildsOn = Find(row, "buildsOn")?.GetString(),
            User = Text(row, "user"),
            Users = Find(row, "users") is { } users ? [.. users.EnumerateArray().Select(u => u.GetInt32())] : [],
            Tools = Find(row, "tools") is { } tools ? [.. tools.EnumerateArray().Select(t => t.GetString()!)] : [],
            Size = Find(row, "size")?.GetInt64(),
            EndOfLife = Find(row, "endOfLife") is { } day ? DateOnly.ParseExact(day.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
            Default = Find(row, "default")?.GetBoolean() ?? false,
            Source = Find(row, "source")?.GetString() ?? "",
        };
    }

    public static PinnedAction Action(JsonElement row)
    {
        Known(row, "name", "version", "commit", "source");
        return new() { Name = Text(row, "name"), Version = Text(row, "version"), Commit = Text(row, "commit"), Source = Text(row, "source") };
    }

    private static void Known(JsonElement row, params ReadOnlySpan<string> names)
    {
        foreach (var property in row.EnumerateObject())
        {
            if (!names.Contains(property.Name))
                throw new InvalidOperationException($"a row has `{property.Name}`, which nobody reads: {row}");
        }
    }

    private static string Text(JsonElement row, string name) => Find(row, name)?.GetString() ?? throw new InvalidOperationException($"a row has no `{name}`: {row}");

    private static JsonElement? Find(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}

using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace DuskStack.Packing.Content;

/// <summary>The texts of <c>template.json</c> that people read, by the keys of <c>localize/templatestrings.&lt;language&gt;.json</c>.</summary>
public static class Translations
{
    /// <summary>The English ones, as they stand in <paramref name="template"/>.</summary>
    public static ImmutableSortedDictionary<string, string> English(JsonObject template)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string key in new[] { "author", "name", "description" })
            texts[key] = Text(template, key);
        foreach ((string name, JsonNode? symbol) in template["symbols"]!.AsObject().Where(s => Text(s.Value!.AsObject(), "type") == "parameter"))
        {
            JsonObject parameter = symbol!.AsObject();
            texts[$"symbols/{name}/displayName"] = Text(parameter, "displayName");
            texts[$"symbols/{name}/description"] = Text(parameter, "description");
            foreach (JsonObject choice in parameter["choices"]?.AsArray().Select(c => c!.AsObject()) ?? [])
                texts[$"symbols/{name}/choices/{Text(choice, "choice")}/description"] = Text(choice, "description");
        }

        return texts.ToImmutable();
    }

    /// <summary>What a translation lacks, or has too much.</summary>
    public static IEnumerable<string> Faults(string language, JsonObject translated, ImmutableSortedDictionary<string, string> english)
    {
        ImmutableHashSet<string> keys = [.. translated.Select(t => t.Key)];
        return [.. english.Keys.Where(k => !keys.Contains(k)).Select(k => $"{language} lacks `{k}`: {english[k]}"), .. keys.Where(k => !english.ContainsKey(k)).Select(k => $"{language} translates `{k}`, which there is not")];
    }

    private static string Text(JsonObject json, string key) => json[key]!.GetValue<string>();
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Settings;

/// <summary>One word of a closed list.</summary>
/// <param name="noun">What the words are, in singular: <c>stack</c>.</param>
/// <param name="choices">The words and what they mean.</param>
public sealed class ChoiceType(string noun, params ImmutableArray<Choice> choices) : SettingType<string>
{
    public override string Accepts => Or(choices.Select(choice => $"`{choice.Value}`"));
    public override string Word => "choice";
    public override IReadOnlyList<Choice> Choices => choices;

    /// <summary>The noun in plural; the noun with an s when not given.</summary>
    public string Nouns { get; init; } = $"{noun}s";

    /// <summary>What people also write, and which choice it means: <c>fastapi</c> is <c>python</c>.</summary>
    public ImmutableDictionary<string, string> OtherWords { get; init; } = ImmutableDictionary<string, string>.Empty;

    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out string value)
    {
        value = (node as YamlScalar)?.Text;
        if (node is not YamlScalar { IsNull: false })
        {
            reading.WrongType(node, this);
            return false;
        }

        return Check(value!, node.Span, reading);
    }

    /// <summary>Reports a word that is none of the list (DS1203).</summary>
    public bool Check(string word, SourceSpan span, Reading reading)
    {
        if (choices.Any(choice => choice.Value == word)) return true;
        var near = OtherWords.GetValueOrDefault(word.ToLowerInvariant()) ?? Suggestions.Nearest(word, [.. choices.Select(choice => choice.Value)]);
        var known = $"nown {Nouns}: {string.Join(", ", choices.Select(choice => choice.Value).Order(StringComparer.Ordinal))}";
        reading.Bag.Error(DiagnosticCodes.UnknownChoice, span, $"unknown {noun} {Quoted.Text(word)}", near is null ? $"k{known}" : $"did you mean `{near}`? K{known}");
        return false;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["enum"] = new JsonArray([.. choices.Select(choice => (JsonNode)choice.Value)]),
        ["markdownEnumDescriptions"] = new JsonArray([.. choices.Select(choice => (JsonNode)choice.Summary)]),
    };

    internal static string Or(IEnumerable<string> words)
    {
        var all = words.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.SkipLast(1))} or {all[^1]}";
    }
}

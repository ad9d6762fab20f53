using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Settings;

/// <summary>A value with a short form: which form it is shows in whether text, a list or a map is written, so every mistake is explained by the form that was meant.</summary>
public sealed class OneOfType<T> : SettingType<T>
{
    /// <summary>Single words with a meaning of their own, such as <c>none</c>.</summary>
    public ImmutableArray<Keyword<T>> Keywords { get; init; } = [];
    public SettingType<T>? Text { get; init; }
    public SettingType<T>? List { get; init; }
    public SettingType<T>? Map { get; init; }

    public override string Accepts => ChoiceType.Or(Keywords.Select(keyword => $"`{keyword.Word}`").Concat(Forms.Select(form => form.Accepts)));
    public override string Word => string.Join(" or ", Keywords.Select(keyword => $"`{keyword.Word}`").Concat(Forms.Select(form => form.Word)));
    public override IReadOnlyList<Choice> Choices => [.. Keywords.Select(keyword => new Choice(keyword.Word, keyword.Summary))];
    public override IEnumerable<(string Suffix, ObjectShape Shape)> Shapes => Forms.SelectMany(form => form.Shapes);

    // A command is read by one type whether it is written as it should (a list) or not (text).
    private IEnumerable<SettingType<T>> Forms => new[] { Text, List, Map }.OfType<SettingType<T>>().DistinctBy(form => form.Accepts);

    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is YamlScalar scalar && Keywords.FirstOrDefault(keyword => keyword.Word == scalar.Text) is { } keyword)
        {
            value = keyword.Make(node.Span);
            return true;
        }

        var form = node switch { YamlScalar { IsNull: false } => Text, YamlList => List, YamlMap => Map, _ => null };
        if (form is not null) return form.TryRead(node, reading, out value);
        reading.WrongType(node, this);
        return false;
    }

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var forms = Forms.Select(form => (JsonNode)form.Schema(definitions));
        if (Keywords.Length > 0) forms = forms.Prepend(new JsonObject { ["enum"] = new JsonArray([.. Keywords.Select(keyword => (JsonNode)keyword.Word)]) });
        return new() { ["anyOf"] = new JsonArray([.. forms]) };
    }
}

/// <summary>A word with a meaning of its own among the values of a <see cref="OneOfType{T}"/>.</summary>
/// <param name="Word">As it is written.</param>
/// <param name="Summary">What it means.</param>
/// <param name="Make">Makes the value from the place of the word.</param>
public sealed record Keyword<T>(string Word, string Summary, Func<SourceSpan, T> Make);

/// <summary>Reads as another type does and makes something else of it.</summary>
/// <param name="from">Reads the text; also says what is accepted.</param>
/// <param name="convert">Gets the value with its place, and the key; null after reporting an error.</param>
public sealed class ConvertedType<TFrom, T>(SettingType<TFrom> from, Func<Located<TFrom>, Reading, T?> convert) : SettingType<T>
    where T : notnull
{
    public override string Accepts => from.Accepts;
    public override string Word => from.Word;
    public override IReadOnlyList<Choice> Choices => from.Choices;
    public override IEnumerable<(string Suffix, ObjectShape Shape)> Shapes => from.Shapes;

    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (!from.TryRead(node, reading, out var read)) return false;
        var errors = reading.Bag.ErrorCount;
        value = convert(new(read, node.Span), reading);
        return value is not null && reading.Bag.ErrorCount == errors;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => from.Schema(definitions);
}

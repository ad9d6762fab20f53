using System.Collections.Immutable;
using System.Text.Json.Nodes;
using DuskStack.Diagnostics;

namespace DuskStack.Manifests.Yaml;

/// <summary>A value of a YAML text and where it stands. Aliases share the node of their anchor, so a span is always where the text is.</summary>
public abstract class YamlNode
{
    private protected YamlNode(SourceSpan span) => Span = span;

    public SourceSpan Span { get; }

    /// <summary>How many nodes this is with all aliases written out.</summary>
    public abstract int Size { get; }

    /// <summary>How many levels of lists and maps, this one included, lie below.</summary>
    public abstract int Depth { get; }

    /// <summary>What it is, for messages: <c>a list</c>, <c>a map</c>, <c>nothing</c>, or the text itself in backticks.</summary>
    public abstract string Describe();

    /// <summary>The same value as JSON: plain <c>true</c>, <c>12</c> and <c>null</c> become what they look like.</summary>
    public abstract JsonNode? ToJson();
}

/// <summary>Text, quoted or plain. What it means (a number, nothing) is up to whoever reads it.</summary>
/// <param name="text">The text without its quotes, escapes resolved.</param>
/// <param name="isPlain">Written without quotes and not as a block.</param>
/// <param name="span">From the first character (the quote, if there is one) to the last on the same line.</param>
public sealed class YamlScalar(string text, bool isPlain, SourceSpan span) : YamlNode(span)
{
    public string Text { get; } = text;
    public bool IsPlain { get; } = isPlain;

    /// <summary>Nothing at all, <c>~</c> or <c>null</c>, without quotes.</summary>
    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";
    public override int Size => 1;
    public override int Depth => 0;

    public override string Describe() => IsNull ? "nothing" : Quoted.Text(Text);

    public override JsonNode? ToJson() => this switch
    {
        { IsNull: true } => null,
        { IsPlain: true, Text: "true" or "false" } => Text == "true",
        { IsPlain: true } when decimal.TryParse(Text, System.Globalization.NumberStyles.AllowLeadingSign | System.Globalization.NumberStyles.AllowDecimalPoint, null, out var number) => number,
        _ => Text,
    };
}

public sealed class YamlList(ImmutableArray<YamlNode> items, SourceSpan span) : YamlNode(span)
{
    public ImmutableArray<YamlNode> Items { get; } = items;

    /// <summary>The closing bracket; null when every item stands on a line of its own, behind a dash.</summary>
    public SourceSpan? Closing { get; init; }
    public override int Size { get; } = 1 + items.Sum(item => item.Size);
    public override int Depth { get; } = 1 + items.Select(item => item.Depth).DefaultIfEmpty().Max();

    public override string Describe() => "a list";

    public override JsonNode ToJson() => new JsonArray([.. Items.Select(item => item.ToJson())]);
}

public sealed class YamlMap(ImmutableArray<YamlEntry> entries, SourceSpan span) : YamlNode(span)
{
    /// <summary>In the order of the text, every key once; what merge keys (<c>&lt;&lt;</c>) brought comes last.</summary>
    public ImmutableArray<YamlEntry> Entries { get; } = entries;

    /// <summary>The closing bracket; null when every key stands on a line of its own.</summary>
    public SourceSpan? Closing { get; init; }
    public override int Size { get; } = 1 + entries.Sum(entry => 1 + entry.Value.Size);
    public override int Depth { get; } = 1 + entries.Select(entry => entry.Value.Depth).DefaultIfEmpty().Max();

    public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Text == key);

    public override string Describe() => "a map";

    public override JsonNode ToJson() => new JsonObject(Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, entry.Value.ToJson())));
}

/// <summary>A key and its value in a <see cref="YamlMap"/>.</summary>
public sealed record YamlEntry(YamlScalar Key, YamlNode Value);

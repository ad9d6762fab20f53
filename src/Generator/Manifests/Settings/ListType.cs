using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Settings;

/// <summary>A list whose items are all of one type. Items with mistakes are left out, so that the others can still be checked.</summary>
public sealed class ListType<T>(SettingType<T> item) : SettingType<ImmutableArray<T>>
{
    public override string Accepts => $"a list, each item {item.Accepts}";
    public override string Word => $"list of {item.Word}";
    public override IReadOnlyList<Choice> Choices => item.Choices;
    public override IEnumerable<(string Suffix, ObjectShape Shape)> Shapes => item.Shapes.Select(shape => ("[]" + shape.Suffix, shape.Shape));

    /// <summary>By what two items are the same, which is an error (DS1005); null when items may repeat.</summary>
    public Func<T, string>? Identity { get; init; }

    /// <summary>The hint when something else than a list is written.</summary>
    public string? WhenNotList { get; init; }

    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out ImmutableArray<T> value)
    {
        value = [];
        if (node is not YamlList list)
        {
            reading.WrongType(node, this, node is YamlScalar { IsNull: true } ? null : WhenNotList ?? (node is YamlScalar { IsPlain: true } scalar ? $"write a list: `[{Quoted.Printable(scalar.Text)}]`" : null));
            return false;
        }

        var items = ImmutableArray.CreateBuilder<T>(list.Items.Length);
        var seen = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var child in list.Items)
        {
            if (!item.TryRead(child, reading, out var read)) continue;
            if (Identity is not null && !seen.TryAdd(Identity(read), child.Span))
                reading.Bag.Error(DiagnosticCodes.DuplicateKey, child.Span, $"{reading.Name} names {Quoted.Text(Identity(read))} twice", $"it is first written at {seen[Identity(read)]}");
            else
                items.Add(read);
        }

        value = items.ToImmutable();
        return true;
    }

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = item.Schema(definitions) };
        if (Identity is not null) schema["uniqueItems"] = true;
        return schema;
    }
}

/// <summary>A command as a list of its words, which is run without a shell.</summary>
public sealed class CommandType : SettingType<ImmutableArray<string>>
{
    private static readonly TextType WordType = new("text without control characters") { AllowsLines = true, MaxLength = 10_000, WhenNotText = "every word of a command is text" };

    public override string Accepts => $"a command as a list of words{(AllowsEmpty ? ", or `[]` for none" : "")}";
    public override string Word => "command";
    public bool AllowsEmpty { get; init; }

    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out ImmutableArray<string> value)
    {
        value = [];
        if (node is not YamlList list)
        {
            reading.WrongType(node, this, node is YamlScalar { IsNull: false } scalar ? $"no shell stands between: write `{reading.Key.Value}: {AsList(scalar.Text)}`" : null);
            return false;
        }

        var words = ImmutableArray.CreateBuilder<string>(list.Items.Length);
        foreach (var item in list.Items)
            if (WordType.TryRead(item, reading, out var word)) words.Add(word);
        if (words.Count < list.Items.Length) return false;
        if (words.Count == 0 ? !AllowsEmpty : words[0].Trim().Length == 0)
        {
            reading.Bag.Error(DiagnosticCodes.BadValue, node.Span, $"{reading.Name} names no program", "the first word is the program: `[\"node\", \"server.js\"]`");
            return false;
        }

        value = words.ToImmutable();
        return true;
    }

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") } };
        if (!AllowsEmpty) schema["minItems"] = 1;
        return schema;
    }

    private static string AsList(string command)
    {
        var words = command.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(8).Select(word => word.Trim('"', '\'').Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal));
        return $"[{string.Join(", ", words.Select(word => $"\"{(word.Length > 40 ? word[..40] + "…" : word)}\""))}]";
    }
}

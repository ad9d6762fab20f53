using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Settings;

/// <summary>What kind of value a setting takes: it reads the value, describes it to editors and says in words what is accepted.</summary>
public abstract class SettingType
{
    /// <summary>What is accepted, as the end of the sentence "it takes ...": <c>a whole number from 1 to 65535</c>.</summary>
    public abstract string Accepts { get; }

    /// <summary>The type in one or two words, for tables: <c>text</c>, <c>number</c>, <c>list of text</c>.</summary>
    public abstract string Word { get; }

    /// <summary>The closed list of accepted words; empty when the value is not a choice.</summary>
    public virtual IReadOnlyList<Choice> Choices => [];

    /// <summary>The objects with settings of their own inside, each with what comes before its keys in a path: <c>""</c>, <c>[]</c> or <c>.*</c>.</summary>
    public virtual IEnumerable<(string Suffix, ObjectShape Shape)> Shapes => [];

    /// <summary>JSON Schema (draft-07) of the value. Objects are written once into <paramref name="definitions"/> and referred to.</summary>
    public abstract JsonObject Schema(SchemaDefinitions definitions);
}

/// <summary>A <see cref="SettingType"/> whose values are <typeparamref name="T"/>.</summary>
public abstract class SettingType<T> : SettingType
{
    /// <summary>Reads a value. False after reporting at least one error, and then the value is not to be used.</summary>
    public abstract bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out T value);
}

/// <summary>One accepted word of a choice and what it means, as a sentence without its period.</summary>
public sealed record Choice(string Value, string Summary);

/// <summary>The circumstances under which a value is read.</summary>
/// <param name="Bag">Takes the findings.</param>
/// <param name="Key">The key behind which the value stands, and its place.</param>
public sealed record Reading(DiagnosticBag Bag, Located<string> Key)
{
    /// <summary>The key in backticks.</summary>
    public string Name => Quoted.Text(Key.Value);

    public Reading Under(YamlScalar key) => this with { Key = new(key.Text, key.Span) };

    public void WrongType(YamlNode node, SettingType type, string? hint = null)
    {
        if (node is YamlScalar { IsNull: true })
            Bag.Error(DiagnosticCodes.WrongType, node.Span, $"{Name} is empty, but takes {type.Accepts}", hint ?? "write a value, or leave the key out for its default");
        else
            Bag.Error(DiagnosticCodes.WrongType, node.Span, $"{Name} takes {type.Accepts}, not {node.Describe()}", hint);
    }
}

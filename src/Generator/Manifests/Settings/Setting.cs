using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Settings;

/// <summary>
/// Everything DuskStack knows about one key of the manifest. Reading, help, JSON Schema and the reference are all made from this,
/// so a new setting is one descriptor here and one property of the record that holds its value.
/// </summary>
public abstract class Setting
{
    private protected Setting(string name, SettingType type) => (Name, Type) = (name, type);

    public string Name { get; }
    public SettingType Type { get; }

    /// <summary>One sentence: what it does, in which unit.</summary>
    public required string Summary { get; init; }

    /// <summary>The default as YAML; null when there is none or it depends on other settings.</summary>
    public string? Default { get; init; }

    /// <summary>The default in words, when it depends on other settings: <c>the stack's own</c>.</summary>
    public string? DefaultInWords { get; init; }

    /// <summary>A value as YAML on one line; null for objects, whose settings have examples of their own.</summary>
    public string? Example { get; init; }

    /// <summary>True when the object cannot do without.</summary>
    public bool IsRequired { get; init; }

    /// <summary>To which kinds of the object it applies; null for all.</summary>
    public Scope? Scope { get; init; }

    /// <summary>Reads a value of this setting and keeps it, or reports what is wrong with it.</summary>
    public abstract void Read(YamlNode node, Reading reading, ObjectValues into);
}

/// <summary>A setting whose values are <typeparamref name="T"/>.</summary>
public sealed class Setting<T>(string name, SettingType<T> type) : Setting(name, type)
{
    public new SettingType<T> Type { get; } = type;

    public override void Read(YamlNode node, Reading reading, ObjectValues into)
    {
        if (Type.TryRead(node, reading, out var value)) into.Set(this, new Located<T>(value, node.Span));
    }
}

/// <summary>The kinds of an object that a setting applies to.</summary>
/// <param name="Words">For documentation: <c>services with `stack`</c>.</param>
/// <param name="Kinds">Names of <see cref="Variant.Kind"/>.</param>
public sealed record Scope(string Words, IReadOnlySet<string> Kinds);

/// <summary>One kind of an object, told from the others by a key, or by a key and its value.</summary>
/// <param name="Kind">Its name: <c>node</c>, <c>image</c>.</param>
/// <param name="Key">The key that makes it this kind.</param>
/// <param name="Value">The value that the key must have; null for any.</param>
/// <param name="Words">End of the sentence "it ...": <c>runs a ready image</c>.</param>
public sealed record Variant(string Kind, string Key, string? Value, string Words);

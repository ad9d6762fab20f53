using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Settings;

/// <summary>A map with a fixed set of keys.</summary>
/// <param name="shape">Its keys.</param>
/// <param name="build">Makes the record from what could be read; null after reporting an error.</param>
public sealed class ObjectType<T>(ObjectShape shape, Func<ObjectValues, T?> build) : SettingType<T>
    where T : class
{
    public ObjectShape Shape { get; } = shape;
    public override string Accepts => $"a map with the keys {string.Join(", ", Shape.Settings.Take(5).Select(setting => $"`{setting.Name}`"))}{(Shape.Settings.Length > 5 ? ", ..." : "")}";
    public override string Word => "map";
    public override IEnumerable<(string Suffix, ObjectShape Shape)> Shapes => [("", Shape)];

    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out T value)
    {
        value = null;
        if (node is YamlScalar { IsNull: true } && Shape.MayBeEmpty) node = new YamlMap([], node.Span);
        if (node is not YamlMap map)
        {
            reading.WrongType(node, this);
            return false;
        }

        var complete = Shape.Check(map, reading);
        var values = new ObjectValues(map, reading);
        foreach (var entry in map.Entries)
            Shape.Find(entry.Key.Text)?.Read(entry.Value, reading.Under(entry.Key), values);
        complete &= Shape.Settings.All(setting => !setting.IsRequired || values.Has(setting));
        if (complete) value = build(values);
        return value is not null;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => definitions.Refer(Shape);
}

/// <summary>The values of one map, by their settings.</summary>
public sealed class ObjectValues(YamlMap map, Reading reading)
{
    private readonly Dictionary<Setting, object> values = [];

    /// <summary>The key behind which the map stands.</summary>
    public Located<string> Key => reading.Key;
    public DiagnosticBag Bag => reading.Bag;

    /// <summary>The value; null when it was not written or not readable.</summary>
    public Located<T>? Get<T>(Setting<T> setting) => values.TryGetValue(setting, out var value) ? (Located<T>)value : null;

    /// <summary>The value of a setting that <see cref="Setting.IsRequired"/>.</summary>
    public Located<T> Required<T>(Setting<T> setting) => (Located<T>)values[setting];

    /// <summary>The values of a list or map; empty when it was not written.</summary>
    public ImmutableArray<T> All<T>(Setting<ImmutableArray<T>> setting) => Get(setting)?.Value ?? [];

    /// <summary>True when the setting was written and readable.</summary>
    public bool Has(Setting setting) => values.ContainsKey(setting);

    /// <summary>The setting as it was written, readable or not.</summary>
    public YamlEntry? Written(Setting setting) => map.Find(setting.Name);

    internal void Set<T>(Setting<T> setting, Located<T> value) => values[setting] = value;
}

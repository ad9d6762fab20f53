using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Settings;

/// <summary>The settings of one kind of map in the manifest.</summary>
/// <param name="Name">Stable name for the JSON Schema and the reference: <c>service</c>, <c>resources</c>.</param>
/// <param name="Summary">One sentence: what the map describes.</param>
/// <param name="Settings">In the order of documentation.</param>
public sealed record ObjectShape(string Name, string Summary, ImmutableArray<Setting> Settings)
{
    // More misspelt keys than this in one map mean that the map is something else altogether.
    private const int MostUnknownKeys = 20;

    /// <summary>What people write, by habit from Compose, and what it is called here.</summary>
    public ImmutableDictionary<string, string> OtherWords { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The kinds of this object, of which each map must be exactly one; empty when there is just one.</summary>
    public ImmutableArray<Variant> Variants { get; init; } = [];

    /// <summary>True when the key with nothing behind it means "with all defaults".</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>True when keys that start with <c>x-</c> are the user's own, for anchors.</summary>
    public bool AllowsExtensions { get; init; }

    /// <summary>A whole piece of a manifest that shows it.</summary>
    public required string Example { get; init; }

    public Setting? Find(string name) => Settings.FirstOrDefault(setting => setting.Name == name);

    /// <summary>Reports keys that do not exist, that are missing, and that belong to another kind of this object.</summary>
    /// <returns>False when what the map is cannot be told.</returns>
    public bool Check(YamlMap map, Reading reading)
    {
        var unknown = map.Entries.Where(entry => Find(entry.Key.Text) is null && !(AllowsExtensions && entry.Key.Text.StartsWith("x-", StringComparison.Ordinal))).ToList();
        foreach (var entry in unknown.Take(MostUnknownKeys))
            reading.Bag.Error(DiagnosticCodes.UnknownKey, entry.Key.Span, $"unknown key {Quoted.Text(entry.Key.Text)}{Where(reading)}", HintFor(entry.Key.Text));
        if (unknown.Count > MostUnknownKeys)
            reading.Bag.Error(DiagnosticCodes.UnknownKey, unknown[MostUnknownKeys].Key.Span, $"{unknown.Count - MostUnknownKeys} more unknown keys{Where(reading)}", KnownKeys());

        var complete = true;
        foreach (var setting in Settings.Where(setting => setting.IsRequired && map.Find(setting.Name) is null))
        {
            reading.Bag.Error(DiagnosticCodes.MissingKey, reading.Key.Span, $"the key `{setting.Name}` is missing{Where(reading)}", setting.Example is { } example ? $"for example `{setting.Name}: {example}`" : setting.Summary);
            complete = false;
        }

        return CheckVariant(map, reading) && complete;
    }

    private bool CheckVariant(YamlMap map, Reading reading)
    {
        if (Variants.IsEmpty) return true;
        var keys = Variants.Select(variant => variant.Key).Distinct().ToList();
        var given = map.Entries.Where(entry => keys.Contains(entry.Key.Text)).ToList();
        var oneOf = string.Join(", ", keys.Select(key => $"`{key}`"));
        if (given.Count == 0)
        {
            reading.Bag.Error(DiagnosticCodes.MissingKey, reading.Key.Span, $"{reading.Name} needs one of {oneOf}", $"for example {string.Join(" or ", keys.Select(key => $"`{key}: {Find(key)?.Example}`"))}");
            return false;
        }

        if (given.Count > 1)
        {
            reading.Bag.Error(DiagnosticCodes.KeysExclude, given[1].Key.Span, $"`{given[0].Key.Text}` and `{given[1].Key.Text}` exclude each other", $"keep one; `{given[0].Key.Text}` stands at {given[0].Key.Span}");
            return false;
        }

        CheckScopes(map, reading, given[0]);
        return true;
    }

    private void CheckScopes(YamlMap map, Reading reading, YamlEntry given)
    {
        var candidates = Variants.Where(variant => variant.Key == given.Key.Text).ToList();
        // An unknown value is reported elsewhere; it may become any of them.
        if (candidates.Find(variant => variant.Value is not null && given.Value is YamlScalar scalar && scalar.Text == variant.Value) is { } exact) candidates = [exact];
        foreach (var entry in map.Entries)
        {
            if (Find(entry.Key.Text) is not { Scope: { } scope } setting || candidates.Exists(variant => scope.Kinds.Contains(variant.Kind))) continue;
            reading.Bag.Error(DiagnosticCodes.KeyDoesNotApply, entry.Key.Span, $"`{setting.Name}` does not apply to {reading.Name}, which {candidates[0].Words}", $"`{setting.Name}` is for {scope.Words}");
        }
    }

    private string Where(Reading reading) => reading.Key.Value.Length == 0 ? "" : $" in {reading.Name}";

    private string HintFor(string written)
    {
        if (Meant(written) is { } hint) return hint;
        if (Suggestions.Nearest(written, [.. Settings.Select(setting => setting.Name)]) is { } near) return $"did you mean `{near}`?";
        if (Suggestions.Nearest(written, [.. OtherWords.Keys]) is { } word && Meant(word) is { } nearHint) return nearHint;
        var deeper = Settings.Where(setting => setting.Type.Shapes.Any(shape => shape.Suffix.Length == 0 && shape.Shape.Find(written) is not null)).Select(setting => $"`{setting.Name}`").ToList();
        return deeper.Count > 0 ? $"`{written}` belongs under {string.Join(" or ", deeper)}" : KnownKeys();
    }

    private string? Meant(string word) => OtherWords.GetValueOrDefault(word) switch
    {
        null => null,
        var sentence when sentence.Contains(' ', StringComparison.Ordinal) => sentence,
        var key => Find(key) is null ? null : $"did you mean `{key}`?",
    };

    private string KnownKeys() => $"known keys: {string.Join(", ", Settings.Select(setting => setting.Name).Order(StringComparer.Ordinal))}";
}

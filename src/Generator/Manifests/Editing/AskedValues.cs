using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Settings;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Editing;

/// <summary>Reads what was typed by the settings' own descriptions, as if it stood in a manifest.</summary>
internal static class AskedValues
{
    // Not in a text: a finding names the option.
    private static readonly SourceSpan CommandLine = SourceSpan.Start("");

    /// <summary>The entries of a map in the order of the reference; what is wrong with them goes to the bag.</summary>
    public static ImmutableArray<(string Key, NewValue Value)> Read(ImmutableArray<Asked> asked, ObjectShape shape, DiagnosticBag bag) =>
        [.. asked.OrderBy(one => shape.Settings.IndexOf(one.Setting)).Select(one => (one.Setting.Name, Read(one, bag)))];

    public static void ReadName(string name, DiagnosticBag bag)
    {
        var found = new DiagnosticBag();
        NameTypes.Service.TryRead(new YamlScalar(name, isPlain: false, CommandLine), new(found, new("NAME", CommandLine)), out _);
        Report(found, bag);
    }

    /// <summary>True when what is written already says all that was asked; of lists, when no item is missing.</summary>
    public static bool Hold(YamlNode written, IEnumerable<(string Key, NewValue Value)> asked) => asked.All(entry => (written as YamlMap)?.Find(entry.Key)?.Value is { } there && (there, entry.Value) switch
    {
        (YamlList list, NewValue.List wanted) => wanted.Items.All(item => list.Items.Any(node => Says(node, item.Value))),
        (var node, NewValue.Text text) => Says(node, text.Value),
        _ => false,
    });

    // `{ path: /api }` is `/api` at length.
    private static bool Says(YamlNode node, string text) => node switch
    {
        YamlScalar scalar => scalar.Text == text,
        YamlMap { Entries: [var only] } => Says(only.Value, text),
        _ => false,
    };

    private static NewValue Read(Asked asked, DiagnosticBag bag)
    {
        NewValue value = asked.IsList ? new NewValue.List(asked.Words) : new NewValue.Text(asked.Words[^1]);
        var found = new DiagnosticBag();
        var reading = new Reading(found, new(asked.Option, CommandLine));
        asked.Setting.Read(value.Node, reading, new(new YamlMap([], CommandLine), reading));
        Report(found, bag);
        return value;
    }

    private static void Report(DiagnosticBag found, DiagnosticBag bag)
    {
        foreach (var finding in found.Sorted())
            bag.Error(finding.Code, null, finding.Message, finding.Hint);
    }
}

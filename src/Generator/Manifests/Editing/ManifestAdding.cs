using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Settings;
using DuskStack.Manifests.Yaml;
using DuskStack.Planning;
using DuskStack.Stacks;

namespace DuskStack.Manifests.Editing;

/// <summary>Turns a wish into additions, and these into the text of the manifest that fulfils it. Pure; whether that text is a good manifest is for the planner to say.</summary>
public static class ManifestAdding
{
    /// <param name="text">The project's own manifest, the only file that is edited.</param>
    /// <param name="open">Reads what it extends.</param>
    /// <param name="wish">What it is to hold.</param>
    public static Added Add(SourceText text, OpenExtended open, Wish wish)
    {
        var bag = new DiagnosticBag();
        if (YamlReader.Read(text, bag) is not { } own || Extends.Resolve(own, text.File, open, bag) is not { } whole || bag.HasErrors)
            return Added.Failed(bag.Sorted());

        // What else is wrong with it is said about the text with the addition.
        if (ManifestReader.Read(text, open, new()) is not { } manifest)
        {
            ManifestReader.Read(text, open, bag);
            return Added.Failed(bag.Sorted());
        }

        var found = new Written(own, whole, manifest);
        var needed = wish switch
        {
            ServiceWish service => Service(found, service, bag),
            BackingWish backing => BackingAdditions.Find(found, backing, bag),
            SectionWish section => Section(found, section, bag),
            _ => throw new InvalidOperationException($"unknown wish {wish}"),
        };
        return bag.HasErrors ? Added.Failed(bag.Sorted()) : Apply(text, needed);
    }

    private static Needed Service(Written found, ServiceWish wish, DiagnosticBag bag)
    {
        AskedValues.ReadName(wish.Name, bag);
        var values = AskedValues.Read(wish.Values, ServiceSettings.ItemType.Shape, bag);
        if (bag.HasErrors)
            return Needed.Nothing;

        ImmutableArray<string> path = [ManifestSettings.Services.Name];
        if (found.Find([.. path, wish.Name]) is { } there)
            return Already(there, wish.Name, values, "choose another name, or edit the service there", bag);

        var stack = StackList.Find(values.First(entry => entry.Key == ServiceSettings.Stack.Name).Value.OnOneLine)!;
        var port = PortPlanning.NextFree(found.Manifest, stack.DefaultPort);
        if (port != stack.DefaultPort && values.All(entry => entry.Key != ServiceSettings.Port.Name))
            values = AskedValues.Read(wish.Values.Add(new(ServiceSettings.Port, "--port", [$"{port}"])), ServiceSettings.ItemType.Shape, bag);

        return new([new NewKey(path, wish.Name, new NewValue.Map(values) { IsBlock = true })], []);
    }

    private static Needed Section(Written found, SectionWish wish, DiagnosticBag bag)
    {
        var section = wish.Path[^1];
        var values = AskedValues.Read(wish.Values, section.Type.Shapes.First().Shape, bag);
        if (bag.HasErrors)
            return Needed.Nothing;

        ImmutableArray<string> path = [.. wish.Path.Select(setting => setting.Name)];
        return found.Find(path) is { } there
            ? Already(there, section.Name, values, "edit the section there", bag)
            : new([new NewKey(path[..^1], section.Name, new NewValue.Map(values))], []);
    }

    private static Needed Already(YamlEntry there, string name, ImmutableArray<(string Key, NewValue Value)> values, string advice, DiagnosticBag bag)
    {
        if (AskedValues.Hold(there.Value, values))
            return new([], [new(name, there.Key.Span)]);

        var differing = values.Where(entry => !AskedValues.Hold(there.Value, [entry])).Select(entry => $"`{entry.Key}: {entry.Value.OnOneLine}`");
        bag.Error(DiagnosticCodes.AlreadyOtherwise, there.Key.Span, $"{Quoted.Text(name)} is there already, without {string.Join(" and ", differing)}", advice);
        return Needed.Nothing;
    }

    private static Added Apply(SourceText text, Needed needed)
    {
        var edited = text;
        foreach (var addition in needed.Additions)
        {
            var edit = ManifestEditor.Add(edited, addition);
            if (edit.Refusal is { } refusal)
                return Added.Failed([refusal]) with { IsRefused = true };

            edited = edit.Text!;
        }

        return new(needed.Additions.IsEmpty ? null : edited, needed.There, []);
    }
}

/// <summary>What came of a wish.</summary>
/// <param name="Text">The manifest with the additions; null when there is nothing to add, or after a failure.</param>
/// <param name="There">What was there before.</param>
/// <param name="Findings">Why the wish cannot be fulfilled; empty when it is.</param>
public sealed record Added(SourceText? Text, ImmutableArray<Found> There, ImmutableArray<Diagnostic> Findings)
{
    /// <summary>The wish is fine, but the text is of a form that is not edited.</summary>
    public bool IsRefused { get; init; }

    internal static Added Failed(ImmutableArray<Diagnostic> findings) => new(null, [], findings);
}

/// <summary>Something that was asked for and is written already.</summary>
public sealed record Found(string Name, SourceSpan Place);

/// <summary>What is missing and what is not.</summary>
internal sealed record Needed(ImmutableArray<Addition> Additions, ImmutableArray<Found> There)
{
    public static readonly Needed Nothing = new([], []);
}

/// <summary>A manifest as it is written.</summary>
/// <param name="Own">The project's own file.</param>
/// <param name="Whole">With what it extends.</param>
/// <param name="Manifest">What both mean, as far as it could be read.</param>
internal sealed record Written(YamlMap Own, YamlMap Whole, Manifest Manifest)
{
    /// <summary>The entry at the end of a path of keys; null when it is not written anywhere.</summary>
    public YamlEntry? Find(ImmutableArray<string> path) => Find(Whole, path);

    /// <inheritdoc cref="Find(ImmutableArray{string})"/>
    public YamlEntry? FindOwn(ImmutableArray<string> path) => Find(Own, path);

    private static YamlEntry? Find(YamlMap map, ImmutableArray<string> path) => map.Find(path[0]) switch
    {
        { } entry when path.Length == 1 => entry,
        { Value: YamlMap below } => Find(below, path[1..]),
        _ => null,
    };
}

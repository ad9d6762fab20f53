using System.Collections.Immutable;

namespace DuskStack.Manifests.Editing;

/// <summary>One thing that a manifest is to hold besides what it holds.</summary>
/// <param name="Path">The keys from the top of the manifest to the map or list that gets it; empty for the manifest itself.</param>
public abstract record Addition(ImmutableArray<string> Path)
{
    /// <summary>The lines that a person would write, without the keys of <see cref="Path"/>.</summary>
    internal abstract IEnumerable<string> ByHand { get; }
}

/// <summary>A key and its value. Maps on the way to it are made where they are not there.</summary>
public sealed record NewKey(ImmutableArray<string> Path, string Key, NewValue Value) : Addition(Path)
{
    internal override IEnumerable<string> ByHand => Value.Lines(Key, 0, 2);
}

/// <summary>The last item of a list that is there, or that is written with nothing in it.</summary>
public sealed record NewItem(ImmutableArray<string> Path, NewValue.Text Item) : Addition(Path)
{
    internal override IEnumerable<string> ByHand => [$"- {Item.OnOneLine}"];
}

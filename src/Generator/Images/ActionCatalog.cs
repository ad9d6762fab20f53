using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;

namespace DuskStack.Images;

/// <summary>One row of <c>actions.json</c>: an action of GitHub's that workflows use. No commit stands anywhere else.</summary>
public sealed record PinnedAction
{
    /// <summary>Its repository, and the folder in it: <c>github/codeql-action/upload-sarif</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The release, for people and for bots: <c>v6.0.3</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The release's commit in full; a tag can be moved to other code.</summary>
    public required string Commit { get; init; }

    /// <summary>Where the commit was seen beside its version.</summary>
    public required string Source { get; init; }

    /// <summary>As it goes behind <c>uses:</c>, in the form that Dependabot and Renovate update.</summary>
    public override string ToString() => $"{Name}@{Commit} # {Version}";
}

/// <summary>The actions of <c>actions.json</c>.</summary>
public sealed class ActionCatalog
{
    private readonly FrozenDictionary<string, PinnedAction> rows;

    private ActionCatalog(ImmutableArray<PinnedAction> all) => (All, rows) = (all, all.ToFrozenDictionary(a => a.Name, StringComparer.Ordinal));

    public static ActionCatalog Shared { get; } = Load();

    public ImmutableArray<PinnedAction> All { get; }

    public PinnedAction Find(string name) => rows.TryGetValue(name, out PinnedAction? action) ? action : throw new InvalidOperationException($"actions.json has no `{name}`");

    private static ActionCatalog Load()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("actions.json") ?? throw new InvalidOperationException("actions.json is not embedded");
        return new(CatalogJson.Read(stream, CatalogJson.Action));
    }
}

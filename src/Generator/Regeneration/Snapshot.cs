using System.Collections.Immutable;

namespace DuskStack.Regeneration;

/// <summary>Everything on disk that a decision may depend on, read before the first is made.</summary>
public sealed record Snapshot
{
    /// <summary>Null when there is none; then the bases alone tell what was generated.</summary>
    public State? State { get; init; }

    /// <summary>What is at each path that is generated, was generated, or has a base.</summary>
    public ImmutableDictionary<string, OnDisk> Files { get; init; } = ImmutableDictionary.Create<string, OnDisk>(StringComparer.Ordinal);

    public ImmutableDictionary<string, FileText> Bases { get; init; } = ImmutableDictionary.Create<string, FileText>(StringComparer.Ordinal);

    public ImmutableDictionary<string, FileText> Pendings { get; init; } = ImmutableDictionary.Create<string, FileText>(StringComparer.Ordinal);

    /// <summary>Paths whose base is known and not on disk: <see cref="FirstBases"/>.</summary>
    public ImmutableHashSet<string> UnwrittenBases { get; init; } = [];

    /// <summary>Paths whose base a merge left conflict markers in: it says nothing about what was generated.</summary>
    public ImmutableArray<string> DamagedBases { get; init; } = [];

    public StateEntry? Entry(string path) => State?.Files.GetValueOrDefault(path);

    public FileText? Base(string path) => Bases.GetValueOrDefault(path);

    public FileText? Pending(string path) => Pendings.GetValueOrDefault(path);

    public OnDisk File(string path) => Files.GetValueOrDefault(path, OnDisk.Absent.Instance);
}

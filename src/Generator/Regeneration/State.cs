using System.Collections.Immutable;

namespace DuskStack.Regeneration;

/// <summary>Who owns a file on disk. Unlike <see cref="Outputs.FileClass"/> this knows files that a person took away from us.</summary>
public enum StateClass
{
    Managed,
    Once,
    Block,
    Ejected,
}

/// <summary>How a file stood after the last run.</summary>
public enum FileStatus
{
    Ok,

    /// <summary>It holds conflicts between markers, and the version that they are with is in <c>.duskstack/pending</c>.</summary>
    Conflicted,

    /// <summary>It was left as it is, and a newer version waits in <c>.duskstack/pending</c>.</summary>
    Waiting,
    DeletedByUser,

    /// <summary>No longer generated, but it holds edits: it is the user's now.</summary>
    Orphaned,
}

/// <summary>
/// One line of <c>state.json</c>. <paramref name="Eol"/>, <paramref name="Bom"/> and <paramref name="Exec"/> say how the
/// template writes the file, not how it lies on this machine: a checkout with other line ends must not change the state.
/// </summary>
public sealed record StateEntry(
    string Path, string TemplateId, StateClass Class, string Eol = "lf", bool Bom = false, bool Exec = false, FileStatus Status = FileStatus.Ok)
{
    /// <summary>Where its template would write it, when a person had it renamed (<c>duskstack mv</c>); null when it lies there.</summary>
    public string? Rendered { get; init; }
}

/// <summary>
/// <c>.duskstack/state.json</c>: which files are generated, and how they stood. It holds no hashes, times or absolute paths:
/// <c>dotnet new</c> writes it too and can compute none of them, and it must not change when nothing did. What was generated is told by
/// <c>.duskstack/base</c>.
/// </summary>
public sealed record State
{
    public const int CurrentSchema = 1;

    /// <summary>The oldest tool that understands what this one writes.</summary>
    public static readonly ToolVersion OldestReader = ToolVersion.Parse("0.1.0");

    public required ToolVersion Tool { get; init; }
    public ToolVersion MinTool { get; init; } = OldestReader;
    public required ToolVersion Templates { get; init; }

    /// <summary>What the files were made from, as far as later runs must compare with it.</summary>
    public ImmutableSortedDictionary<string, string> Inputs { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>By path.</summary>
    public ImmutableSortedDictionary<string, StateEntry> Files { get; init; } = ImmutableSortedDictionary.Create<string, StateEntry>(StringComparer.Ordinal);

    /// <summary>The same but for version numbers: not worth a change of the file, which colleagues with another version would change back.</summary>
    public bool SaysTheSameAs(State? other) => other is not null && MinTool == other.MinTool && Inputs.SequenceEqual(other.Inputs) && Files.SequenceEqual(other.Files);
}

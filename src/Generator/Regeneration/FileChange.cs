using DuskStack.Diagnostics;

namespace DuskStack.Regeneration;

/// <summary>What a run does with one file.</summary>
public enum FileAction
{
    Unchanged,
    Created,
    Updated,
    Moved,

    /// <summary>It holds a person's edits and what its template changed, in different places.</summary>
    Merged,

    /// <summary>It holds both versions of the places that a person and the template changed, between markers: since this run or an earlier one.</summary>
    Conflicted,

    /// <summary>It was there already, with the very content that would have been written.</summary>
    Adopted,
    Deleted,

    /// <summary>It holds a person's edits and its template did not change.</summary>
    Kept,

    /// <summary>It is left as it is; what would have been written waits in <c>.duskstack/pending</c>.</summary>
    Pending,

    /// <summary>A person deleted it, so it is not written again.</summary>
    StaysDeleted,

    /// <summary>No longer generated, but edited: it stays, and is the user's from now on.</summary>
    Orphaned,

    /// <summary>Neither generated any more nor there.</summary>
    Forgotten,

    /// <summary>A conflict was closed, by a command.</summary>
    Resolved,

    /// <summary>It is the user's from now on, by a command.</summary>
    Ejected,

    /// <summary>It came back, by a command.</summary>
    Restored,

    /// <summary>The tool's own copy of it was put right; the file was not touched.</summary>
    Repaired,

    /// <summary>It cannot be written safely, so it was not.</summary>
    Refused,
}

/// <summary>What happens to the tool's own copy of a file, in base or in pending.</summary>
public abstract record CopyChange
{
    private CopyChange()
    {
    }

    public static CopyChange Keep { get; } = new Nothing();

    public static CopyChange Drop { get; } = new Removal();

    public static CopyChange Put(FileText text) => new Content(text.Normal);

    internal sealed record Nothing : CopyChange;

    internal sealed record Removal : CopyChange;

    internal sealed record Content(FileText Text) : CopyChange;
}

/// <summary>The decision about one file: everything that applying it needs, so that applying decides nothing.</summary>
public sealed record FileChange
{
    public required string Path { get; init; }
    public required FileAction Action { get; init; }

    /// <summary>The row of the decision table (docs: regeneration) that applies.</summary>
    public required string Row { get; init; }

    /// <summary>What to write at <see cref="Path"/>; null when nothing is written there.</summary>
    public FileText? Content { get; init; }

    /// <summary>The file to remove once the others are written: <see cref="Path"/> itself, or where it was before.</summary>
    public string? Remove { get; init; }

    /// <summary>The user's file that is overwritten or removed, as it was when this was decided.</summary>
    public OnDisk.Regular? Replaces { get; init; }

    /// <summary>Of a file that is not there and comes back; null for an ordinary one.</summary>
    public UnixFileMode? Mode { get; init; }
    public CopyChange Base { get; init; } = CopyChange.Keep;

    /// <summary>Where a base is forgotten besides the one of <see cref="Path"/>: the one of a file that moved.</summary>
    public string? DropBaseOf { get; init; }

    /// <summary>What waited for the file at <see cref="DropBaseOf"/>, and does so no longer.</summary>
    public FileText? PendingOfMoved { get; init; }
    public CopyChange Pending { get; init; } = CopyChange.Keep;

    /// <summary>What waited in pending before.</summary>
    public FileText? PendingBefore { get; init; }
    public StateEntry? Before { get; init; }

    /// <summary>The line of the state afterwards; null when the file leaves it.</summary>
    public StateEntry? After { get; init; }
    public Diagnostic? Finding { get; init; }

    /// <summary>The manifest itself. The other files are made from it, so none of them is written without it.</summary>
    public bool IsSource { get; init; }

    public bool TouchesFile => Content is not null || Remove is not null;
}

using System.Collections.Immutable;

namespace DuskStack.Regeneration.Commands;

/// <summary>How a file stands, as <c>status</c> tells it.</summary>
public enum FileStanding
{
    Ok,

    /// <summary>It holds a person's edits.</summary>
    Edited,

    /// <summary>It holds both versions of some places, between markers.</summary>
    Conflicted,

    /// <summary>It was left as it is, and a new version waits for it.</summary>
    Waiting,

    /// <summary>A person deleted it; it is not written again.</summary>
    Deleted,

    /// <summary>No longer generated, but it was edited: it is the user's.</summary>
    Orphaned,

    /// <summary>A file that nobody knows stands where one is to be generated.</summary>
    InTheWay,

    /// <summary>Never read or written again, because a person said so.</summary>
    Ejected,

    /// <summary>The user's from the first write on.</summary>
    Yours,

    /// <summary>To be written for the first time.</summary>
    New,

    /// <summary>It is no ordinary file, so it is not touched.</summary>
    Refused,
}

/// <summary>One row of <c>status</c>.</summary>
/// <param name="Path">The file.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Outdated">True when the next <c>generate</c> changes the file, its base or its pending version.</param>
/// <param name="Rendered">Where its template writes it, when a person renamed it.</param>
public sealed record FileState(string Path, FileStanding Standing, bool Outdated, string? Rendered)
{
    /// <summary>Every file that is or was generated, by path.</summary>
    /// <param name="snapshot">What is on disk.</param>
    /// <param name="changes">What the next run would do.</param>
    public static ImmutableArray<FileState> Of(Snapshot snapshot, ImmutableArray<FileChange> changes) =>
        [.. changes.Where(c => !OwnPaths.IsOwn(c.Path) && c.Action != FileAction.Forgotten).Select(c => Of(snapshot, c))];

    /// <summary>What the next run would do to a file or to what is known of it.</summary>
    public static bool Differs(FileChange change) =>
        change.TouchesFile || change.Before != change.After || change.Base != CopyChange.Keep || change.Pending != CopyChange.Keep || change.DropBaseOf is not null;

    private static FileState Of(Snapshot snapshot, FileChange change)
    {
        var entry = change.Before ?? change.After;
        var standing = change.Action switch
        {
            FileAction.Refused => FileStanding.Refused,
            FileAction.Conflicted => FileStanding.Conflicted,
            FileAction.Pending => change.Row is "16" or "24" ? FileStanding.InTheWay : FileStanding.Waiting,
            FileAction.StaysDeleted => FileStanding.Deleted,
            FileAction.Orphaned => FileStanding.Orphaned,
            FileAction.Created => FileStanding.New,
            _ => Of(entry, snapshot.Base(change.Path), snapshot.File(change.Path)),
        };
        return new(change.Path, standing, change.Action != FileAction.Refused && Differs(change), entry?.Rendered);
    }

    private static FileStanding Of(StateEntry? entry, FileText? last, OnDisk there)
    {
        if (entry is { Class: StateClass.Ejected })
            return FileStanding.Ejected;

        if (entry is { Class: StateClass.Once })
            return FileStanding.Yours;

        if (entry is { Status: FileStatus.Orphaned })
            return FileStanding.Orphaned;

        var text = (there as OnDisk.Regular)?.Text;
        if (entry is { Class: StateClass.Block } && text is not null)
            text = (MarkedBlock.Find(text) as MarkedBlock.Found)?.Lines;

        return text is not null && last is not null && !text.SameAs(last) ? FileStanding.Edited : FileStanding.Ok;
    }
}

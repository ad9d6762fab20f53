using System.Collections.Immutable;
using DuskStack.Outputs;

namespace DuskStack.Regeneration.Commands;

/// <summary>What the commands about single files have in common. Each is a pure function from what is on disk to changes.</summary>
public static class FileCommands
{
    /// <summary><c>eject</c>: the file stays byte by byte, and is never read or written again.</summary>
    public static Decision Eject(Snapshot snapshot, string path)
    {
        if (snapshot.Entry(path) is not { } entry)
            return Unknown(snapshot, path);

        return entry.Class == StateClass.Ejected
            ? Decision.Mistake(CommandFindings.Cannot(path, "is yours already", $"`duskstack adopt {path}` gives it back"))
            : Decision.Of(Ejected(snapshot, entry));
    }

    /// <summary>The same for every file; what is generated anew later is written as usual.</summary>
    public static Decision EjectAll(Snapshot snapshot) =>
        new([.. snapshot.State?.Files.Values.Where(e => e.Class != StateClass.Ejected).Select(e => Ejected(snapshot, e)) ?? []], []);

    /// <summary><c>restore</c>: a file that was deleted comes back as it is generated; one that is there, as it was in the newest backup that differs.</summary>
    /// <param name="snapshot">What is on disk.</param>
    /// <param name="path">The file.</param>
    /// <param name="backup">What the newest backup holds of it; null when none does.</param>
    /// <param name="renders">What is generated now.</param>
    public static Decision Restore(Snapshot snapshot, string path, OnDisk.Regular? backup, ImmutableArray<RenderedFile> renders)
    {
        var entry = snapshot.Entry(path);
        var situation = Situate(snapshot, path, Relocation.Apply(snapshot.State, renders).FirstOrDefault(r => r.Path == path));
        switch (situation.Yours)
        {
            case OnDisk.Blocked blocked:
                return Decision.Of(situation.Refuse("17", blocked.Reason));
            case OnDisk.Regular file when entry is { Class: StateClass.Block, Status: FileStatus.DeletedByUser } && Generated(situation) is { } lines:
                return Decision.Of(Restored(situation, MarkedBlock.Append(file.Text, lines), file, lines));
            case OnDisk.Regular file when backup is not null:
                return Decision.Of(Change(situation, FileAction.Restored, entry) with { Content = backup.Text, Replaces = file });
            case OnDisk.Regular:
                return Decision.Mistake(CommandFindings.Cannot(path, "is there, and no backup holds another version of it", $"the last ten runs are kept in `{OwnPaths.Backups}`"));
            default:
                break;
        }

        if (entry is { Class: StateClass.Managed or StateClass.Block } && Generated(situation) is { } text)
            return Decision.Of(Restored(situation, entry.Class == StateClass.Block ? MarkedBlock.Append(null, text) : text, null, text));

        if (backup is not null)
            return Decision.Of(Change(situation, FileAction.Restored, entry) with { Content = backup.Text, Mode = backup.Mode });

        return situation is { Render: not null, Template: { } template }
            ? Decision.Of(Change(situation, FileAction.Restored, entry) with { Content = template })
            : Unknown(snapshot, path);
    }

    /// <summary><c>mv</c>: a file that is generated elsewhere from now on. What was edited goes along, and later versions are merged there.</summary>
    public static Decision Move(Snapshot snapshot, string from, string to)
    {
        if (snapshot.Entry(from) is not { } entry || entry.Class == StateClass.Ejected)
            return Unknown(snapshot, from);

        if (entry.Class != StateClass.Managed)
            return Decision.Mistake(CommandFindings.Cannot(from, "is not a file that is generated as a whole", "move it by hand; it is yours"));

        if (entry.Status == FileStatus.Conflicted || snapshot.Pending(from) is not null)
            return Decision.Mistake(CommandFindings.Cannot(from, "has an open conflict", $"close it first: `duskstack resolve {from}`"));

        var target = Situate(snapshot, to, null);
        if (PathRules.Refusal(to) is { } reason)
            return Decision.Of(target.Refuse("path", reason));

        if (target.Entry is not null)
            return Decision.Mistake(CommandFindings.Cannot(to, "is a generated file itself", "choose another path"));

        if (snapshot.Base(from) is not { } last)
            return Decision.Mistake(CommandFindings.Cannot(from, "has no base, so its edits could not be told from what was generated", "run `duskstack generate` or `duskstack repair` first"));

        var moved = new FileChange
        {
            Path = to,
            Action = FileAction.Moved,
            Row = "mv",
            After = entry with { Path = to, Rendered = Home(entry) == to ? null : Home(entry) },
            Base = CopyChange.Put(last),
            DropBaseOf = from,
        };
        return (snapshot.File(from), target.Yours) switch
        {
            (OnDisk.Blocked blocked, _) => Decision.Of(target.Refuse("17", blocked.Reason)),
            (_, OnDisk.Blocked blocked) => Decision.Of(target.Refuse("17", blocked.Reason)),
            (OnDisk.Regular, OnDisk.Regular) => Decision.Mistake(CommandFindings.Cannot(to, $"exists, and so does `{from}`", "delete the one that is not wanted")),
            (OnDisk.Regular { Truncated: true }, _) => Decision.Of(target.Refuse("17", "it is too large")),
            (OnDisk.Regular yours, _) => Decision.Of(moved with { Content = yours.Text, Remove = from, Replaces = yours }, CommandFindings.NotRecorded(from, to)),
            (_, OnDisk.Regular) => Decision.Of(moved, CommandFindings.NotRecorded(from, to)),
            _ => Decision.Mistake(CommandFindings.Cannot(from, "is not there, and neither is the file it is to become", $"to have it back: `duskstack restore {from}`")),
        };
    }

    internal static Situation Situate(Snapshot snapshot, string path, RenderedFile? render) =>
        new(path, snapshot.Entry(path), snapshot.Base(path), snapshot.File(path), render, snapshot.Pending(path));

    public static Decision Unknown(Snapshot snapshot, string path) => Decision.Mistake(CommandFindings.Unknown(path, [.. snapshot.State?.Files.Keys ?? []]));

    internal static FileChange Change(Situation s, FileAction action, StateEntry? after) => new()
    {
        Path = s.Path,
        Action = action,
        Row = action.ToString().ToLowerInvariant(),
        Before = s.Entry,
        After = after,
        PendingBefore = s.Pending,
    };

    // As it is generated now; a base follows its template while the file is away.
    private static FileText? Generated(Situation s) => s.Template ?? s.Base;

    private static FileChange Restored(Situation s, FileText content, OnDisk.Regular? replaces, FileText generated) =>
        Change(s, FileAction.Restored, s.Entry! with { Status = FileStatus.Ok }) with { Content = content, Replaces = replaces, Base = CopyChange.Put(generated), Pending = CopyChange.Drop };

    private static FileChange Ejected(Snapshot snapshot, StateEntry entry) =>
        Change(Situate(snapshot, entry.Path, null), FileAction.Ejected, entry with { Class = StateClass.Ejected, Status = FileStatus.Ok }) with
        {
            Base = snapshot.Base(entry.Path) is null ? CopyChange.Keep : CopyChange.Drop,
            Pending = snapshot.Pending(entry.Path) is null ? CopyChange.Keep : CopyChange.Drop,
        };

    private static string Home(StateEntry entry) => entry.Rendered ?? entry.Path;
}

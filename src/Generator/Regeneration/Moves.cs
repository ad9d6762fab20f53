using DuskStack.Outputs;
using DuskStack.Regeneration.Merging;

namespace DuskStack.Regeneration;

/// <summary>
/// Rows 18 and 19: the same template now writes to another path. What a person did to the file (edits, deletion) goes along.
/// </summary>
internal static class Moves
{
    /// <summary>The old path of each file that is generated at a new one.</summary>
    public static IReadOnlyDictionary<string, StateEntry> Find(Snapshot snapshot, IReadOnlyDictionary<string, RenderedFile> renders)
    {
        var gone = snapshot.State?.Files.Values.Where(e => e is { Class: StateClass.Managed, Status: not FileStatus.Orphaned } && !renders.ContainsKey(e.Path) && snapshot.Base(e.Path) is not null) ?? [];
        var arrived = renders.Values.Where(r => r.Class == FileClass.Managed && snapshot.Entry(r.Path) is null && snapshot.Base(r.Path) is null);

        // Of several candidates none is chosen: a wrong guess would carry edits into the wrong file.
        return gone.GroupBy(e => e.TemplateId).Where(g => g.Key.Length > 0 && g.Count() == 1)
            .Join(arrived.GroupBy(r => r.TemplateId).Where(g => g.Count() == 1), g => g.Key, g => g.Key, (old, now) => (To: now.Single().Path, From: old.Single()))
            .ToDictionary(m => m.To, m => m.From);
    }

    /// <param name="old">The situation at the old path; nothing is generated there.</param>
    /// <param name="now">The situation at the new path, which nothing knows yet.</param>
    public static IEnumerable<FileChange> Decide(Situation old, Situation now)
    {
        if (now.Yours is not OnDisk.Absent)
            return Occupied(old, now);

        // Until the conflicts in it are ended, it stays where the person left it.
        if (old.IsOpen)
            return [ManagedRows.Decide(old.With(now.Render))];

        return old.Yours switch
        {
            OnDisk.Blocked => [ManagedRows.Decide(old)],
            OnDisk.Regular yours when old.IsEnded => Present(old.Ended, now, yours).Select(c => c.Path == old.Path ? c with { Before = old.Entry, Base = CopyChange.Put(old.Pending!) } : c),
            OnDisk.Regular yours => Present(old, now, yours),
            _ => [Leave(old), Continue(now with { Entry = old.Entry! with { Path = now.Path }, Base = old.Base })],
        };
    }

    private static FileChange[] Present(Situation old, Situation now, OnDisk.Regular yours)
    {
        var template = now.Template!;
        var moved = now.Decide("18", FileAction.Moved) with
        {
            Content = template.InStyleOf(yours.Text),
            Remove = old.Path,
            Replaces = yours,
            Base = CopyChange.Put(template),
            DropBaseOf = old.Path,
            PendingOfMoved = old.Pending,
        };
        if (yours.Text.SameAs(old.Base) || yours.Text.SameAs(template))
            return [moved];

        switch (old.With(now.Render).Merge(yours))
        {
            case MergeResult.Clean merged:
                return [moved with { Row = "19", Content = merged.Text }];
            case MergeResult.Conflicted conflicted when !now.Terms.KeepConflicts:
                return
                [
                    moved with
                    {
                        Row = "19",
                        Action = FileAction.Conflicted,
                        Content = conflicted.Text,
                        Base = CopyChange.Put(old.Base!),
                        Pending = now.TemplateWaits,
                        After = moved.After! with { Status = FileStatus.Conflicted },
                        Finding = Findings.Conflicted(now.Path, conflicted.Count),
                    },
                ];
            case var other:
                var waits = now.Wait("19", Findings.NotMoved(old.Path, now.Path, other)) with { After = null };
                return [old.Decide("19", FileAction.Kept, FileStatus.Waiting), waits];
        }
    }

    private static FileChange[] Occupied(Situation old, Situation now)
    {
        // A person moved it first: it is the file that we know.
        if (old.Yours is OnDisk.Absent && now.Yours is OnDisk.Regular yours && yours.Text.SameAs(old.Base))
            return [Leave(old), Continue(now with { Base = old.Base })];

        var change = ManagedRows.Decide(now);
        return change.Action == FileAction.Adopted ? [ManagedRows.Decide(old), change] : [old.Decide("19", FileAction.Kept, old.Entry!.Status) with { Pending = CopyChange.Keep }, change with { After = null }];
    }

    // As if the file had always been there; its base was not, so it is written even where the row would keep it.
    private static FileChange Continue(Situation now) => ManagedRows.Decide(now) with { Before = null, Base = CopyChange.Put(now.Template!) };

    private static FileChange Leave(Situation old) => old.Decide("18", FileAction.Forgotten) with { After = null, Base = CopyChange.Drop };
}

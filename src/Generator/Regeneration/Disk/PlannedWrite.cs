namespace DuskStack.Regeneration.Disk;

/// <summary>A step, and what must be staged and backed up before it.</summary>
internal sealed record PlannedWrite(Step Step, FileText? Content, FileText? Replaces = null, UnixFileMode? Mode = null);

/// <summary>The writes that a change asks for, in the order that a crash between two of them forgives.</summary>
internal static class WritesOf
{
    /// <summary>The user's file: first the new one, then the old one goes.</summary>
    public static IEnumerable<PlannedWrite> User(FileChange change)
    {
        if (change.Action == FileAction.Refused)
            yield break;

        var old = change.Replaces;
        var removes = change.Remove is not null;
        if (change.Content is not null)
        {
            var expected = removes ? Step.Nothing : old?.Text.Hash ?? Step.Nothing;
            yield return new(new(change.Path, change.Path, expected, change.Content.Hash), change.Content, removes ? null : old?.Text, old?.Mode ?? change.Mode);
        }

        if (change.Remove is { } removed)
            yield return new(new(change.Path, removed, old!.Text.Hash, Step.Nothing), null, old.Text, old.Mode);
    }

    /// <summary>The tool's own copies. A waiting version may have been edited while it was taken over, so it is backed up as well.</summary>
    public static IEnumerable<PlannedWrite> Copies(FileChange change)
    {
        if (change.Action == FileAction.Refused)
            yield break;

        if (Copy(change, OwnPaths.Pending(change.Path), change.Pending, change.PendingBefore) is { } pending)
            yield return pending;

        if (Copy(change, OwnPaths.Base(change.Path), change.Base, null) is { } pristine)
            yield return pristine;

        if (change.DropBaseOf is not { } from)
            yield break;

        if (change.PendingOfMoved is { } obsolete)
            yield return new(new(change.Path, OwnPaths.Pending(from), null, Step.Nothing), null, obsolete);

        yield return new(new(change.Path, OwnPaths.Base(from), null, Step.Nothing), null);
    }

    public static PlannedWrite State(FileText text) => new(new(OwnPaths.State, OwnPaths.State, null, text.Hash), text);

    private static PlannedWrite? Copy(FileChange change, string path, CopyChange copy, FileText? before) => copy switch
    {
        CopyChange.Content content => new(new(change.Path, path, null, content.Text.Hash), content.Text, before),
        CopyChange.Removal => new(new(change.Path, path, null, Step.Nothing), null, before),
        _ => null,
    };
}

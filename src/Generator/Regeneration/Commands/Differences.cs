using System.Collections.Immutable;

namespace DuskStack.Regeneration.Commands;

/// <summary>Which two versions <c>diff</c> compares.</summary>
public enum DiffKind
{
    /// <summary>What is there, and what <c>generate</c> would leave there.</summary>
    Result,

    /// <summary>What was generated last, and what a person made of it.</summary>
    Edits,

    /// <summary>What was generated last, and what would be now.</summary>
    Template,
}

/// <summary>The text of <c>diff</c>: pure, from what the next run would do.</summary>
public static class Differences
{
    /// <summary>The unified diff of each file that differs, by path; one character per byte.</summary>
    public static ImmutableArray<(string Path, string Text)> Of(Snapshot snapshot, IEnumerable<FileChange> changes, DiffKind kind) =>
    [
        .. changes.Where(c => !OwnPaths.IsOwn(c.Path)).SelectMany(c => kind switch
        {
            DiffKind.Edits => [(c.Path, UnifiedDiff.Of(c.Path, snapshot.Base(c.Path), Generated(snapshot, c.Path)))],
            DiffKind.Template => [(c.Path, Template(snapshot, c) is { } now ? UnifiedDiff.Of(c.Path, snapshot.Base(c.Path), now.Text) : "")],
            _ => Result(snapshot, c),
        }).Where(d => d.Item2.Length > 0).Select(d => (d.Item1, d.Item2)),
    ];

    private static IEnumerable<(string Path, string Text)> Result(Snapshot snapshot, FileChange change)
    {
        var there = (snapshot.File(change.Path) as OnDisk.Regular)?.Text;
        if (change.Remove is { } from && from != change.Path)
            yield return (from, UnifiedDiff.Of(from, (snapshot.File(from) as OnDisk.Regular)?.Text, null));

        if (change.Remove == change.Path)
            yield return (change.Path, UnifiedDiff.Of(change.Path, there, null));
        else if (change.Content is not null)
            yield return (change.Path, UnifiedDiff.Of(change.Path, there, change.Content));
        else if (change.Action == FileAction.Pending && Waiting(snapshot, change) is { } waiting)
            yield return (change.Path, UnifiedDiff.Of(change.Path, Generated(snapshot, change.Path), waiting));
    }

    // What waits, because the user's file is not touched.
    private static FileText? Waiting(Snapshot snapshot, FileChange change) => (change.Pending as CopyChange.Content)?.Text ?? snapshot.Pending(change.Path);

    private static (FileText? Text, bool Known)? Template(Snapshot snapshot, FileChange change) => change switch
    {
        { Base: CopyChange.Content content } => (content.Text, true),
        { Base: CopyChange.Removal } => (null, true),
        { Action: FileAction.Orphaned } => (null, true),
        _ when Waiting(snapshot, change) is { } waiting => (waiting, true),
        _ => null,
    };

    private static FileText? Generated(Snapshot snapshot, string path) =>
        snapshot.Base(path) is null && snapshot.Pending(path) is null ? null : FilePart.Of(snapshot.Entry(path), snapshot.File(path) as OnDisk.Regular)?.TextOrNull;
}

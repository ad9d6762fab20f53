using DuskStack.Diagnostics;
using DuskStack.Regeneration.Merging;

namespace DuskStack.Regeneration.Commands;

/// <summary><c>resolve</c>: closes one conflict. What it takes out of the file is in the backup.</summary>
public static class Resolving
{
    /// <param name="snapshot">What is on disk.</param>
    /// <param name="path">The file.</param>
    /// <param name="side">Which version a place gets that both changed; null when the file is as it should be already.</param>
    public static Decision Decide(Snapshot snapshot, string path, MergeSide? side)
    {
        var s = FileCommands.Situate(snapshot, path, null);
        if (s is { Entry: null, Pending: null } or { Entry.Class: StateClass.Ejected or StateClass.Once })
            return FileCommands.Unknown(snapshot, path);

        if (s.Yours is OnDisk.Blocked blocked)
            return Decision.Of(s.Refuse("17", blocked.Reason));

        var file = s.Yours as OnDisk.Regular;
        var part = FilePart.Of(s.Entry, file);
        if (part is null)
            return Decision.Mistake(CommandFindings.Cannot(path, "has no block of duskstack that is whole", $"mend its markers, or have it written again: `duskstack restore {path}`"));

        if (s.Pending is not { } template)
            return WithoutPending(s, file, part, side);

        if (file is null && s.Entry is null)
            return Decision.Mistake(CommandFindings.Cannot(path, "waits for a file that still lies elsewhere", "`duskstack status` names it; edit that one and run `duskstack generate`"));

        if (file is null)
            return side is MergeSide.Theirs or MergeSide.Union ? Close(s, template, template, null) : Gone(s, template);

        if (ConflictMarkers.AreIn(part.Text))
            return WithMarkers(s, file, part, template, side);

        return Whole(s, file, part, template, side);
    }

    // Nothing waits: the one thing that can be asked for is to give one's edits up.
    private static Decision WithoutPending(Situation s, OnDisk.Regular? file, FilePart part, MergeSide? side) => (side, s.Base, file) switch
    {
        (MergeSide.Theirs, { } last, { } yours) when !part.Text.SameAs(last) => Close(s, last, part.Replace(last), yours),
        _ => Decision.Mistake(CommandFindings.Cannot(s.Path, "has no open conflict", "`duskstack status` lists those that are open")),
    };

    private static Decision WithMarkers(Situation s, OnDisk.Regular file, FilePart part, FileText template, MergeSide? side)
    {
        if (side is null)
            return Open(CommandFindings.MarkersLeft(s.Path, ConflictMarkers.LinesIn(part.Text), part.FirstLine));

        return ConflictMarkers.Resolve(part.Text, side.Value) is { } text
            ? Close(s, template, part.Replace(text), file)
            : Open(CommandFindings.DamagedMarkers(s.Path, part.FirstLine + (ConflictMarkers.DamageIn(part.Text) ?? 1) - 1));
    }

    private static Decision Whole(Situation s, OnDisk.Regular file, FilePart part, FileText template, MergeSide? side)
    {
        // As it is: the user took the markers out, or wants nothing of the new version.
        var ended = s.Entry?.Status == FileStatus.Conflicted && s.Base is not null;
        if (side is null || (side == MergeSide.Ours && s.Base is null) || (side != MergeSide.Theirs && ended))
            return Close(s, template, null, file);

        if (file.Truncated)
            return Decision.Of(s.Refuse("17", "it is too large"));

        var input = new MergeInput(s.Path, s.Base ?? CommonLines.Of(part.Text, template), part.Text, template);
        var merged = ended || (side == MergeSide.Theirs && s.Base is null) ? null : Merger.Merge(input, side.Value);
        return merged switch
        {
            MergeResult.Clean clean => Close(s, template, part.Replace(clean.Text), file),
            MergeResult.Refused refused when side == MergeSide.Union => Open(CommandFindings.NoUnion(s.Path, refused.Reason)),
            _ => Close(s, template, side == MergeSide.Ours ? null : part.Replace(template), file),
        };
    }

    private static Decision Close(Situation s, FileText generated, FileText? content, OnDisk.Regular? file) => Decision.Of(
        FileCommands.Change(s, FileAction.Resolved, After(s, FileStatus.Ok)) with
        {
            Content = content is null || (file is not null && content.Raw.Span.SequenceEqual(file.Text.Raw.Span)) ? null : content,
            Replaces = file,
            Base = CopyChange.Put(generated),
            Pending = s.Pending is null ? CopyChange.Keep : CopyChange.Drop,
        });

    private static Decision Gone(Situation s, FileText template) => Decision.Of(
        FileCommands.Change(s, FileAction.Resolved, After(s, FileStatus.DeletedByUser)) with { Base = CopyChange.Put(template), Pending = CopyChange.Drop });

    private static StateEntry After(Situation s, FileStatus status) => (s.Entry ?? new(s.Path, "", StateClass.Managed)) with { Status = status };

    private static Decision Open(Diagnostic finding) => new([], [finding], Outcome.Conflicts);
}

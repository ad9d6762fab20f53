using System.Collections.Immutable;
using DuskStack.Diagnostics;

namespace DuskStack.Regeneration.Commands;

/// <summary><c>check</c>: is everything as it is generated, and is no conflict open? Looks and writes nothing.</summary>
public static class Checking
{
    /// <param name="snapshot">What is on disk.</param>
    /// <param name="dryRun">What the next run would do.</param>
    /// <param name="strict">True to allow no edits and no file that is no longer generated.</param>
    /// <returns>The outcome and what is wrong, file by file.</returns>
    public static (Outcome Outcome, ImmutableArray<Diagnostic> Findings) Decide(Snapshot snapshot, RegenerationResult dryRun, bool strict)
    {
        var findings = ImmutableArray.CreateBuilder<Diagnostic>();
        findings.AddRange(dryRun.Diagnostics.Where(d => d.Code is not (DiagnosticCodes.FileDeleted or DiagnosticCodes.FileOrphaned)));
        var outcome = dryRun.Outcome;

        var drift = dryRun.Changes.Where(IsDrift).Select(c => CommandFindings.Drift(c.Path, What(c))).ToList();
        if (drift.Count == 0 && dryRun.StateChanges && outcome == Outcome.Clean)
            drift.Add(CommandFindings.Drift(OwnPaths.State, "does not say how the files are generated"));

        if (snapshot.State is null && drift.Count > 0)
            drift = [CommandFindings.NeverGenerated()];

        findings.AddRange(drift);
        if (drift.Count > 0)
            outcome = Worse(outcome, Outcome.Drift);

        var merged = snapshot.Files.Where(f => f.Value is OnDisk.Regular { Text.HasMergeMarkers: true } && snapshot.Entry(f.Key) is { Class: StateClass.Managed or StateClass.Block, Status: FileStatus.Ok })
            .Select(f => CommandFindings.HoldsMarkers(f.Key)).ToList();
        findings.AddRange(merged);
        if (merged.Count > 0)
            outcome = Worse(outcome, Outcome.Conflicts);

        if (strict)
        {
            var edits = FileState.Of(snapshot, dryRun.Changes).Where(f => f.Standing is FileStanding.Edited or FileStanding.Orphaned)
                .Select(f => f.Standing == FileStanding.Edited ? CommandFindings.EditedStrictly(f.Path) : CommandFindings.OrphanStrictly(f.Path)).ToList();
            findings.AddRange(edits);
            if (edits.Count > 0)
                outcome = Worse(outcome, Outcome.Drift);
        }

        return (outcome, findings.ToImmutable());
    }

    // What waits or was refused is told by its own finding. A file that a person deleted is only noted down by the next run.
    private static bool IsDrift(FileChange change) => change.Action switch
    {
        FileAction.Pending or FileAction.Conflicted or FileAction.Refused => false,
        FileAction.StaysDeleted => change.Base != CopyChange.Keep,
        FileAction.Orphaned => change.Before != change.After,
        _ => FileState.Differs(change),
    };

    private static string What(FileChange change) => change.Action switch
    {
        FileAction.Created => "is generated and not there",
        FileAction.Deleted or FileAction.Forgotten or FileAction.Orphaned => "is no longer generated",
        FileAction.Moved => $"is generated here now, and still lies at `{change.Remove}`",
        FileAction.Adopted => "is what is generated, and not yet known to be",
        _ when change.TouchesFile => "is not what is generated",
        _ => $"is generated in another form than `{OwnPaths.Base(change.Path)}` says",
    };

    private static Outcome Worse(Outcome a, Outcome b) => a > b ? a : b;
}

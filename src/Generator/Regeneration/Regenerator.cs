using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Regeneration.Commands;
using DuskStack.Regeneration.Disk;

namespace DuskStack.Regeneration;

/// <summary>
/// Brings changes to the disk without ever losing what a person wrote: lock, finish an interrupted run, look, decide,
/// write. Deciding is pure (<see cref="ChangePlanner"/>, and <see cref="Commands"/>); only the classes in <c>Disk</c> touch files.
/// </summary>
public static class Regenerator
{
    /// <summary>Regenerates everything.</summary>
    /// <param name="root">The project's folder.</param>
    /// <param name="request">What to write.</param>
    /// <param name="reached">Called at each point where a crash would leave something behind; tests end the run there.</param>
    /// <param name="cancellation">Heeded until the first file is replaced; from then on the run completes.</param>
    public static RegenerationResult Run(string root, RegenerationRequest request, Action<string>? reached = null, CancellationToken cancellation = default) =>
        Run(root, request, null, reached, cancellation);

    /// <summary>Does what one command decides, which is about few files and keeps what the state says of the rest.</summary>
    /// <inheritdoc cref="Run(string, RegenerationRequest, Action{string}?, CancellationToken)"/>
    public static RegenerationResult Apply(
        string root, RegenerationRequest request, Func<Snapshot, Decision> decide, Action<string>? reached = null, CancellationToken cancellation = default) =>
        Run(root, request, decide, reached, cancellation);

    /// <summary>What is on disk, without deciding anything; null with the reason when the state cannot be used.</summary>
    public static (Snapshot? Snapshot, RegenerationResult? Stopped) Look(string root, RegenerationRequest request)
    {
        var folder = new ProjectFolder(root);
        if (folder.RefusalOfOwnFolder() is { } reason)
            return (null, Stopped(Outcome.Refused, Findings.Refused(OwnPaths.Folder, reason)));

        var reading = folder.ReadState(request.Tool);
        if (Unusable(folder, reading, request) is { } unusable)
            return (null, unusable);

        return (folder.Take((reading as StateReading.Read)?.State, request), null);
    }

    /// <summary>What the newest backup holds of a file, where that is not <paramref name="there"/>; null when none does.</summary>
    public static OnDisk.Regular? Backup(string root, string path, OnDisk there) => Backups.Find(new(root), path, there);

    /// <summary>Builds a broken state again from what can be read of it and from the bases. No file of the user is touched.</summary>
    /// <inheritdoc cref="Run(string, RegenerationRequest, Action{string}?, CancellationToken)"/>
    public static RegenerationResult Repair(string root, RegenerationRequest request, Action<string>? reached = null, CancellationToken cancellation = default)
    {
        var folder = new ProjectFolder(root);
        if (Begin(folder, request) is { } newer)
            return newer;

        if (!folder.IsOrdinaryFolder(OwnPaths.Folder))
            return Stopped(Outcome.Usage, CommandFindings.NothingToRepair());

        using var held = FolderLock.Take(folder);
        if (held.Finding is { } obstacle)
            return Stopped(held.Outcome, obstacle);

        // A journal that nobody can read is kept beside the backups: each file is old or new, and the bases tell which.
        if (!TryRecover(folder, request, out var stopped))
        {
            if (stopped!.Outcome != Outcome.StateBroken)
                return stopped;

            Transaction.SetAside(folder, request.Now);
        }

        var state = Salvage.State(folder.Look(OwnPaths.State) is OnDisk.Regular file ? file.Text : null, request.Tool, request.Inputs);
        if (OfOtherVersion(folder, state, request) is { } other)
            return Stopped(Outcome.Refused, other);

        if (WriteFirstBases(folder, folder.Take(state, request), request, reached, cancellation) is { } failed)
            return failed;

        var decision = Repairing.Decide(folder.Take(state, request), request.Files);
        return Write(folder, request, decision, changes => RepairedText(folder, state, changes, request), reached, cancellation);
    }

    /// <summary>Takes the last run back, when nothing that it wrote was changed since.</summary>
    /// <inheritdoc cref="Run(string, RegenerationRequest, Action{string}?, CancellationToken)"/>
    public static RegenerationResult Undo(string root, RegenerationRequest request, Action<string>? reached = null, CancellationToken cancellation = default)
    {
        var folder = new ProjectFolder(root);
        if (Begin(folder, request) is { } newer)
            return newer;

        if (!folder.IsOrdinaryFolder(OwnPaths.Backups))
            return Stopped(Outcome.Usage, CommandFindings.NothingToUndo());

        using var held = FolderLock.Take(folder);
        if (held.Finding is { } obstacle)
            return Stopped(held.Outcome, obstacle);

        if (!TryRecover(folder, request, out var stopped))
            return stopped!;

        if (RunRecord.Last(folder) is not { } last)
            return Stopped(Outcome.Usage, CommandFindings.NothingToUndo());

        var undoing = Undoing.Decide(last, path => folder.Look(path), request);
        if (undoing.Refusal is { } refusal)
            return Stopped(Outcome.Refused, refusal);

        var transaction = NewTransaction(folder, request, reached);
        return Guarded(folder, request, transaction, () =>
        {
            var changes = transaction.Apply(undoing.Changes, undoing.Writes, cancellation);
            return Ended(transaction, changes, []);
        });
    }

    private static RegenerationResult Run(string root, RegenerationRequest request, Func<Snapshot, Decision>? decide, Action<string>? reached, CancellationToken cancellation)
    {
        var folder = new ProjectFolder(root);
        if (Begin(folder, request) is { } newer)
            return newer;

        // A command in a folder that holds no project leaves none behind.
        if (request.DryRun || (decide is not null && !folder.IsOrdinaryFolder(OwnPaths.Folder)))
            return Decide(folder, request, decide, Journal.Exists(folder) ? [Findings.Interrupted()] : []).Result;

        using var held = FolderLock.Take(folder);
        if (held.Finding is { } obstacle)
            return Stopped(held.Outcome, obstacle);

        if (!TryRecover(folder, request, out var stopped))
            return stopped!;

        var (before, decided) = Decide(folder, request, decide, []);
        if (decided.Changes.IsEmpty || decided.Outcome is Outcome.Usage)
            return decided;

        if (decided.Changes.Any(FileState.Differs) || StateText(before, decided.Changes, request, decide is null) is not null)
        {
            if (WriteFirstBases(folder, folder.Take(before, request), request, reached, cancellation) is { } failed)
                return failed;

            (before, decided) = Decide(folder, request, decide, []);
        }

        return Write(folder, request, Unsaid(decided), changes => StateText(before, changes, request, decide is null), reached, cancellation);
    }

    /// <summary>Before anything else is written: from then on the state and the bases say what was generated. Null when they are written, or were.</summary>
    private static RegenerationResult? WriteFirstBases(ProjectFolder folder, Snapshot snapshot, RegenerationRequest request, Action<string>? reached, CancellationToken cancellation)
    {
        if (snapshot.UnwrittenBases.IsEmpty)
            return null;

        var written = Write(folder, request, new(FirstBases.Writes(snapshot), []), _ => null, reached, cancellation);
        return written.Outcome == Outcome.Clean ? null : written;
    }

    // Before anything is written: a newer tool may keep its files in another way altogether.
    private static RegenerationResult? Begin(ProjectFolder folder, RegenerationRequest request)
    {
        if (folder.RefusalOfOwnFolder() is { } reason)
            return Stopped(Outcome.Refused, Findings.Refused(OwnPaths.Folder, reason));

        return Unusable(folder, folder.ReadState(request.Tool), request) is { Outcome: Outcome.StateNewer } newer ? newer : null;
    }

    private static bool TryRecover(ProjectFolder folder, RegenerationRequest request, out RegenerationResult? stopped)
    {
        try
        {
            var (manifest, read) = Manifest(folder, request);
            stopped = Transaction.TryRecover(folder, request) ? null : Stopped(Outcome.StateBroken, Findings.JournalBroken());
            if (stopped is null && read is not null && Manifest(folder, request).Hash != read)
                stopped = Stopped(Outcome.Refused, Findings.AdditionCompleted(manifest!));
        }
        catch (UnauthorizedAccessException)
        {
            stopped = Stopped(Outcome.Refused, Findings.Refused(OwnPaths.Folder, "an interrupted run cannot be completed, because a folder in it is not writable"));
        }

        return stopped is null;
    }

    // Null where it is no file of the project.
    private static (string? Path, string? Hash) Manifest(ProjectFolder folder, RegenerationRequest request) =>
        request.Inputs.TryGetValue(RegenerationRequest.Manifest, out var path) && PathRules.Refusal(path) is null && folder.Look(path) is OnDisk.Regular file ? (path, file.Text.Hash) : (null, null);

    private static (State? Before, RegenerationResult Result) Decide(
        ProjectFolder folder, RegenerationRequest request, Func<Snapshot, Decision>? decide, ImmutableArray<Diagnostic> noticed)
    {
        var reading = folder.ReadState(request.Tool);
        if (Unusable(folder, reading, request) is { } unusable)
            return (null, unusable);

        var before = (reading as StateReading.Read)?.State;
        if (decide is null && before is not null && DataAtRisk.Find(before.Inputs, request.Inputs, request.LeaveData) is { IsEmpty: false } left)
            return (null, new(Outcome.Refused, [], left));

        var snapshot = folder.Take(before, request);
        if (snapshot.DamagedBases is [var damaged, ..])
            return (null, Stopped(Outcome.StateBroken, CommandFindings.DamagedBase(damaged)));

        if (decide is not null)
        {
            var decision = decide(snapshot);
            var result = Result(decision.Changes, noticed.AddRange(decision.Findings));
            return (before, result with { Outcome = Worse(result.Outcome, decision.Outcome) });
        }

        var edit = request.Edit is { } manifest ? folder.Compare(manifest) : null;
        if (edit?.Finding is { } refused)
            return (before, Stopped(Outcome.Refused, refused));

        // The manifest comes first: whatever interrupts the run, files are never newer than what they are made from.
        ImmutableArray<FileChange> first = edit is null ? [] : [edit];
        var changes = first.AddRange(ChangePlanner.Plan(snapshot, request.Files, request.Sources, new(request.Tool, request.KeepConflicts))).AddRange(request.OwnFiles.Select(folder.Compare));
        var generated = Result(changes, noticed);
        return (before, generated with { StateChanges = StateText(before, changes, request, generates: true) is not null });
    }

    private static RegenerationResult Write(
        ProjectFolder folder,
        RegenerationRequest request,
        Decision decision,
        Func<IEnumerable<FileChange>, FileText?> stateText,
        Action<string>? reached,
        CancellationToken cancellation)
    {
        var transaction = NewTransaction(folder, request, reached);
        var result = Guarded(folder, request, transaction, () => Ended(transaction, transaction.Apply(decision.Changes, stateText, cancellation), decision.Findings));
        return result with { Outcome = Worse(result.Outcome, decision.Outcome) };
    }

    // What a change says is said when it was applied.
    private static Decision Unsaid(RegenerationResult decided)
    {
        var said = decided.Changes.Select(c => c.Finding).OfType<Diagnostic>().ToHashSet();
        return new(decided.Changes, [.. decided.Diagnostics.Where(d => !said.Contains(d))], decided.Outcome);
    }

    private static Outcome Worse(Outcome one, Outcome other) => one > other ? one : other;

    private static Transaction NewTransaction(ProjectFolder folder, RegenerationRequest request, Action<string>? reached) =>
        new(folder, Backups.NameOf(folder, request.Now), reached ?? (_ => { }));

    private static RegenerationResult Ended(Transaction transaction, ImmutableArray<FileChange> changes, ImmutableArray<Diagnostic> noticed)
    {
        var result = Result(changes, noticed) with { Backup = transaction.Backup };
        return transaction.Refusal is { } refusal ? result with { Outcome = Outcome.Refused, Diagnostics = [refusal, .. result.Diagnostics] } : result;
    }

    // What is staged is discarded, what is committed is completed: the same that the next run would do after a crash.
    private static RegenerationResult Guarded(ProjectFolder folder, RegenerationRequest request, Transaction transaction, Func<RegenerationResult> write)
    {
        try
        {
            return write();
        }
        catch (OperationCanceledException)
        {
            Transaction.TryRecover(folder, request);
            throw;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Stopped(Outcome.Failed, CommandFindings.Failed(e.Message, Recovered(folder, request), transaction.Committed));
        }
    }

    private static bool Recovered(ProjectFolder folder, RegenerationRequest request)
    {
        try
        {
            return Transaction.TryRecover(folder, request);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static RegenerationResult Result(ImmutableArray<FileChange> changes, ImmutableArray<Diagnostic> noticed)
    {
        var outcome = changes.Select(c => c.Action switch
        {
            FileAction.Refused => Outcome.Refused,
            FileAction.Pending or FileAction.Conflicted => Outcome.Conflicts,
            _ => Outcome.Clean,
        }).DefaultIfEmpty().Max();
        return new(outcome, changes, [.. noticed, .. changes.Select(c => c.Finding).OfType<Diagnostic>()]);
    }

    // Null when the state on disk says the same already. A command keeps what the files were made from.
    private static FileText? StateText(State? before, IEnumerable<FileChange> changes, RegenerationRequest request, bool generates)
    {
        var after = new State
        {
            Tool = request.Tool,
            Templates = generates ? request.Tool : before?.Templates ?? request.Tool,
            Inputs = generates ? request.Inputs : before?.Inputs ?? request.Inputs,
            Files = ChangePlanner.StateAfter(before, changes),
        };
        return after.SaysTheSameAs(before) && !before!.Templates.IsNewerThan(after.Templates) ? null : FileText.Of(StateJson.Write(after));
    }

    private static FileText? RepairedText(ProjectFolder folder, State salvaged, IEnumerable<FileChange> changes, RegenerationRequest request)
    {
        var text = FileText.Of(StateJson.Write(salvaged with { Tool = request.Tool, Files = ChangePlanner.StateAfter(salvaged, changes) }));
        return folder.ReadState(request.Tool) is StateReading.Read && folder.Look(OwnPaths.State) is OnDisk.Regular there && text.SameAs(there.Text) ? null : text;
    }

    private static RegenerationResult? Unusable(ProjectFolder folder, StateReading reading, RegenerationRequest request) => reading switch
    {
        StateReading.Newer newer => Stopped(Outcome.StateNewer, Findings.StateNewer(newer.Reason)),
        StateReading.Broken broken => Stopped(Outcome.StateBroken, Findings.StateBroken(broken.Reason)),
        StateReading.Read { State.Templates: var templates } when templates.IsNewerThan(request.Tool) && !request.AllowDowngrade =>
            Stopped(Outcome.StateNewer, Findings.Downgrade(templates, request.Tool)),
        StateReading.Read { State: var state } when OfOtherVersion(folder, state, request) is { } other => Stopped(Outcome.Refused, other),
        StateReading.Read { State.Inputs: var inputs } when OtherManifest(folder, inputs, request) is { } other => Stopped(Outcome.Refused, other),
        _ => null,
    };

    // A new project whose record only another version can render.
    private static Diagnostic? OfOtherVersion(ProjectFolder folder, State state, RegenerationRequest request) =>
        !FirstBases.CanRender(state, request) && folder.Look(OwnPaths.First) is OnDisk.Regular && !folder.HasBases ? Findings.FirstByOther(state.Templates, request.Tool) : null;

    // Two manifests in one folder would delete each other's files. One that is gone was renamed.
    private static Diagnostic? OtherManifest(ProjectFolder folder, ImmutableSortedDictionary<string, string> inputs, RegenerationRequest request)
    {
        var names = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return inputs.TryGetValue(RegenerationRequest.Manifest, out var before) && request.Inputs.TryGetValue(RegenerationRequest.Manifest, out var now)
            && !string.Equals(before, now, names) && File.Exists(folder.Full(before)) ? Findings.OtherManifest(before, now) : null;
    }

    private static RegenerationResult Stopped(Outcome outcome, Diagnostic finding) => new(outcome, [], [finding]);
}

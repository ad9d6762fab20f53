using System.Collections.Immutable;
using System.Text.Json;
using DuskStack.Diagnostics;

namespace DuskStack.Regeneration.Disk;

/// <summary>
/// Writes a run's changes so that a crash at any point leaves each file either old or new: back up and stage beside the target,
/// write the journal, rename one by one (the user's files, then pending and base, the state last), remove the journal.
/// </summary>
/// <param name="folder">The project.</param>
/// <param name="run">The run's name, also of its backup.</param>
/// <param name="reached">Told each point where a crash would leave something behind.</param>
internal sealed class Transaction(ProjectFolder folder, string run, Action<string> reached)
{
    /// <summary>Relative path of the backup; null when nothing had to be backed up.</summary>
    public string? Backup { get; private set; }

    /// <summary>Why nothing at all was written; null when something was, or nothing had to be.</summary>
    public Diagnostic? Refusal { get; private set; }

    /// <summary>Files were being replaced: from then on a run is completed, not taken back.</summary>
    public bool Committed { get; private set; }

    /// <param name="changes">What was decided.</param>
    /// <param name="stateAfter">The text of the state once these changes are applied; null when it stays as it is.</param>
    /// <param name="cancellation">Heeded until the journal is committed.</param>
    /// <returns>The changes, with those that could not be done safely turned into refusals.</returns>
    public ImmutableArray<FileChange> Apply(
        ImmutableArray<FileChange> changes, Func<IEnumerable<FileChange>, FileText?> stateAfter, CancellationToken cancellation)
    {
        var writes = changes.SelectMany(WritesOf.User).Concat(changes.SelectMany(WritesOf.Copies)).ToImmutableArray();
        if (stateAfter(changes) is { } state)
            writes = writes.Add(WritesOf.State(state));

        return Apply(changes, writes, refused => stateAfter(Without(changes, refused)), cancellation);
    }

    /// <summary>The same with writes that are known already, the state's among them.</summary>
    public ImmutableArray<FileChange> Apply(ImmutableArray<FileChange> changes, ImmutableArray<PlannedWrite> writes, CancellationToken cancellation)
    {
        var state = writes.FirstOrDefault(w => w.Step.Target == OwnPaths.State);
        return Apply(changes, [.. writes.Where(w => w != state), .. state is null ? [] : new[] { state }], _ => state?.Content, cancellation);
    }

    private ImmutableArray<FileChange> Apply(
        ImmutableArray<FileChange> changes, ImmutableArray<PlannedWrite> writes, Func<Dictionary<string, Diagnostic>, FileText?> stateAfter, CancellationToken cancellation)
    {
        if (writes.IsEmpty)
            return changes;

        var journal = new Journal(run, Committed: false, [.. writes.Select(w => w.Step)], NewFolders(writes));
        try
        {
            journal.Save(folder);
        }
        catch (UnauthorizedAccessException)
        {
            return RefuseAll(changes, Findings.Refused(OwnPaths.Folder, $"`{OwnPaths.Transaction}` is not writable"));
        }

        var refused = Stage(writes, cancellation);
        reached("staged");

        // Without the state the next run would take for a person's what this one wrote; without the manifest, what it wrote comes from nothing.
        if (refused.TryGetValue(OwnPaths.State, out var stateless) || changes.Any(c => c.IsSource && refused.TryGetValue(c.Path, out stateless)))
        {
            Discard(folder, journal);
            Journal.Delete(folder);
            return RefuseAll(changes, stateless!);
        }

        journal = journal with { Committed = true, Steps = [.. journal.Steps.Where(s => !refused.ContainsKey(s.Group))] };
        if (!Record(journal.Steps))
        {
            Discard(folder, journal with { Steps = [.. writes.Select(w => w.Step)] });
            Journal.Delete(folder);
            return RefuseAll(changes, Findings.Refused(OwnPaths.Folder, $"`{OwnPaths.Backups}` is not writable"));
        }

        journal.Save(folder);
        Committed = true;
        reached("committed");

        var staged = refused.Count;
        var last = journal.Steps.TakeWhile(s => s.Target != OwnPaths.State || s.Removes).ToImmutableArray();
        foreach (var (group, finding) in Complete(folder, journal with { Steps = last }, reached))
            refused[group] = finding;

        WriteState(writes, refused.Count > 0, stateAfter(refused));
        if (refused.Count > staged)
            Record([.. journal.Steps.Where(s => !refused.ContainsKey(s.Group))]);

        Discard(folder, journal);
        Journal.Delete(folder);
        Backups.Prune(folder);
        return Without(changes, refused);
    }

    private static ImmutableArray<FileChange> Without(ImmutableArray<FileChange> changes, Dictionary<string, Diagnostic> refused) =>
        [.. changes.Select(c => refused.TryGetValue(c.Path, out var finding) ? c with { Action = FileAction.Refused, After = c.Before, Finding = finding } : c)];

    // So that the run can be taken back. Not without it: what overwrites must be able to say what it overwrote.
    private bool Record(ImmutableArray<Step> steps)
    {
        try
        {
            new RunRecord(run, steps).Save(folder);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Discards or completes what an interrupted run left behind. False when its journal cannot be understood, or cannot be ours.</summary>
    /// <param name="folder">The project.</param>
    /// <param name="request">Names what no run writes to, and the time of new backups.</param>
    public static bool TryRecover(ProjectFolder folder, RegenerationRequest request)
    {
        if (!Journal.Exists(folder))
            return true;

        try
        {
            var journal = Journal.Read(folder);
            if (journal.Steps.Any(s => request.Sources.Contains(s.Target) && !request.MayEdit(s)))
                return false;

            if (journal.Committed)
            {
                // The journal may be anybody's, so what the interrupted run should have backed up is looked for before it goes.
                var transaction = new Transaction(folder, Backups.NameOf(folder, request.Now), _ => { });
                Complete(folder, journal, _ => { }, (path, file) => transaction.BackUpUnlessIn(journal.Run, path, file));
            }

            else
            {
                RunRecord.Delete(folder, journal.Run);
            }

            Discard(folder, journal);
            Journal.Delete(folder);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Takes a journal that nobody can read out of the way; what it staged stays beside its targets, and is nobody's.</summary>
    public static void SetAside(ProjectFolder folder, DateTimeOffset now)
    {
        var kept = folder.Full($"{OwnPaths.Backups}/{Backups.NameOf(folder, now)}/{OwnPaths.Journal}");
        Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        File.Move(folder.Full(OwnPaths.Journal), kept);
    }

    private ImmutableArray<FileChange> RefuseAll(ImmutableArray<FileChange> changes, Diagnostic why)
    {
        Refusal = why;
        Backup = null;
        return [.. changes.Select(c => c.TouchesFile ? c with { Action = FileAction.Refused, After = c.Before, Finding = null } : c)];
    }

    // The groups that could not be staged, with the reason.
    private Dictionary<string, Diagnostic> Stage(ImmutableArray<PlannedWrite> writes, CancellationToken cancellation)
    {
        var refused = new Dictionary<string, Diagnostic>(StringComparer.Ordinal);
        foreach (var write in writes)
        {
            cancellation.ThrowIfCancellationRequested();
            if (refused.ContainsKey(write.Step.Group))
                continue;

            var at = write.Step.Target;
            try
            {
                if ((write.Replaces ?? Copied(write.Step.Target)) is { } old)
                {
                    at = $"{OwnPaths.Backups}/{run}/{write.Step.Target}";
                    BackUp(write.Step.Target, old, write.Mode);
                    at = write.Step.Target;
                }

                if (write.Content is { } content)
                {
                    MakeParents(write.Step.Target);
                    DurableFile.Write(folder.Full(Staged(write.Step.Target, run)), content.Raw, write.Mode);
                }
            }
            catch (UnauthorizedAccessException)
            {
                refused[write.Step.Group] = NotWritable(write.Step.Group, at);
            }

            reached($"staged {write.Step.Target}");
        }

        foreach (var write in writes.Where(w => w.Content is not null && refused.ContainsKey(w.Step.Group)))
            DeleteStaged(folder, write.Step, run);

        return refused;
    }

    // What cannot be written for a file may be the tool's copy of it, in another folder.
    private static Diagnostic NotWritable(string group, string at) =>
        Findings.Refused(group, at == group ? "its folder is not writable" : $"the folder of `{at}` is not writable");

    // The tool's own copies are backed up to be taken back with the run; what they hold lies elsewhere too.
    private FileText? Copied(string path) => IsCopy(path) ? (folder.Look(path) as OnDisk.Regular)?.Text : null;

    private void BackUp(string path, FileText old, UnixFileMode? mode)
    {
        if (!IsCopy(path))
            Backup = $"{OwnPaths.Backups}/{run}";

        var copy = folder.Full($"{OwnPaths.Backups}/{run}/{path}");
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        DurableFile.Write(copy, old.Raw, mode);
    }

    private void BackUpUnlessIn(string earlier, string path, OnDisk.Regular file)
    {
        if (!IsCopy(path) && Step.HashOf(folder.Look($"{OwnPaths.Backups}/{earlier}/{path}")) != file.Text.Hash)
            BackUp(path, file.Text, file.Mode);
    }

    // Of what lies elsewhere too, or is made again from it.
    private static bool IsCopy(string path) => path == OwnPaths.State || path.StartsWith(OwnPaths.Bases + "/", StringComparison.Ordinal);

    // The staged state assumes that everything could be done, which is right for a crash: what could not is found out again by the next run.
    private void WriteState(ImmutableArray<PlannedWrite> writes, bool anyRefused, FileText? state)
    {
        var staged = folder.Full(Staged(OwnPaths.State, run));
        if (state is null)
        {
            if (File.Exists(staged))
                File.Delete(staged);

            return;
        }

        if (anyRefused || writes[^1].Step.Target != OwnPaths.State)
            DurableFile.Write(staged, state.Raw, null);

        File.Move(staged, folder.Full(OwnPaths.State), overwrite: true);
        reached("state");
    }

    // Each step is skipped when it is done already, so that completing twice is completing once. Gives the groups that were refused.
    private static Dictionary<string, Diagnostic> Complete(ProjectFolder folder, Journal journal, Action<string> reached, Action<string, OnDisk.Regular>? replacing = null)
    {
        var refused = new Dictionary<string, Diagnostic>(StringComparer.Ordinal);
        foreach (var step in journal.Steps)
        {
            var staged = folder.Full(Staged(step.Target, journal.Run));
            if (!refused.ContainsKey(step.Group) && Do(folder, step, staged, replacing) is { } finding)
                refused[step.Group] = finding;

            reached($"done {step.Target}");
        }

        return refused;
    }

    // Null when it is done.
    private static Diagnostic? Do(ProjectFolder folder, Step step, string staged, Action<string, OnDisk.Regular>? replacing)
    {
        var there = folder.Look(step.Target);
        var isStaged = !step.Removes && File.Exists(staged);
        if (there is not OnDisk.Blocked && !isStaged && Step.HashOf(there) == step.Result)
            return null;

        if (there is OnDisk.Blocked || isStaged == step.Removes || (step.Expected is { } expected && expected != Step.HashOf(there)))
            return Findings.ChangedDuringRun(step.Group);

        try
        {
            if (there is OnDisk.Regular file)
                replacing?.Invoke(step.Target, file);

            if (step.Removes)
            {
                File.Delete(folder.Full(step.Target));
                PruneParents(folder, step.Target);
            }
            else
            {
                // Of two files created at once the other one wins: this fails when something is there by now.
                File.Move(staged, folder.Full(step.Target), overwrite: step.Expected != Step.Nothing);
            }

            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return NotWritable(step.Group, step.Target);
        }
        catch (IOException) when (step.Expected == Step.Nothing && folder.Look(step.Target) is not OnDisk.Absent)
        {
            return Findings.ChangedDuringRun(step.Group);
        }
    }

    private static void Discard(ProjectFolder folder, Journal journal)
    {
        foreach (var step in journal.Steps)
            DeleteStaged(folder, step, journal.Run);

        foreach (var made in journal.NewFolders.Reverse())
            DeleteIfEmpty(folder, made);
    }

    private static void DeleteStaged(ProjectFolder folder, Step step, string run)
    {
        var staged = Staged(step.Target, run);
        if (folder.Look(staged) is OnDisk.Regular)
            File.Delete(folder.Full(staged));
    }

    private static void PruneParents(ProjectFolder folder, string path)
    {
        foreach (var parent in PathRules.Parents(path).Reverse().Where(p => p is not (OwnPaths.Folder or OwnPaths.Bases or OwnPaths.Pendings)))
            DeleteIfEmpty(folder, parent);
    }

    private static void DeleteIfEmpty(ProjectFolder folder, string path)
    {
        var directory = new DirectoryInfo(folder.Full(path));
        if (folder.IsOrdinaryFolder(path) && !directory.EnumerateFileSystemInfos().Any())
            directory.Delete();
    }

    private void MakeParents(string path)
    {
        if (folder.Look(path) is OnDisk.Blocked { OnTheWay: true } blocked)
            throw new UnauthorizedAccessException(blocked.Reason);

        Directory.CreateDirectory(Path.GetDirectoryName(folder.Full(path))!);
    }

    private ImmutableArray<string> NewFolders(ImmutableArray<PlannedWrite> writes) =>
        [.. writes.Where(w => w.Content is not null).SelectMany(w => PathRules.Parents(w.Step.Target)).Distinct().Where(p => !Directory.Exists(folder.Full(p)))];

    // Beside the target, because a rename is atomic within one file system only.
    private static string Staged(string target, string run)
    {
        var slash = target.LastIndexOf('/') + 1;
        return $"{target[..slash]}.{target[slash..]}.{run}.duskstack";
    }
}

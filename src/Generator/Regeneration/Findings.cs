using DuskStack.Diagnostics;
using DuskStack.Regeneration.Merging;

namespace DuskStack.Regeneration;

/// <summary>What people are told about their files: each sentence says what happened, each hint what to do.</summary>
internal static class Findings
{
    public static Diagnostic Conflicted(string path, int count) => new(
        DiagnosticCodes.FileConflicted,
        Severity.Warning,
        null,
        $"in `{path}` you and its template changed the same lines, so it now holds both versions of {(count == 1 ? "one place" : $"{count} places")}, between `<<<<<<<` and `>>>>>>>`",
        Resolving(path));

    public static Diagnostic StillConflicted(string path, int line) => new(
        DiagnosticCodes.FileConflicted, Severity.Warning, null, $"`{path}` still holds the conflicts of an earlier run, from line {line} on", Resolving(path));

    public static Diagnostic NotMerged(string path, MergeResult result) => new(
        DiagnosticCodes.FileKept,
        Severity.Warning,
        null,
        $"`{path}` holds your edits and its template changed too; it was left as it is, because {Reason(result)}",
        Waiting(path));

    public static Diagnostic NotGenerated(string path) => new(
        DiagnosticCodes.FileNotGenerated,
        Severity.Warning,
        null,
        $"`{path}` exists and is not known to be generated, so it was left as it is",
        $"`duskstack adopt {path}` keeps yours and merges later changes into it (`--merge`: also the lines that it lacks now); `duskstack resolve {path} --theirs` takes the generated one; `duskstack eject {path}` leaves it alone for good");

    public static Diagnostic NotMoved(string from, string to, MergeResult result) => new(
        DiagnosticCodes.FileKept,
        Severity.Warning,
        null,
        $"`{from}` holds your edits and is now generated as `{to}`, with changes; it was left where and as it is, because {Reason(result)}",
        $"edit it until both go together and run again; the new version is `{OwnPaths.Pending(to)}`");

    public static Diagnostic Deleted(string path, bool changed) => new(
        DiagnosticCodes.FileDeleted,
        Severity.Warning,
        null,
        changed ? $"`{path}` was deleted by you and stays deleted, although its template changed" : $"`{path}` was deleted by you and stays deleted",
        $"to have it back: `duskstack restore {path}`");

    public static Diagnostic BlockDeleted(string path) => new(
        DiagnosticCodes.FileDeleted,
        Severity.Warning,
        null,
        $"the block of duskstack was removed from `{path}` and stays removed",
        $"to have it back: `duskstack restore {path}`");

    public static Diagnostic Orphaned(string path) => new(
        DiagnosticCodes.FileOrphaned,
        Severity.Warning,
        null,
        $"`{path}` is no longer generated, but holds your edits: it stays, and is yours from now on",
        "delete it when you do not need it any more");

    public static Diagnostic Refused(string path, string reason) => new(
        DiagnosticCodes.PathRefused,
        Severity.Error,
        null,
        $"`{path}` was not written: {reason}",
        "only ordinary files in ordinary folders of the project are written; nothing was changed there");

    public static Diagnostic ReadOnly(string path) => new(
        DiagnosticCodes.PathRefused, Severity.Error, null, $"`{path}` was not written: it is read-only", $"make it writable (`chmod u+w {path}`) and run again");

    public static Diagnostic ManifestOutside(string path) => new(
        DiagnosticCodes.PathRefused,
        Severity.Error,
        null,
        $"the manifest {Quoted.Text(path)} was not edited: it does not lie in the project's folder, where what is overwritten can be backed up",
        "edit it by hand and run `duskstack generate`");

    public static Diagnostic AdditionCompleted(string path) => new(
        DiagnosticCodes.RunInterrupted, Severity.Error, null, $"an interrupted `duskstack add` or `undo` was completed first, and with it `{path}`, which this run had read before", "run again");

    public static Diagnostic Source(string path) => new(
        DiagnosticCodes.PathRefused,
        Severity.Error,
        null,
        $"`{path}` was left as it is: the files are generated from it, although `{OwnPaths.State}` or `{OwnPaths.Bases}` calls it generated itself",
        $"delete `{OwnPaths.Base(path)}` and the file's line in `{OwnPaths.State}`");

    public static Diagnostic ChangedDuringRun(string path) => new(
        DiagnosticCodes.FileChangedDuringRun, Severity.Error, null, $"`{path}` was changed by somebody else during the run, so it was left as it is", "run again");

    public static Diagnostic StateBroken(string reason) => new(
        DiagnosticCodes.StateBroken,
        Severity.Error,
        null,
        $"`{OwnPaths.State}` cannot be read: {reason}",
        "run `duskstack repair`: it keeps what both sides of a merge say and builds the rest from `.duskstack/base`; no file of yours is touched");

    public static Diagnostic JournalBroken() => new(
        DiagnosticCodes.StateBroken,
        Severity.Error,
        null,
        $"`{OwnPaths.Journal}` of an interrupted run cannot be read",
        "run `duskstack repair`: it puts the journal beside the backups; then compare your files with the newest of those and run `duskstack generate`");

    public static Diagnostic StateNewer(string reason) => new(
        DiagnosticCodes.StateNewer, Severity.Error, null, $"`{OwnPaths.State}` was written by a newer duskstack: {reason}", "update the tool: `dotnet tool update duskstack`");

    public static Diagnostic Downgrade(ToolVersion templates, ToolVersion tool) => new(
        DiagnosticCodes.StateNewer,
        Severity.Error,
        null,
        $"the files were generated by duskstack {templates}, and this is {tool}",
        "update the tool (`dotnet tool update duskstack`), or go back on purpose with `--allow-downgrade`");

    public static Diagnostic FirstByOther(ToolVersion templates, ToolVersion tool) => new(
        DiagnosticCodes.NewProjectOfOther,
        Severity.Error,
        null,
        $"`dotnet new` of duskstack {templates} wrote this project, and nothing was generated since: duskstack {tool} cannot tell your edits from what it generates otherwise",
        $"run `dotnet tool exec duskstack@{templates} -- repair` once, which writes down what was generated; or delete `{OwnPaths.First}`, and every file that differs waits for you to compare it");

    public static Diagnostic OtherManifest(string before, string now) => new(
        DiagnosticCodes.PathRefused,
        Severity.Error,
        null,
        $"the files here were generated from {Quoted.Text(before)}, which still exists, and {Quoted.Text(now)} would replace them",
        "to have both, generate one of them into another folder with `--directory`; to go on with this one, rename or delete the other manifest");

    public static Diagnostic Locked() => new(
        DiagnosticCodes.StateLocked, Severity.Error, null, "another duskstack is at work in this folder", "wait until it has ended; a crashed one holds no lock");

    public static Diagnostic Interrupted() => new(
        DiagnosticCodes.RunInterrupted, Severity.Warning, null, "an earlier run was interrupted; the next `duskstack generate` completes it first");

    private static string Resolving(string path) =>
        $"edit it until no line with these signs is left, then run `duskstack resolve {path}`; `--ours` or `--theirs` takes one side of all its conflicts";

    private static string Waiting(string path) =>
        $"`duskstack diff {path}` shows what would change; take it over by hand and run `duskstack resolve {path}`, or take the new version as it is: `duskstack resolve {path} --theirs`";

    private static string Reason(MergeResult result) => result switch
    {
        MergeResult.Refused { Why: MergeRefusal.NotValid, Reason: var reason } => $"in what both make together {reason}",
        MergeResult.Refused { Reason: var reason } => reason,
        _ => "both changed the same lines",
    };
}

using DuskStack.Diagnostics;

namespace DuskStack.Regeneration.Commands;

/// <summary>What people are told by the commands that look after single files.</summary>
internal static class CommandFindings
{
    public static Diagnostic Unknown(string path, IReadOnlyCollection<string> known) => new(
        DiagnosticCodes.FileUnknown,
        Severity.Error,
        null,
        $"{Quoted.Text(path)} is no generated file of this project",
        Suggestions.Nearest(path, known) is { } near ? $"did you mean `{near}`? `duskstack status` lists them" : "`duskstack status` lists them");

    public static Diagnostic Cannot(string path, string why, string hint) => new(DiagnosticCodes.CommandDoesNotApply, Severity.Error, null, $"`{path}` {why}", hint);

    public static Diagnostic NothingToUndo() => new(
        DiagnosticCodes.NothingToUndo, Severity.Error, null, "there is no run that could be taken back", $"the last ten runs that wrote something are kept in `{OwnPaths.Backups}`, on the machine that ran them");

    public static Diagnostic NothingToRepair() => new(
        DiagnosticCodes.CommandDoesNotApply, Severity.Error, null, $"there is no `{OwnPaths.Folder}` here: nothing was generated in this folder yet", "run `duskstack generate`, or name the project's folder with `--directory`");

    public static Diagnostic ChangedSince(IReadOnlyCollection<string> paths) => new(
        DiagnosticCodes.ChangedSinceRun,
        Severity.Error,
        null,
        $"the last run was not taken back: {(paths.Count == 1 ? "a file was" : "files were")} changed since, {string.Join(", ", paths.Take(5).Select(p => $"`{p}`"))}{(paths.Count > 5 ? ", ..." : "")}",
        "single files come back with `duskstack restore PATH`");

    public static Diagnostic NotUndone(string path, string reason) => new(DiagnosticCodes.ChangedSinceRun, Severity.Error, null, $"the last run was not taken back: `{path}` {reason}", "single files come back with `duskstack restore PATH`");

    public static Diagnostic DamagedBase(string path) => new(
        DiagnosticCodes.StateBroken,
        Severity.Error,
        null,
        $"`{OwnPaths.Base(path)}` holds the conflict markers of a merge",
        "run `duskstack repair`: it takes what is generated now for the base, so what differs from it counts as your edits; no file of yours is touched");

    public static Diagnostic Repaired(string path) => new(
        DiagnosticCodes.BaseReplaced, Severity.Warning, null, $"`{OwnPaths.Base(path)}` was unusable and is now what is generated; what differs in `{path}` counts as your edits", $"`duskstack diff {path} --base` shows it");

    public static Diagnostic BaseDropped(string path) => new(
        DiagnosticCodes.BaseReplaced, Severity.Warning, null, $"`{OwnPaths.Base(path)}` was unusable and nothing is generated there any more: `{path}` is yours from now on", "delete it when you do not need it");

    public static Diagnostic NotRecorded(string path, string other) => new(
        DiagnosticCodes.OtherFilesNameIt, Severity.Warning, null, $"other files may still name `{path}`", $"`grep -rn '{path}' .` finds them; they are generated as if `{other}` were not there, so edit them or set the path in duskstack.yaml where it has a key for it");

    public static Diagnostic MarkersLeft(string path, IReadOnlyCollection<int> lines, int firstLine) => new(
        DiagnosticCodes.MarkersLeft,
        Severity.Error,
        null,
        $"`{path}` still holds conflict markers in line{(lines.Count == 1 ? "" : "s")} {string.Join(", ", lines.Take(8).Select(l => l + firstLine - 1))}{(lines.Count > 8 ? ", ..." : "")}",
        $"edit the lines between them and take the markers out; or choose for all of them: `duskstack resolve {path} --ours`, `--theirs` or `--union`");

    public static Diagnostic DamagedMarkers(string path, int line) => new(
        DiagnosticCodes.MarkersLeft, Severity.Error, null, $"the conflict markers of `{path}` are not whole at line {line}, so its sides cannot be told apart", $"take the markers out by hand, then `duskstack resolve {path} --done`");

    public static Diagnostic NoUnion(string path, string reason) => new(
        DiagnosticCodes.MarkersLeft,
        Severity.Error,
        null,
        $"the versions of `{path}` cannot be brought together: {reason}",
        $"bring them together by hand, then `duskstack resolve {path} --done`; or choose one: `--ours`, `--theirs`");

    public static Diagnostic AdoptedWithConflicts(string path, int count) => new(
        DiagnosticCodes.MarkersLeft,
        Severity.Warning,
        null,
        $"`{path}` holds the lines of both versions; {(count == 1 ? "one place is" : $"{count} places are")} between conflict markers, because both have something there",
        $"edit them and run `duskstack generate`, or choose for all: `duskstack resolve {path} --ours`, `--theirs` or `--union`");

    public static Diagnostic HoldsMarkers(string path) => new(
        DiagnosticCodes.MarkersLeft, Severity.Error, null, $"`{path}` holds the conflict markers of a merge", $"edit it; or take the generated one: `duskstack resolve {path} --theirs`");

    public static Diagnostic Drift(string path, string what) => new(DiagnosticCodes.Drift, Severity.Error, null, $"`{path}` {what}", "run `duskstack generate` and commit what it writes");

    public static Diagnostic NeverGenerated() => new(
        DiagnosticCodes.Drift, Severity.Error, null, $"there is no `{OwnPaths.State}`, so nothing is known of what was generated", "run `duskstack generate` and commit what it writes, `.duskstack` with it");

    public static Diagnostic EditedStrictly(string path) => new(
        DiagnosticCodes.EditedFile, Severity.Error, null, $"`{path}` holds edits, and `--strict` allows none", $"`duskstack diff {path} --base` shows them; `duskstack eject {path}` makes the file yours; `duskstack resolve {path} --theirs` gives them up");

    public static Diagnostic OrphanStrictly(string path) => new(
        DiagnosticCodes.EditedFile, Severity.Error, null, $"`{path}` is no longer generated and is still there, and `--strict` allows none", $"delete it, or make it yours: `duskstack eject {path}`");

    /// <param name="reason">What the system said.</param>
    /// <param name="recovered">True when nothing is left for the next run to do.</param>
    /// <param name="committed">True when files were being replaced.</param>
    public static Diagnostic Failed(string reason, bool recovered, bool committed) => new(
        DiagnosticCodes.RunFailed,
        Severity.Error,
        null,
        $"{Clause(reason)}; {(recovered ? committed ? "what was begun was completed" : "no file was changed" : "each file is either the old or the new one")}",
        recovered && !committed ? "free space on the disk, or make it writable, and run again" : "free space on the disk, or make it writable, and run `duskstack generate`: it completes what is left");

    private static string Clause(string reason) => reason.Length == 0 ? "the disk failed" : char.ToLowerInvariant(reason[0]) + reason[1..].TrimEnd('.');
}

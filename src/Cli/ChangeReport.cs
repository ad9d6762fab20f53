using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DuskStack.Diagnostics;
using DuskStack.Regeneration;

namespace DuskStack.Cli;

/// <summary>What a run did with every file, for people and for programs.</summary>
internal static class ChangeReport
{
    /// <summary>One line per file that is not simply up to date, then one for the whole.</summary>
    public static string Text(RegenerationResult result, bool dryRun, Terminal terminal)
    {
        var text = new StringBuilder();
        foreach (var change in result.Changes.Where(c => c.Action != FileAction.Unchanged))
            text.Append(terminal.PaintOut($"{Word(change.Action),-9}", ColorOf(change.Action))).Append(' ').Append(Quoted.Printable(PathOf(change))).Append('\n');

        if (!result.Changes.IsEmpty)
            text.Append(Summary(result, dryRun)).Append('\n');

        return text.ToString();
    }

    /// <summary>What a command did with the files it is about.</summary>
    public static string OfCommand(RegenerationResult result, Terminal terminal)
    {
        var lines = result.Changes.Where(c => c.Action != FileAction.Unchanged).Select(c => $"{terminal.PaintOut($"{Word(c.Action),-9}", ColorOf(c.Action))} {Quoted.Printable(PathOf(c))}\n");
        return string.Concat(lines) + (result.Backup is null ? "" : $"what was replaced is in {result.Backup}\n");
    }

    /// <param name="diagnostics">All findings.</param>
    /// <param name="result">Null when the manifest has errors.</param>
    /// <param name="dryRun">Nothing was written.</param>
    /// <param name="exit">The exit code.</param>
    /// <param name="diff">What a dry run would do to the manifest; null where it stays.</param>
    public static string Json(ImmutableArray<Diagnostic> diagnostics, RegenerationResult? result, bool dryRun, int exit, string? diff = null)
    {
        var report = new RunReport(
            exit,
            dryRun,
            [.. (result?.Changes ?? []).Select(c => new FileReport(c.Path, JsonWord(c.Action), c.Remove is { } from && from != c.Path ? from : null))],
            [.. diagnostics.Select(d => new DiagnosticReport(d.Code, d.Severity.ToString().ToLowerInvariant(), d.Span?.File, d.Span?.Line, d.Span?.Column, d.Message, d.Hint))],
            result?.Backup,
            diff);
        return JsonSerializer.Serialize(report, ReportJson.Default.RunReport) + "\n";
    }

    private static string Summary(RegenerationResult result, bool dryRun)
    {
        var kept = result.Changes.Count(c => c.Action == FileAction.Kept);
        var unchanged = result.Changes.Count(c => c.Action == FileAction.Unchanged);
        if (result.NothingToDo)
            return $"nothing to do: {Files(unchanged + kept)} up to date{(kept == 0 ? "" : $", {kept} with your edits")}";

        var counts = result.Changes.GroupBy(c => c.Action).OrderBy(g => g.Key == FileAction.Unchanged).ThenBy(g => g.Key).Select(g => $"{g.Count()} {Word(g.Key)}");
        var all = string.Join(", ", counts);
        if (dryRun)
            return $"dry run, nothing was written: {all}";

        return result.Backup is null ? all : $"{all}; what was replaced is in {result.Backup}";
    }

    private static string PathOf(FileChange change) => change.Action switch
    {
        FileAction.Moved when change.Remove is not null => $"{change.Remove} -> {change.Path}",
        FileAction.Conflicted when change.Remove is { } from => $"{from} -> {change.Path} (both versions, between markers)",
        FileAction.Conflicted => $"{change.Path} ({(change.Content is null ? "still " : "")}both versions, between markers)",
        FileAction.Kept => $"{change.Path} (your edits)",
        FileAction.StaysDeleted => $"{change.Path} (deleted by you)",
        FileAction.Pending => $"{change.Path} (new version: {OwnPaths.Pending(change.Path)})",
        _ => change.Path,
    };

    public static string Files(int count) => count == 1 ? "1 file is" : $"{count} files are";

    private static string Word(FileAction action) => action switch
    {
        FileAction.StaysDeleted => "absent",
        FileAction.Conflicted => "conflict",
        _ => action.ToString().ToLowerInvariant(),
    };

    private static string JsonWord(FileAction action) => JsonNamingPolicy.KebabCaseLower.ConvertName(action.ToString());

    private static Color ColorOf(FileAction action) => action switch
    {
        FileAction.Refused => Color.Red,
        FileAction.Pending or FileAction.Conflicted or FileAction.Orphaned => Color.Yellow,
        FileAction.Created or FileAction.Updated or FileAction.Moved or FileAction.Merged or FileAction.Adopted or FileAction.Resolved or FileAction.Ejected or FileAction.Restored or FileAction.Repaired => Color.Green,
        _ => Color.None,
    };
}

internal sealed record RunReport(int Exit, bool DryRun, ImmutableArray<FileReport> Files, ImmutableArray<DiagnosticReport> Diagnostics, string? Backup, string? Diff);

internal sealed record FileReport(string Path, string Action, string? MovedFrom);

internal sealed record DiagnosticReport(string Code, string Severity, string? File, int? Line, int? Column, string Message, string? Hint);

[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NewLine = "\n")]
[JsonSerializable(typeof(RunReport))]
internal sealed partial class ReportJson : JsonSerializerContext;

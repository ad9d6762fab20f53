using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using DuskStack.Diagnostics;
using DuskStack.Regeneration.Commands;

namespace DuskStack.Cli;

/// <summary>How each generated file stands.</summary>
internal static class StatusCommand
{
    public static Command Create(Terminal terminal, ProjectOptions project)
    {
        var json = new Option<bool>("--json") { Description = "Print the result as JSON" };
        var command = new Command("status", "Show how each generated file stands: edited, conflicted, deleted, ...") { json };
        ProjectCommand.SetAction(command, (result, _) =>
        {
            if (Inspection.Of(project.Bind(result), terminal, leaveAllData: true) is not { } found)
                return ExitCodes.Usage;

            if (found.Snapshot is null || found.DryRun.Changes.IsEmpty)
                return found.Stop(terminal);

            var files = FileState.Of(found.Snapshot, found.DryRun.Changes);
            terminal.Out.Write(result.GetValue(json) ? Json(files) : Text(terminal, files));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static string Text(Terminal terminal, ImmutableArray<FileState> files)
    {
        var lines = files.OrderBy(f => f.Path, StringComparer.Ordinal).Select(f => $"{terminal.PaintOut($"{Word(f.Standing),-10}", ColorOf(f.Standing))} {Quoted.Printable(f.Path)}{Note(f)}\n");
        var changed = files.Count(f => f.Outdated);
        var sum = string.Join(", ", files.GroupBy(f => f.Standing).OrderBy(g => g.Key).Select(g => $"{g.Count()} {Word(g.Key)}"));
        return $"{string.Concat(lines)}{sum}{(changed == 0 ? "" : $"; `duskstack generate` changes {changed}")}\n";
    }

    private static string Note(FileState file)
    {
        var notes = new[] { file.Rendered is { } home ? $"renamed from {Quoted.Printable(home)}" : null, file is { Outdated: true, Standing: not FileStanding.New } ? "a new version is there" : null };
        var said = string.Join("; ", notes.OfType<string>());
        return said.Length == 0 ? "" : $" ({said})";
    }

    private static string Json(ImmutableArray<FileState> files) => JsonSerializer.Serialize(
        new StatusReport([.. files.OrderBy(f => f.Path, StringComparer.Ordinal).Select(f => new StatusLine(f.Path, Word(f.Standing), f.Outdated, f.Rendered))]), StatusJson.Default.StatusReport) + "\n";

    private static string Word(FileStanding standing) => JsonNamingPolicy.KebabCaseLower.ConvertName(standing.ToString());

    private static Color ColorOf(FileStanding standing) => standing switch
    {
        FileStanding.Conflicted or FileStanding.Waiting or FileStanding.InTheWay or FileStanding.Refused => Color.Red,
        FileStanding.Edited or FileStanding.Orphaned or FileStanding.Deleted => Color.Yellow,
        FileStanding.New => Color.Green,
        _ => Color.None,
    };
}

internal sealed record StatusReport(ImmutableArray<StatusLine> Files);

internal sealed record StatusLine(string Path, string Standing, bool Outdated, string? Rendered);

[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NewLine = "\n")]
[JsonSerializable(typeof(StatusReport))]
internal sealed partial class StatusJson : JsonSerializerContext;

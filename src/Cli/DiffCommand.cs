using System.CommandLine;
using DuskStack.Regeneration.Commands;

namespace DuskStack.Cli;

/// <summary>Shows what the next <c>generate</c> changes, or what a person did.</summary>
internal static class DiffCommand
{
    public static Command Create(Terminal terminal, ProjectOptions project)
    {
        var path = ProjectCommand.OptionalPathArgument(project, "One file only");
        var edits = new Option<bool>("--base") { Description = "Show your edits: what was generated last, and what is there" };
        var template = new Option<bool>("--template") { Description = "Show what is new: what was generated last, and what would be now" };
        var exitCode = new Option<bool>("--exit-code") { Description = "End with 2 when there is a difference" };
        var command = new Command("diff", "Show what `generate` would change, as a unified diff; for an open conflict, what waits") { path, edits, template, exitCode };
        command.Validators.Add(result =>
        {
            if (result.GetValue(edits) && result.GetValue(template))
                result.AddError("choose one of --base and --template");
        });
        ProjectCommand.SetAction(command, (result, _) =>
        {
            var kind = result.GetValue(edits) ? DiffKind.Edits : result.GetValue(template) ? DiffKind.Template : DiffKind.Result;
            return Run(terminal, project.Bind(result), result.GetValue(path), kind, result.GetValue(exitCode));
        });
        return command;
    }

    private static int Run(Terminal terminal, ProjectLocation location, string? written, DiffKind kind, bool exitCode)
    {
        if (Inspection.Of(location, terminal, leaveAllData: true) is not { } found)
            return ExitCodes.Usage;

        if (found.Snapshot is not { } snapshot || found.DryRun.Changes.IsEmpty)
            return found.Stop(terminal);

        var file = written is null ? null : KnownPaths.OfProject(location, written);
        if (found.Changes(file) is not { } changes)
        {
            found.Project.Report(terminal, FileCommands.Unknown(snapshot, file!).Findings);
            return ExitCodes.Usage;
        }

        var differences = Differences.Of(snapshot, changes, kind);
        foreach (var (_, text) in differences)
            terminal.Out.Write(Paint(terminal, Readable.Of(text)));

        return exitCode && !differences.IsEmpty ? ExitCodes.Drift : ExitCodes.Ok;
    }

    /// <summary>A unified diff in the colours that people know.</summary>
    public static string Paint(Terminal terminal, string text) => !terminal.OutHasColor ? text : string.Join('\n', text.Split('\n').Select(line => line switch
    {
        ['+', ..] => terminal.PaintOut(line, Color.Green),
        ['-', ..] => terminal.PaintOut(line, Color.Red),
        ['@', '@', ..] => terminal.PaintOut(line, Color.Yellow),
        _ => line,
    }));
}

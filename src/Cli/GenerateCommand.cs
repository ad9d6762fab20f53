using System.CommandLine;
using DuskStack.Regeneration;
using DuskStack.Regeneration.Commands;

namespace DuskStack.Cli;

/// <summary>Writes every file that the manifest asks for, and leaves what people edited alone.</summary>
internal static class GenerateCommand
{
    public static Command Create(Terminal terminal, ProjectOptions project)
    {
        var options = new GenerateOptions();
        var command = new Command("generate", "Generate all files, keeping what you edited");
        command.Aliases.Add("update");
        foreach (var option in options.All)
            command.Options.Add(option);

        ProjectCommand.SetAction(command, (result, cancellation) => Run(terminal, project.Bind(result), options.Bind(result), cancellation));
        return command;
    }

    private static int Run(Terminal terminal, ProjectLocation location, GenerateSettings settings, CancellationToken cancellation) =>
        Run(terminal, location, settings, PlannedProject.Read(location, settings.Starter), null, cancellation);

    /// <summary>Generates what a project's manifest asks for, as it lies there or as it is edited.</summary>
    public static int Run(Terminal terminal, ProjectLocation location, GenerateSettings settings, PlannedProject project, ManifestEdit? edit, CancellationToken cancellation)
    {
        if (project.HasErrors)
        {
            if (settings.Json)
                terminal.Out.Write(ChangeReport.Json(project.Generation.Diagnostics, null, settings.DryRun, ExitCodes.Usage));

            project.Report(terminal);
            return ExitCodes.Usage;
        }

        var request = ProjectCommand.Request(project, location) with { LeaveData = settings.LeaveData, DryRun = settings.DryRun, AllowDowngrade = settings.AllowDowngrade, KeepConflicts = settings.KeepConflicts, Edit = edit };
        var result = Regenerator.Run(location.FullDirectory, request, cancellation: cancellation);
        var exit = ExitCodes.Of(result.Outcome);
        var diagnostics = project.Generation.Diagnostics.AddRange(result.Diagnostics);
        project.Report(terminal, diagnostics);
        var diff = edit is not null && settings.DryRun && !result.Changes.IsEmpty ? Readable.Of(UnifiedDiff.Of(edit.Path, edit.Before, edit.After)) : null;
        if (diff is not null && !settings.Json)
            terminal.Out.Write(DiffCommand.Paint(terminal, diff));

        terminal.Out.Write(settings.Json ? ChangeReport.Json(diagnostics, result, settings.DryRun, exit, diff) : ChangeReport.Text(result, settings.DryRun, terminal));
        return exit;
    }
}

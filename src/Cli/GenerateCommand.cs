using System.CommandLine;
using DuskStack.Regeneration;

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

    private static int Run(Terminal terminal, ProjectLocation location, GenerateSettings settings, CancellationToken cancellation)
    {
        var project = PlannedProject.Read(location, settings.Starter);
        if (project.HasErrors)
        {
            if (settings.Json)
                terminal.Out.Write(ChangeReport.Json(project.Generation.Diagnostics, null, settings.DryRun, ExitCodes.Usage));

            project.Report(terminal);
            return ExitCodes.Usage;
        }

        var request = ProjectCommand.Request(project, location) with { LeaveData = settings.LeaveData, DryRun = settings.DryRun, AllowDowngrade = settings.AllowDowngrade, KeepConflicts = settings.KeepConflicts };
        var result = Regenerator.Run(location.FullDirectory, request, cancellation: cancellation);
        var exit = ExitCodes.Of(result.Outcome);
        var diagnostics = project.Generation.Diagnostics.AddRange(result.Diagnostics);
        project.Report(terminal, diagnostics);
        terminal.Out.Write(settings.Json ? ChangeReport.Json(diagnostics, result, settings.DryRun, exit) : ChangeReport.Text(result, settings.DryRun, terminal));
        return exit;
    }
}

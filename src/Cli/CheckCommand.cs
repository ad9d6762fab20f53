using System.CommandLine;
using DuskStack.Regeneration;
using DuskStack.Regeneration.Commands;

namespace DuskStack.Cli;

/// <summary>For CI and hooks: is everything as it is generated?</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal, ProjectOptions project)
    {
        var strict = new Option<bool>("--strict") { Description = "Also fail on edits, and on files that are no longer generated" };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON" };
        var command = new Command("check", "Fail when `generate` would change anything or a conflict is open; writes nothing") { strict, json };
        ProjectCommand.SetAction(command, (result, _) => Run(terminal, project.Bind(result), result.GetValue(strict), result.GetValue(json)));
        return command;
    }

    private static int Run(Terminal terminal, ProjectLocation location, bool strict, bool json)
    {
        var project = PlannedProject.Read(location);
        if (project.HasErrors)
        {
            if (json)
                terminal.Out.Write(ChangeReport.Json(project.Generation.Diagnostics, null, dryRun: true, ExitCodes.Usage));

            project.Report(terminal);
            return ExitCodes.Usage;
        }

        var request = ProjectCommand.Request(project, location) with { DryRun = true };
        var (snapshot, stopped) = Regenerator.Look(location.FullDirectory, request);
        var dryRun = stopped ?? Regenerator.Run(location.FullDirectory, request);
        var (outcome, findings) = snapshot is null || dryRun.Changes.IsEmpty ? (dryRun.Outcome, dryRun.Diagnostics) : Checking.Decide(snapshot, dryRun, strict);
        var exit = ExitCodes.Of(outcome);
        var diagnostics = project.Generation.Diagnostics.AddRange(findings);
        project.Report(terminal, diagnostics);
        if (json)
            terminal.Out.Write(ChangeReport.Json(diagnostics, dryRun, dryRun: true, exit));
        else if (exit == ExitCodes.Ok)
            terminal.Out.WriteLine($"{ChangeReport.Files(dryRun.Changes.Count(c => !OwnPaths.IsOwn(c.Path)))} as generated");

        return exit;
    }
}

using System.CommandLine;
using DuskStack.Regeneration;

namespace DuskStack.Cli;

/// <summary>Builds the state again after a merge, or after somebody edited it.</summary>
internal static class RepairCommand
{
    public static Command Create(Terminal terminal, ProjectOptions project)
    {
        var command = new Command("repair", "Build a broken .duskstack/state.json again; touches no file of yours");
        ProjectCommand.SetAction(command, (result, cancellation) =>
        {
            var location = project.Bind(result);
            var planned = PlannedProject.Read(location);
            if (planned.HasErrors)
            {
                planned.Report(terminal);
                return ExitCodes.Usage;
            }

            var done = Regenerator.Repair(location.FullDirectory, ProjectCommand.Request(planned, location), cancellation: cancellation);
            var exit = ProjectCommand.Tell(terminal, planned, done);
            if (exit == ExitCodes.Ok)
                terminal.Out.WriteLine("the state is whole; go on with `duskstack generate`");

            return exit;
        });
        return command;
    }
}

using System.CommandLine;
using DuskStack.Regeneration;

namespace DuskStack.Cli;

/// <summary>Takes the last run back.</summary>
internal static class UndoCommand
{
    public static Command Create(Terminal terminal, ProjectOptions project)
    {
        var command = new Command("undo", "Take the last run back, when nothing that it wrote was changed since; undone twice is done again");
        ProjectCommand.SetAction(command, (result, cancellation) =>
        {
            var location = project.Bind(result);
            var planned = PlannedProject.Read(location);
            return ProjectCommand.Tell(terminal, planned, Regenerator.Undo(location.FullDirectory, ProjectCommand.Request(planned, location) with { Files = [] }, cancellation: cancellation));
        });
        return command;
    }
}

using System.CommandLine;
using DuskStack.Regeneration;
using DuskStack.Regeneration.Commands;

namespace DuskStack.Cli;

/// <summary>Gives a generated file another path for good.</summary>
internal static class MoveCommand
{
    public static Command Create(Terminal terminal, ProjectOptions project)
    {
        var from = ProjectCommand.PathArgument(project, "old", "The generated file");
        var to = new Argument<string>("new") { Description = "Where it is generated from now on" };
        var command = new Command("mv", "Rename a generated file; what you edited goes along, and later versions are merged there") { from, to };
        ProjectCommand.SetAction(command, (result, cancellation) =>
        {
            var location = project.Bind(result);
            var planned = PlannedProject.Read(location);
            var (old, now) = (KnownPaths.OfProject(location, result.GetRequiredValue(from)), KnownPaths.OfProject(location, result.GetRequiredValue(to)));
            var done = Regenerator.Apply(
                location.FullDirectory, ProjectCommand.Request(planned, location) with { Files = [], Paths = [old, now] }, snapshot => FileCommands.Move(snapshot, old, now), cancellation: cancellation);
            return ProjectCommand.Tell(terminal, planned, done);
        });
        return command;
    }
}

using System.CommandLine;
using DuskStack.Regeneration;
using DuskStack.Regeneration.Commands;

namespace DuskStack.Cli;

/// <summary>Makes generated files the user's own.</summary>
internal static class EjectCommand
{
    public static Command Create(Terminal terminal, ProjectOptions project)
    {
        var path = ProjectCommand.OptionalPathArgument(project, "The file that becomes yours");
        var all = new Option<bool>("--all") { Description = "Make every generated file yours" };
        var command = new Command("eject", "Make a generated file yours: it stays as it is and is never read or written again") { path, all };
        command.Validators.Add(result =>
        {
            if (result.GetValue(path) is null == !result.GetValue(all))
                result.AddError("give a path, or --all for every file");
        });
        ProjectCommand.SetAction(command, (result, cancellation) =>
        {
            var location = project.Bind(result);
            var planned = PlannedProject.Read(location);
            var file = result.GetValue(path) is { } written ? KnownPaths.OfProject(location, written) : null;
            var done = Regenerator.Apply(
                location.FullDirectory,
                ProjectCommand.Request(planned, location) with { Files = [] },
                snapshot => file is null ? FileCommands.EjectAll(snapshot) : FileCommands.Eject(snapshot, file),
                cancellation: cancellation);
            return ProjectCommand.Tell(terminal, planned, done);
        });
        return command;
    }
}

using System.CommandLine;
using DuskStack.Regeneration;
using DuskStack.Regeneration.Commands;

namespace DuskStack.Cli;

/// <summary>Brings one file back.</summary>
internal static class RestoreCommand
{
    public static Command Create(Terminal terminal, ProjectOptions project)
    {
        var path = ProjectCommand.PathArgument(project, "path", "The file that comes back");
        var command = new Command("restore", "Bring a deleted file back as it is generated, or another one as it was before it was last overwritten") { path };
        ProjectCommand.SetAction(command, (result, cancellation) =>
        {
            var location = project.Bind(result);
            var planned = PlannedProject.Read(location);
            var file = KnownPaths.OfProject(location, result.GetRequiredValue(path));
            var request = ProjectCommand.Request(planned, location) with { Paths = [file] };
            var done = Regenerator.Apply(
                location.FullDirectory,
                request,
                snapshot => FileCommands.Restore(snapshot, file, Regenerator.Backup(location.FullDirectory, file, snapshot.File(file)), request.Files),
                cancellation: cancellation);
            return ProjectCommand.Tell(terminal, planned, done);
        });
        return command;
    }
}

using System.CommandLine;
using DuskStack.Regeneration;
using DuskStack.Regeneration.Commands;
using DuskStack.Regeneration.Merging;

namespace DuskStack.Cli;

/// <summary>Closes a conflict.</summary>
internal static class ResolveCommand
{
    public static Command Create(Terminal terminal, ProjectOptions project)
    {
        var path = ProjectCommand.PathArgument(project, "path", "The file with the conflict");
        var ours = new Option<bool>("--ours") { Description = "Where both changed something, keep your lines" };
        var theirs = new Option<bool>("--theirs") { Description = "Where both changed something, take the generated lines; without a conflict, give your edits up" };
        var union = new Option<bool>("--union") { Description = "Where both changed something, keep yours and then the generated lines" };
        var done = new Option<bool>("--done") { Description = "The file is as it should be; refused while conflict markers are left [default]" };
        var command = new Command("resolve", "Close the conflict in a file; what is taken out of it is backed up") { path, ours, theirs, union, done };
        command.Validators.Add(result =>
        {
            if (new[] { ours, theirs, union, done }.Count(o => result.GetValue(o)) > 1)
                result.AddError("choose one of --ours, --theirs, --union and --done");
        });
        ProjectCommand.SetAction(command, (result, cancellation) =>
        {
            MergeSide? side = result.GetValue(ours) ? MergeSide.Ours : result.GetValue(theirs) ? MergeSide.Theirs : result.GetValue(union) ? MergeSide.Union : null;
            var location = project.Bind(result);
            var planned = PlannedProject.Read(location);
            var file = KnownPaths.OfProject(location, result.GetRequiredValue(path));
            var closed = Regenerator.Apply(
                location.FullDirectory, ProjectCommand.Request(planned, location) with { Files = [], Paths = [file] }, snapshot => Resolving.Decide(snapshot, file, side), cancellation: cancellation);
            return ProjectCommand.Tell(terminal, planned, closed);
        });
        return command;
    }
}

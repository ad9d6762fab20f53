using System.CommandLine;
using DuskStack.Regeneration;
using DuskStack.Regeneration.Commands;

namespace DuskStack.Cli;

/// <summary>Takes a file that is there already under management.</summary>
internal static class AdoptCommand
{
    public static Command Create(Terminal terminal, ProjectOptions project)
    {
        var path = ProjectCommand.PathArgument(project, "path", "The file, where one is generated");
        var ours = new Option<bool>("--ours") { Description = "Leave it as it is; what differs from the generated one counts as your edits [default]" };
        var merge = new Option<bool>("--merge") { Description = "Bring the lines of the generated one into it" };
        var command = new Command("adopt", "Have an existing file looked after: later changes of its template are merged into it") { path, ours, merge };
        command.Validators.Add(result =>
        {
            if (result.GetValue(ours) && result.GetValue(merge))
                result.AddError("choose one of --ours and --merge");
        });
        ProjectCommand.SetAction(command, (result, cancellation) =>
        {
            var location = project.Bind(result);
            var planned = PlannedProject.Read(location);
            if (planned.HasErrors)
            {
                planned.Report(terminal);
                return ExitCodes.Usage;
            }

            var file = KnownPaths.OfProject(location, result.GetRequiredValue(path));
            var request = ProjectCommand.Request(planned, location) with { Paths = [file] };
            var adopted = Regenerator.Apply(
                location.FullDirectory, request, snapshot => Adopting.Decide(snapshot, file, request.Files, result.GetValue(merge)), cancellation: cancellation);
            return ProjectCommand.Tell(terminal, planned, adopted);
        });
        return command;
    }
}

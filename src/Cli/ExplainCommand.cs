using System.CommandLine;
using DuskStack.Planning;

namespace DuskStack.Cli;

/// <summary>Prints the Plan: the manifest with every default decided.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal, ProjectOptions project)
    {
        var command = new Command("explain", "Show what the manifest means, with every default decided");
        command.SetAction(result =>
        {
            var planned = PlannedProject.Read(project.Bind(result));
            planned.Report(terminal);
            if (planned.HasErrors)
                return ExitCodes.Usage;

            terminal.Out.Write(ExplainText.Write(planned.Generation.Plan!));
            return ExitCodes.Ok;
        });
        return command;
    }
}

using System.CommandLine;
using DuskStack.Planning;

namespace DuskStack.Cli;

/// <summary>Prints the Plan: the manifest with every default decided.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal, ProjectOptions project)
    {
        var json = new Option<bool>("--json") { Description = "Print the result as JSON" };
        var command = new Command("explain", "Show what the manifest means, with every default decided") { json };
        command.SetAction(result =>
        {
            var planned = PlannedProject.Read(project.Bind(result));
            planned.Report(terminal);
            if (planned.HasErrors)
                return ExitCodes.Usage;

            terminal.Out.Write(result.GetValue(json) ? ExplainJson.Write(planned.Generation.Plan!) : ExplainText.Write(planned.Generation.Plan!));
            return ExitCodes.Ok;
        });
        return command;
    }
}

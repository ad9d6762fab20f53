using System.CommandLine;
using DuskStack.Manifests;

namespace DuskStack.Cli;

/// <summary>Prints the JSON Schema of the manifest, for editors and other programs.</summary>
internal static class SchemaCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("schema", "Print the JSON Schema of duskstack.yaml");
        command.SetAction(_ =>
        {
            terminal.Out.Write(JsonSchema.Write());
            return ExitCodes.Ok;
        });
        return command;
    }
}

using System.CommandLine;
using DuskStack.Diagnostics;
using DuskStack.Manifests;

namespace DuskStack.Cli;

/// <summary>Prints the JSON Schema of the manifest, for editors and other programs, or what is known about one setting.</summary>
internal static class SchemaCommand
{
    public static Command Create(Terminal terminal)
    {
        var setting = new Argument<string?>("setting")
        {
            Description = "Describe this key only, such as services.api.port",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("schema", "Print the JSON Schema of duskstack.yaml, or describe one setting") { setting };
        command.SetAction(result => Run(terminal, result.GetValue(setting)));
        return command;
    }

    private static int Run(Terminal terminal, string? setting)
    {
        if (setting is null)
        {
            terminal.Out.Write(JsonSchema.Write());
            return ExitCodes.Ok;
        }

        var lines = SettingsHelp.Lines(setting);
        if (lines.IsEmpty)
        {
            var near = SettingsHelp.Nearest(setting);
            terminal.Error.WriteLine($"error: there is no setting {Quoted.Text(setting)}");
            terminal.Error.WriteLine(near is null ? $"hint: the keys at the top are {string.Join(", ", SettingTree.All.Where(s => !s.Path.Contains('.', StringComparison.Ordinal)).Select(s => s.Path))}" : $"hint: did you mean `{near}`?");
            return ExitCodes.Usage;
        }

        foreach (var line in lines)
            terminal.Out.WriteLine(line);
        return ExitCodes.Ok;
    }
}

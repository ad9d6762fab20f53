using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace DuskStack.Cli;

/// <summary>All commands, and how one of them is run to an exit code.</summary>
public static class CommandTree
{
    /// <summary>After Ctrl-C: time to take away what a verification has started.</summary>
    private static readonly TimeSpan TakeDown = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellation = default)
    {
        var parsed = Create(terminal).Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            terminal.Complain(Mistake(parsed), Hint(parsed.CommandResult.Command));
            return ExitCodes.Usage;
        }

        try
        {
            // Exceptions are ours to report: the library would print a stack trace, and nothing at all for a cancellation.
            var configuration = new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TakeDown };
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync("cancelled; no file was changed");
            return ExitCodes.Cancelled;
        }
    }

    // The library says 'x' where messages of this tool say `x`, and that a command is missing where one is misspelt.
    private static string Mistake(ParseResult parsed) => parsed.Tokens.Count == 0
        ? "no command was given"
        : string.Join("; ", parsed.Errors.Where(e => parsed.UnmatchedTokens.Count == 0 || e.SymbolResult is not CommandResult || e.Message.Contains('\'', StringComparison.Ordinal))
            .Select(e => char.ToLowerInvariant(e.Message[0]) + e.Message[1..].TrimEnd('.').Replace('\'', '`')).Distinct());

    private static string Hint(Command command) => command is RootCommand
        ? $"known commands: {string.Join(", ", command.Subcommands.Select(c => c.Name).Order(StringComparer.Ordinal))}; `duskstack --help` describes them"
        : $"`duskstack {WordsOf(command)} --help` shows what it takes";

    // `add service`.
    private static string WordsOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand ? $"{WordsOf(parent)} {command.Name}" : command.Name;

    /// <summary>The tree itself, for whoever only asks what could be typed.</summary>
    public static RootCommand Create(Terminal terminal)
    {
        var project = new ProjectOptions();
        var root = new RootCommand("Generates, and keeps up to date, the whole container set-up of a product from one duskstack.yaml.")
        {
            GenerateCommand.Create(terminal, project),
            AddCommand.Create(terminal, project),
            DiffCommand.Create(terminal, project),
            CheckCommand.Create(terminal, project),
            StatusCommand.Create(terminal, project),
            ResolveCommand.Create(terminal, project),
            AdoptCommand.Create(terminal, project),
            EjectCommand.Create(terminal, project),
            RestoreCommand.Create(terminal, project),
            MoveCommand.Create(terminal, project),
            RepairCommand.Create(terminal, project),
            UndoCommand.Create(terminal, project),
            ExplainCommand.Create(terminal, project),
            VerifyCommand.Create(terminal, project),
            SchemaCommand.Create(terminal),
        };
        foreach (var option in project.All)
            root.Options.Add(option);

        foreach (var option in root.Options)
        {
            if (option is HelpOption)
                option.Action = new HelpWithExamples();
            else if (option is VersionOption)
                option.Action = new PrintVersion(terminal);
        }

        return root;
    }

    private sealed class PrintVersion(Terminal terminal) : SynchronousCommandLineAction
    {
        public override bool Terminating => true;

        public override int Invoke(ParseResult parseResult)
        {
            terminal.Out.WriteLine(ToolVersion.Current);
            return ExitCodes.Ok;
        }
    }
}

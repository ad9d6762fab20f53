using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;
using DuskStack.Planning;
using DuskStack.Regeneration;

namespace DuskStack.Cli;

/// <summary>What the commands about a generated project have in common: where it is, what it is made of, how a result is told.</summary>
internal static class ProjectCommand
{
    /// <summary>Off the calling thread, so that Ctrl-C is heard while files are staged.</summary>
    public static void SetAction(Command command, Func<ParseResult, CancellationToken, int> run) =>
        command.SetAction((result, cancellation) => Task.Run(() => run(result, cancellation), cancellation));

    public static RegenerationRequest Request(PlannedProject project, ProjectLocation location) => new()
    {
        Files = project.Generation.Files,
        Tool = ToolVersion.Current,
        Now = DateTimeOffset.UtcNow,
        Inputs = RegenerationRequest.InputsOf(location.ManifestPath, project.Generation.Plan),
        RenderFirst = manifest => Generator.Run(new(OwnPaths.First, Encoding.UTF8.GetBytes(manifest)), (_, _) => null, new Facts { Today = DateOnly.FromDateTime(DateTime.UtcNow) }).Files,
        OwnFiles = OwnFiles.With(project.Schema.GetAwaiter().GetResult()),
        Sources = project.Sources.Keys.Append(location.FullFile).Select(name => RelativePath.Real(location.FullDirectory, name)).ToImmutableHashSet(StringComparer.OrdinalIgnoreCase),
    };

    /// <summary>Prints what a run did, and gives its exit code.</summary>
    public static int Tell(Terminal terminal, PlannedProject project, RegenerationResult result)
    {
        project.Report(terminal, result.Diagnostics);
        terminal.Out.Write(ChangeReport.OfCommand(result, terminal));
        return ExitCodes.Of(result.Outcome);
    }

    /// <summary>The path of a generated file, completed from those that the state knows.</summary>
    public static Argument<string> PathArgument(ProjectOptions project, string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.CompletionSources.Add(context => Completions(project, context));
        return argument;
    }

    /// <inheritdoc cref="PathArgument"/>
    public static Argument<string?> OptionalPathArgument(ProjectOptions project, string description)
    {
        var argument = new Argument<string?>("path") { Description = description, Arity = ArgumentArity.ZeroOrOne };
        argument.CompletionSources.Add(context => Completions(project, context));
        return argument;
    }

    private static IEnumerable<CompletionItem> Completions(ProjectOptions project, CompletionContext context)
    {
        if (project.TryBind(context.ParseResult) is not { } location)
            return [];

        var word = context.WordToComplete;
        return KnownPaths.In(location, ToolVersion.Current).Where(p => p.StartsWith(word, StringComparison.Ordinal)).Select(p => new CompletionItem(p));
    }
}

using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;
using DuskStack.Regeneration;
using DuskStack.Regeneration.Commands;

namespace DuskStack.Cli;

/// <summary>What the commands about a generated project have in common: where it is, what it is made of, how a result is told.</summary>
internal static class ProjectCommand
{
    // What lies in the tool's own folder and belongs to one machine only.
    private const string Ignored = """
        # Local to one machine; everything else here belongs into the repository.
        backup/
        txn/
        lock

        """;

    // A base is compared byte by byte, whatever a machine does to line ends, and nobody reviews it.
    private const string Attributes = """
        base/** text eol=lf linguist-generated
        state.json text eol=lf linguist-generated
        schema.json text eol=lf linguist-generated

        """;

    /// <summary>Off the calling thread, so that Ctrl-C is heard while files are staged.</summary>
    public static void SetAction(Command command, Func<ParseResult, CancellationToken, int> run) =>
        command.SetAction((result, cancellation) => Task.Run(() => run(result, cancellation), cancellation));

    public static RegenerationRequest Request(PlannedProject project, ProjectLocation location) => new()
    {
        Files = project.Generation.Files,
        Tool = ThisTool.Version,
        Now = DateTimeOffset.UtcNow,
        Inputs = (project.Generation.Plan is { } plan ? DataAtRisk.Inputs(plan) : ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal))
            .SetItem(RegenerationRequest.Manifest, location.ManifestPath),
        OwnFiles = [new(OwnPaths.Ignore, Ignored, Once: true), new(OwnPaths.Attributes, Attributes, Once: true), new(OwnPaths.Schema, project.Schema.GetAwaiter().GetResult())],
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
        return KnownPaths.In(location, ThisTool.Version).Where(p => p.StartsWith(word, StringComparison.Ordinal)).Select(p => new CompletionItem(p));
    }
}

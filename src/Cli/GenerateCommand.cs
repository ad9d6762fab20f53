using System.Collections.Immutable;
using System.CommandLine;
using DuskStack.Manifests;
using DuskStack.Regeneration;

namespace DuskStack.Cli;

/// <summary>Writes every file that the manifest asks for, and leaves what people edited alone.</summary>
internal static class GenerateCommand
{
    // What lies in the tool's own folder and belongs to one machine only.
    private const string Ignored = """
        # Local to one machine; everything else here belongs into the repository.
        backup/
        txn/
        lock

        """;

    public static Command Create(Terminal terminal, ProjectOptions project)
    {
        var options = new GenerateOptions();
        var command = new Command("generate", "Generate all files, keeping what you edited");
        command.Aliases.Add("update");
        foreach (var option in options.All)
            command.Options.Add(option);

        // Off the calling thread, so that Ctrl-C is heard while files are staged.
        command.SetAction((result, cancellation) => Task.Run(() => Run(terminal, project.Bind(result), options.Bind(result), cancellation), cancellation));
        return command;
    }

    private static int Run(Terminal terminal, ProjectLocation location, GenerateSettings settings, CancellationToken cancellation)
    {
        var project = PlannedProject.Read(location, settings.Starter);
        if (project.HasErrors)
        {
            if (settings.Json)
                terminal.Out.Write(ChangeReport.Json(project.Generation.Diagnostics, null, settings.DryRun, ExitCodes.Usage));

            project.Report(terminal);
            return ExitCodes.Usage;
        }

        var result = Regenerator.Run(location.FullDirectory, Request(project, location, settings), cancellation: cancellation);
        var exit = ExitCodes.Of(result.Outcome);
        var diagnostics = project.Generation.Diagnostics.AddRange(result.Diagnostics);
        project.Report(terminal, diagnostics);
        terminal.Out.Write(settings.Json ? ChangeReport.Json(diagnostics, result, settings.DryRun, exit) : ChangeReport.Text(result, settings.DryRun, terminal));
        return exit;
    }

    private static RegenerationRequest Request(PlannedProject project, ProjectLocation location, GenerateSettings settings) => new()
    {
        Files = project.Generation.Files,
        Tool = ThisTool.Version,
        Now = DateTimeOffset.UtcNow,
        Inputs = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .Add(RegenerationRequest.Manifest, Path.GetRelativePath(location.FullDirectory, location.FullFile).Replace('\\', '/')),
        OwnFiles = [new(OwnPaths.Ignore, Ignored, Once: true), new(OwnPaths.Schema, JsonSchema.Write())],
        Sources = project.Sources.Keys.Select(name => RelativePath.Real(location.FullDirectory, name)).ToImmutableHashSet(StringComparer.OrdinalIgnoreCase),
        DryRun = settings.DryRun,
        AllowDowngrade = settings.AllowDowngrade,
        KeepConflicts = settings.KeepConflicts,
    };
}

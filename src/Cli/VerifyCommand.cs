using System.CommandLine;
using DuskStack.Containers;
using DuskStack.Containers.Verification;
using DuskStack.Containers.Verification.Reports;
using DuskStack.Diagnostics;

namespace DuskStack.Cli;

/// <summary>Proves on a real engine what the manifest promises.</summary>
internal static class VerifyCommand
{
    public static Command Create(Terminal terminal, ProjectOptions project)
    {
        var options = new VerifyOptions();
        var command = new Command("verify", "Lint all files, build and measure the images, run production hardened and probe it") { options.Services };
        foreach (var option in options.All)
            command.Options.Add(option);

        command.SetAction((result, cancellation) => RunAsync(terminal, project.Bind(result), options.Bind(result), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, ProjectLocation location, VerifySettings settings, CancellationToken cancellation)
    {
        var project = PlannedProject.Read(location);
        project.Report(terminal);
        if (project.HasErrors)
            return ExitCodes.Usage;

        var plan = project.Generation.Plan!;
        if (settings.Services.FirstOrDefault(s => plan.Containers.All(c => c.Name != s)) is { } unknown)
        {
            terminal.Complain($"there is no service {Quoted.Text(unknown)}", $"services of this project: {string.Join(", ", plan.Containers.Select(c => c.Name))}");
            return ExitCodes.Usage;
        }

        if (settings.Checks.FirstOrDefault(n => CheckList.All.All(c => c.Name != n)) is { } nothing)
        {
            terminal.Complain($"there is no check {Quoted.Text(nothing)}", $"known checks: {string.Join(", ", CheckList.All.Select(c => c.Name))}");
            return ExitCodes.Usage;
        }

        // A check needs its own part only.
        var stages = settings.Checks.IsEmpty ? settings.Stages : settings.Stages.Intersect(settings.Checks.Select(n => CheckList.Named(n).Stage));
        var found = await Engine.Find(settings.Engine, cancellation);
        var request = new VerifyRequest(location.FullDirectory, plan, project.Generation.Files) { Stages = stages, Checks = settings.Checks, Services = settings.Services, Keep = settings.Keep };
        var report = await VerifyProgress.ShowAsync(
            terminal,
            progress => new Verifier((found as EngineSearch.Found)?.Engine, found is EngineSearch.Missing missing ? $"no container engine: {missing.Reason}" : "", progress).Run(request, cancellation));

        var exit = report.HasFailures || (settings.Strict && report.Count(Outcome.NotRun) > 0) ? ExitCodes.VerificationFailed : ExitCodes.Ok;
        await terminal.Out.WriteAsync(settings.Json ? JsonReport.Write(report, exit) : PlainReport.Write(report));
        Write(settings.Markdown, MarkdownReport.Write, report);
        Write(settings.Html, HtmlReport.Write, report);
        return exit;
    }

    private static void Write(string? file, Func<VerifyReport, string> write, VerifyReport report)
    {
        if (file is not null)
            File.WriteAllText(file, write(report));
    }
}

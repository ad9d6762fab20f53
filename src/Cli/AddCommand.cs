using System.Collections.Immutable;
using System.CommandLine;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Editing;
using DuskStack.Manifests.Settings;
using DuskStack.Regeneration;

namespace DuskStack.Cli;

/// <summary>Adds to the manifest, keeping every byte of what is there, and generates.</summary>
internal static class AddCommand
{
    public static Command Create(Terminal terminal, ProjectOptions project) => new("add", "Add a service, a database, a proxy, ... to duskstack.yaml, and generate")
    {
        Service(terminal, project),
        Backing(terminal, project, ManifestSettings.Postgres),
        Backing(terminal, project, ManifestSettings.Redis),
        Backing(terminal, project, ManifestSettings.Valkey),
        Section(terminal, project, [ManifestSettings.Proxy], [ProxySettings.Domain, ProxySettings.Tls, ProxySettings.Email]),
        Section(terminal, project, [ManifestSettings.Monitoring], []),
        Section(terminal, project, [ManifestSettings.Deploy, DeploySettings.Ecs], [EcsSettings.Region]),
    };

    private static Command Service(Terminal terminal, ProjectOptions project)
    {
        var name = new Argument<string>("name") { Description = "Its key under `services:`, and its name in Compose" };
        SettingOption[] options =
        [
            new(ServiceSettings.Stack) { IsRequired = true }, new(ServiceSettings.Path), new(ServiceSettings.Port), new(ServiceSettings.Base), new(ServiceSettings.PackageManager),
            new(ServiceSettings.Routes) { IsList = true }, new(ServiceSettings.Needs) { IsList = true },
        ];
        var command = new Command("service", "Add a service that a stack builds, on a port that no other one has") { name };
        return Complete(terminal, project, command, options, withStarter: true, result => new ServiceWish(result.GetRequiredValue(name), SettingOption.Asked(options, result)));
    }

    private static Command Backing(Terminal terminal, ProjectOptions project, Setting setting)
    {
        var to = new Option<string[]>("--to") { Description = "Services that need it [default: the only one with a back end]", HelpName = "service", AllowMultipleArgumentsPerToken = true };
        to.CompletionSources.Add(context => ManifestSource.ServiceNames(project, context.ParseResult));
        var command = new Command(setting.Name, $"Add {SettingOption.Clause(setting.Summary).Split(',')[0]}, and name it in the `needs` of services") { to };
        return Complete(terminal, project, command, [], withStarter: false, result => new BackingWish(setting, [.. (result.GetValue(to) ?? []).SelectMany(SettingOption.Items)]));
    }

    private static Command Section(Terminal terminal, ProjectOptions project, Setting[] path, Setting[] settings)
    {
        SettingOption[] options = [.. settings.Select(setting => new SettingOption(setting))];
        var summary = SettingOption.Clause(path[^1].Summary);
        var command = new Command(path[^1].Name, $"Add {(summary.StartsWith("Amazon", StringComparison.Ordinal) ? summary : char.ToLowerInvariant(summary[0]) + summary[1..])}");
        return Complete(terminal, project, command, options, withStarter: false, result => new SectionWish([.. path], SettingOption.Asked(options, result)));
    }

    private static Command Complete(Terminal terminal, ProjectOptions project, Command command, SettingOption[] options, bool withStarter, Func<ParseResult, Wish> wish)
    {
        var generate = new GenerateOptions();
        foreach (var option in options.Select(option => option.Option).Concat(withStarter ? generate.All : generate.WithoutStarter))
            command.Options.Add(option);

        ProjectCommand.SetAction(command, (result, cancellation) => Run(terminal, project.Bind(result), generate.Bind(result), wish(result), cancellation));
        return command;
    }

    private static int Run(Terminal terminal, ProjectLocation location, GenerateSettings settings, Wish wish, CancellationToken cancellation)
    {
        var source = new ManifestSource(location);
        if (location.Mistake() is { } mistake)
            return Stop(terminal, settings, source, [mistake], ExitCodes.Usage);

        if (source.TryRead() is not { } text)
            return Stop(terminal, settings, source, [source.Missing()], ExitCodes.Usage);

        var added = ManifestAdding.Add(text, source.OpenExtended, wish);
        if (!added.Findings.IsEmpty)
            return Stop(terminal, settings, source, [.. added.Findings.Select(source.Explain)], added.IsRefused ? ExitCodes.Refused : ExitCodes.Usage);

        if (added.Text is not { } edited)
        {
            terminal.Out.Write(settings.Json
                ? ChangeReport.Json([], null, settings.DryRun, ExitCodes.Ok)
                : string.Concat(added.There.Select(found => $"nothing to add: {Quoted.Text(found.Name)} is at {Quoted.Printable(found.Place.ToString())}\n")));
            return ExitCodes.Ok;
        }

        var project = PlannedProject.Plan(location, source, edited, settings.Starter);
        if (project.HasErrors)
            project = project with { Generation = project.Generation with { Diagnostics = project.Generation.Diagnostics.Insert(0, Invalid(text.File)) } };

        return GenerateCommand.Run(terminal, location, settings, project, new ManifestEdit(location.ManifestPath, new(text.Bytes), new(edited.Bytes)), cancellation);
    }

    private static int Stop(Terminal terminal, GenerateSettings settings, ManifestSource source, ImmutableArray<Diagnostic> findings, int exit)
    {
        if (settings.Json)
            terminal.Out.Write(ChangeReport.Json(findings, null, settings.DryRun, exit));

        PlannedProject.Unplanned(source.Texts, findings).Report(terminal);
        return exit;
    }

    private static Diagnostic Invalid(string file) => new(
        DiagnosticCodes.AdditionInvalid,
        Severity.Error,
        null,
        $"with the addition {Quoted.Text(file)} would be no valid manifest, so nothing was written",
        "the places below are those of the text that would have been written");
}

using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Templating;

namespace DuskStack.Stacks.Node;

/// <summary>Scripts that are bundled with all that they import, so that production needs no packages beside them.</summary>
/// <param name="Scripts">What commands of the manifest run.</param>
/// <param name="Loaded">What the application loads by name while it runs.</param>
/// <param name="External">Packages that stay packages: <c>pino</c>, <c>@opentelemetry/*</c>.</param>
public sealed record NodeBundle(ImmutableArray<string> Scripts, ImmutableArray<string> Loaded, ImmutableArray<string> External)
{
    /// <summary>For applications that do not name one of their own.</summary>
    public string EsbuildVersion => "0.28.2";

    /// <summary>Words of the shell, a line each.</summary>
    public string Arguments => string.Join(" \\\n    ", [.. Scripts.Select(s => Word("script", s)), .. Loaded.Select(s => Word("loaded", s)), .. External.Select(e => Word("external", e))]);

    /// <summary>Null when the service is not bundled.</summary>
    public static NodeBundle? Of(StackService service, NodeCommands commands, DiagnosticBag bag)
    {
        if (service.Build.Bundle?.Value is not { On: true } bundle)
            return null;
        ImmutableArray<string> loaded = [.. bundle.Scripts.Select(s => s.Value)];
        foreach (Located<ImmutableArray<string>> command in Started(service, commands))
        {
            if (!commands.Scripts(command.Value).Any())
                bag.Error(DiagnosticCodes.BadValue, command.Span, "`bundle` has to know which script of the build this runs, and there are no packages beside it", $"name it: `[node, {commands.Outputs[0]}/server.js]`; a tool of a package runs before bundling, with `migrate: {{ command, from: build }}`");
        }

        IEnumerable<string> checks = Checks(service).SelectMany(c => commands.Scripts(c.Value));
        return new([.. Started(service, commands).SelectMany(c => commands.Scripts(c.Value)).Concat(checks).Except(loaded).Distinct()], loaded, [.. bundle.External.Select(e => e.Value)]);
    }

    private static IEnumerable<Located<ImmutableArray<string>>> Started(StackService service, NodeCommands commands) =>
    [
        service.Start ?? new(commands.Start, service.Build.Bundle!.Value.Span),
        .. service.Processes.Select(p => p.Start),
        .. service.Migrate is { FromBuild: false } migrate ? [migrate.Command] : Array.Empty<Located<ImmutableArray<string>>>(),
    ];

    private static IEnumerable<Located<ImmutableArray<string>>> Checks(StackService service) =>
        service.Processes.Select(p => p.Health).Prepend(service.Health).Select(h => h?.Command).OfType<Located<ImmutableArray<string>>>();

    private static string Word(string option, string value) => $"--{option}={Escaping.Shell(value)}";
}

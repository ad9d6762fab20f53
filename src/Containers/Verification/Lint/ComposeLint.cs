using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace DuskStack.Containers.Verification.Lint;

/// <summary>The Compose files, read by Compose.</summary>
public static class ComposeLint
{
    /// <summary>A file may have more profiles than anyone combines.</summary>
    private const int MostProfiles = 6;

    public static async IAsyncEnumerable<Finding> Config(LintedProject project, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Engine? client = await ComposeFile.Client(project.Engine, cancellation);
        foreach (string file in new[] { LintedProject.Development, LintedProject.Production }.Where(f => File.Exists(project.At(f))))
        {
            if (client is null)
                yield return new(file, NoClient);
            else
                yield return new(file, await Read(await Open(client, project, file, cancellation), cancellation));
        }
    }

    public static async IAsyncEnumerable<Finding> Rights(LintedProject project, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (Finding finding in OfProduction(project, ComposeRules.Rights, "no container asks for any", cancellation))
            yield return finding;
    }

    public static async IAsyncEnumerable<Finding> Ports(LintedProject project, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string planned = string.Join(", ", project.Plan.Containers.SelectMany(c => c.Production.Ports.Select(p => $"{c.Name} {p.Container}{(p.Loopback ? " (this machine only)" : "")}")));
        await foreach (Finding finding in OfProduction(project, root => ComposeRules.Ports(root, project.Plan), planned.Length == 0 ? "nothing is published" : planned, cancellation))
            yield return finding;
    }

    private static Verdict NoClient => Verdict.NotRun("there is no `docker compose`");

    private static async Task<ComposeProject> Open(Engine client, LintedProject project, string file, CancellationToken cancellation) =>
        new(client, project.Folder, file, "verify") { Environment = ComposeFile.Demanded(await File.ReadAllTextAsync(project.At(file), cancellation)) };

    private static async Task<Verdict> Read(ComposeProject file, CancellationToken cancellation)
    {
        ProcessOutcome named = await file.Call("config", "--profiles").Run(cancellation);
        if (!named.Succeeded)
            return Broken(named);
        ImmutableArray<string> profiles = [.. named.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(MostProfiles)];
        foreach (ImmutableArray<string> subset in ComposeFile.Subsets(profiles))
        {
            ProcessOutcome config = await file.Call([.. subset.SelectMany(p => new[] { "--profile", p }), "config", "--quiet"]).Run(cancellation);
            if (!config.Succeeded || config.Errors.Length > 0)
                return Broken(config);
        }

        return Verdict.Passed(profiles.IsEmpty ? "read without a word; it has no profiles" : $"read without a word with every subset of {string.Join(", ", profiles)}");
    }

    private static Verdict Broken(ProcessOutcome outcome) => Verdict.Failed($"Compose says: {Tool.LastLine(outcome.Errors)}") with { Details = outcome.Errors.Trim() };

    private static async IAsyncEnumerable<Finding> OfProduction(LintedProject project, Func<JsonElement, IEnumerable<string>> rules, string passed, [EnumeratorCancellation] CancellationToken cancellation)
    {
        const string File = LintedProject.Production;
        if (!System.IO.File.Exists(project.At(File)))
            yield break;
        if (await ComposeFile.Client(project.Engine, cancellation) is not { } client)
        {
            yield return new(File, NoClient);
            yield break;
        }

        using JsonDocument? resolved = await ComposeFile.Resolve(await Open(client, project, File, cancellation), cancellation);
        if (resolved is null)
        {
            yield return new(File, Verdict.NotRun("Compose does not read it; see `compose`"));
            yield break;
        }

        string[] broken = [.. rules(resolved.RootElement)];
        yield return new(File, broken.Length == 0 ? Verdict.Passed(passed) : Verdict.Failed(string.Join("; ", broken)));
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace DuskStack.Packing.Proof;

/// <summary>docs/proof.md: of every combination and output, whether it was run, validated, or neither.</summary>
public static class ProofPage
{
    public const string File = "docs/proof.md";
    public const string Command = "dotnet run --project src/Packing -- proof";

    /// <summary>What no test here can run, what stands in for it, and what is known all the same.</summary>
    private static readonly ImmutableArray<(string What, string Instead, string Known)> NotRun =
    [
        ("images of registries", "every base is a stand-in that `tests/offline` makes of Debian's packages, under the tag that Dockerfiles name", "The same lines are built and run. Sizes and start times are those of the stand-ins; a package that the real image brings or lacks is not seen."),
        ("Alpine", "a Debian with Alpine's names, of `tests/offline` too", "musl and apk are not run. Alpine Dockerfiles hold nothing specific to them, unless `build.packages` asks for it: then they are validated only."),
        ("versions of runtimes and databases without a stand-in", "nothing", "Their Dockerfiles are validated: `tests/offline/standins/tags.txt` says which versions run."),
        ("Grafana", "a server that answers its health check", "Files are read as YAML and JSON, and every query of every panel is asked of the real Prometheus of a running stack."),
        ("linux/arm64", "nothing", "No Dockerfile names an architecture; bake files and task definitions for arm64 are validated."),
        ("AWS", "moto, a simulation, and a scripted AWS CLI", "Files are read by botocore's models and the CLI; the deployment script creates, updates, fails and goes back against the simulation. Whether Fargate starts the task is not seen."),
        ("GitHub", "nothing", "Workflows are read by actionlint and zizmor; the scripts that they call are run."),
        ("Let's Encrypt", "Pebble, the ACME server that Let's Encrypt tests clients with", "certbot fetches and renews certificates from it, nginx takes them."),
        ("Docker Desktop, Windows, macOS", "nothing", "Everything runs on an engine of Linux; scripts are bash."),
    ];

    public static string Write(ImmutableArray<ProofClaim> claims)
    {
        var text = new StringBuilder($"""
            # What is proven

            For every stack, package manager and base, and for every output:

            - **run**: a test built it and ran it on a container engine;
            - **valid**: the tools that will read it have read it, and had nothing to say;
            - **–**: not run and not validated: no passed test of the last recorded runs says anything about it.

            Made by `{Command}` from `{ProofData.File}`, which holds what passed tests say about themselves (the trait `Proves`), and nothing else. A test that fails takes
            its claim away, and so does one that another test makes of the same. `.ci/nightly` runs every combination and writes both files anew.

            A base marked with \* is not what its name says: see [what stands in](#what-was-not-run).


            """);
        string[] names = [.. ProofMatrix.Outputs.Select(o => o.Name)];
        text.Append(CultureInfo.InvariantCulture, $"| stack | packages | base | {string.Join(" | ", names)} |\n|---|---|---|{string.Concat(names.Select(_ => "---|"))}\n");
        ILookup<(string, string), string> levels = claims.ToLookup(c => (c.Combination, c.Output), c => c.Level);
        foreach (Combination c in ProofMatrix.Combinations)
            text.Append(CultureInfo.InvariantCulture, $"| {c.Stack} | {c.Manager} | {c.Base}{(c.Base == "alpine" ? "\\*" : "")} | {string.Join(" | ", names.Select(name => Word([.. levels[($"{c}", name)]])))} |\n");

        text.Append(CultureInfo.InvariantCulture, $"\n{Count(claims)}\n\n## What the words mean\n\n| output | files | valid: read by | run: |\n|---|---|---|---|\n");
        foreach (ProofOutput output in ProofMatrix.Outputs)
            text.Append(CultureInfo.InvariantCulture, $"| {output.Name} | {output.Files} | {output.Validated} | {output.Run ?? "nothing here can run it"} |\n");
        text.Append("\nWhat stands around an image hardly depends on what is inside: a proxy, a rule or a script is run with one combination of each stack, and validated with all.\n");

        text.Append("\n## What was not run\n\n| not run here | what stands in | what is known |\n|---|---|---|\n");
        foreach ((string what, string instead, string known) in NotRun)
            text.Append(CultureInfo.InvariantCulture, $"| {what} | {instead} | {known} |\n");

        text.Append("\n## Which tests say so\n\n| test | level | claims |\n|---|---|---|\n");
        foreach (var test in claims.GroupBy(c => (c.Test, c.Level)).OrderBy(g => g.Key.Test, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"| {test.Key.Test} | {test.Key.Level} | {test.Count()} |\n");
        return text.ToString();
    }

    private static string Word(ImmutableArray<string> levels) => levels.Contains(ProofClaim.Run) ? "**run**" : levels.Contains(ProofClaim.Validated) ? "valid" : "–";

    private static string Count(ImmutableArray<ProofClaim> claims)
    {
        var best = claims.GroupBy(c => (c.Combination, c.Output)).ToLookup(g => g.Any(c => c.Level == ProofClaim.Run));
        int all = ProofMatrix.Combinations.Length * ProofMatrix.Outputs.Length, run = best[true].Count(), validated = best[false].Count();
        return $"{ProofMatrix.Combinations.Length} combinations, {all} cells: {run} run, {validated} validated only, {all - run - validated} neither.";
    }
}

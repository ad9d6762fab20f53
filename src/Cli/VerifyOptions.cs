using System.Collections.Immutable;
using System.CommandLine;
using DuskStack.Containers;
using DuskStack.Containers.Verification;

namespace DuskStack.Cli;

/// <summary>What <c>verify</c> may be told.</summary>
public sealed class VerifyOptions
{
    /// <summary>Names the engine where no option does.</summary>
    public const string EngineVariable = "DUSKSTACK_ENGINE";

    private readonly Argument<string[]> services = new("services") { Description = "Compose services to build and run, with what they wait for [default: all]", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<Stage[]> only = new("--only") { Description = "Do this part alone; may be given twice", HelpName = "lint|build|run", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string[]> check = new("--check") { Description = "Judge by this check alone; may be given twice", HelpName = "name", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string?> engine = new("--engine") { Description = $"The engine's command line, docker or podman [default: {EngineVariable}, or docker]", HelpName = "program" };
    private readonly Option<bool> strict = new("--strict") { Description = "Fail when a check could not be run" };
    private readonly Option<bool> keep = new("--keep") { Description = "Leave the images on the engine" };
    private readonly Option<bool> json = new("--json") { Description = "Print the result as JSON" };
    private readonly Option<string?> markdown = new("--markdown") { Description = "Write a report for pull requests", HelpName = "file" };
    private readonly Option<string?> html = new("--html") { Description = "Write a report with a bar for each image", HelpName = "file" };

    public Argument Services => services;

    public IEnumerable<Option> All => [only, check, engine, strict, keep, json, markdown, html];

    public VerifySettings Bind(ParseResult result) => new()
    {
        Services = [.. result.GetValue(services) ?? []],
        Checks = [.. result.GetValue(check) ?? []],
        Stages = result.GetValue(only) is { Length: > 0 } stages ? [.. stages] : [Stage.Lint, Stage.Build, Stage.Run],
        Engine = result.GetValue(engine) ?? (Environment.GetEnvironmentVariable(EngineVariable) is { Length: > 0 } named ? named : Engine.DockerProgram),
        Strict = result.GetValue(strict),
        Keep = result.GetValue(keep),
        Json = result.GetValue(json),
        Markdown = result.GetValue(markdown),
        Html = result.GetValue(html),
    };
}

public sealed record VerifySettings
{
    public required ImmutableArray<string> Services { get; init; }
    public required ImmutableArray<string> Checks { get; init; }
    public required ImmutableHashSet<Stage> Stages { get; init; }
    public required string Engine { get; init; }
    public required bool Strict { get; init; }
    public required bool Keep { get; init; }
    public required bool Json { get; init; }
    public required string? Markdown { get; init; }
    public required string? Html { get; init; }
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DuskStack.Cli;

/// <summary>The usual help, in the same width everywhere, with examples at its end.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private const int Width = 110;

    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        ["duskstack"] = ["duskstack generate", "duskstack generate --dry-run --directory shop", "duskstack explain", "duskstack verify"],
        ["generate"] = ["duskstack generate", "duskstack generate --dry-run", "duskstack generate --starter"],
        ["add"] = ["duskstack add service web --stack nextjs --routes / --starter", "duskstack add postgres --to api", "duskstack add proxy --domain shop.example.com --tls files --dry-run"],
        ["service"] = ["duskstack add service api --stack node --routes /api --starter", "duskstack add service web --stack nextjs --path apps/web --needs api --routes /"],
        ["postgres"] = ["duskstack add postgres", "duskstack add postgres --to api --to ml"],
        ["redis"] = ["duskstack add redis", "duskstack add redis --to api --dry-run"],
        ["valkey"] = ["duskstack add valkey", "duskstack add valkey --to api --dry-run"],
        ["proxy"] = ["duskstack add proxy", "duskstack add proxy --domain shop.example.com --tls letsencrypt --email ops@example.com"],
        ["monitoring"] = ["duskstack add monitoring"],
        ["ecs"] = ["duskstack add ecs --region eu-central-1"],
        ["diff"] = ["duskstack diff", "duskstack diff compose.yaml --base", "duskstack diff --template --exit-code"],
        ["check"] = ["duskstack check", "duskstack check --strict --json"],
        ["status"] = ["duskstack status", "duskstack status --json"],
        ["resolve"] = ["duskstack resolve compose.yaml --ours", "duskstack resolve compose.yaml --done"],
        ["adopt"] = ["duskstack adopt services/api/Dockerfile", "duskstack adopt compose.yaml --merge"],
        ["eject"] = ["duskstack eject docs/containers.md", "duskstack eject --all"],
        ["restore"] = ["duskstack restore compose.yaml"],
        ["mv"] = ["duskstack mv docs/containers.md docs/operations.md"],
        ["repair"] = ["duskstack repair && duskstack generate"],
        ["undo"] = ["duskstack undo"],
        ["explain"] = ["duskstack explain", "duskstack explain --json --directory shop"],
        ["verify"] = ["duskstack verify", "duskstack verify --only lint", "duskstack verify api --only build --html report.html", "duskstack verify --json --markdown report.md --strict"],
        ["schema"] = ["duskstack schema > duskstack.schema.json", "duskstack schema services.api.port"],
    };

    private readonly HelpAction usual = new() { MaxWidth = Width };

    public override bool Terminating => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exit = usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        output.WriteLine("Examples:");
        foreach (var example in Examples[command is RootCommand ? "duskstack" : command.Name])
            output.WriteLine($"  {example}");

        return exit;
    }
}

using System.Collections.Immutable;
using DuskStack.Manifests;
using DuskStack.Stacks.Node;

namespace DuskStack.Stacks.Nextjs;

/// <summary>How a Next.js application is built, started, and run while someone works on it.</summary>
public sealed record NextjsCommands
{
    private static readonly ImmutableArray<string> StartFile = ["node", "/usr/local/lib/duskstack/start.cjs"];

    public required ImmutableArray<string> Build { get; init; }

    /// <summary>What Next.js calls distDir, <c>.next</c>.</summary>
    public required string Output { get; init; }
    public required ImmutableArray<string> Start { get; init; }
    public required ImmutableArray<string> Dev { get; init; }

    /// <summary>False when the manifest starts the server its own way.</summary>
    public bool HasStartFile => Start == StartFile;

    public static NextjsCommands Of(StackService service, NodePackageManager manager, int port) => new()
    {
        Build = service.Build.Command?.Value ?? manager.Run("build"),
        Output = service.Build.Output.IsEmpty ? ".next" : service.Build.Output[0].Value,
        Start = service.Start?.Value ?? StartFile,
        // By its path: node_modules/.bin holds shell scripts with pnpm, and a shell would be the first process.
        Dev = service.Dev?.Value ?? ["node", "node_modules/next/dist/bin/next", "dev", "--hostname", "0.0.0.0", "--port", $"{port}"],
    };
}

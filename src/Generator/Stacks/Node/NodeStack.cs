using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Planning;

namespace DuskStack.Stacks.Node;

/// <summary>Node.js services: TypeScript or plain JavaScript, with npm, pnpm or yarn 4.</summary>
public sealed class NodeStack : IStack
{
    public string Name => "node";

    public int DefaultPort => 3000;

    public int? DebugPort => 9229;

    public string DefaultHealthPath => "/health";

    public string Language => "node";

    public bool ServesBrowsers => false;

    public bool Workspaces => true;

    public bool Bundles => true;

    public StackBases? Bases(StackService service, DiagnosticBag bag) => LanguageBases.Find(Language, service, bag);

    public string DatabaseScheme(PostgresSection postgres) => "postgresql";

    public StackPlan Plan(StackRequest request, DiagnosticBag bag)
    {
        StackService service = request.Service;
        NodeProject.CheckKeys(service, bag);
        PackageChecks.Check(service, bag);
        NodePackageManager manager = NodeProject.Manager(service);
        NodeCommands commands = NodeCommands.Of(service, manager);
        CheckTypeScript(service, request.Bases.Builder.Version, commands, bag);
        var model = new NodeDockerfile(request, manager, commands, NodeBundle.Of(service, commands, bag));
        return new()
        {
            Files =
            [
                new(request.DockerfilePath, "stacks/node/Dockerfile", model),
                new(request.IgnorePath, "stacks/node/dockerignore", model),
            ],
            Start = commands.Start,
            Dev = commands.Dev,
            DevelopmentCommand = commands.FromSources,
            Watch = NodeProject.Watch(request, manager, [.. commands.Built.Select(folder => $"{folder}/")]),
            Ignored = ["node_modules/", .. commands.Built.Select(folder => $"/{ImagePlanning.Join(ImagePlanning.Folder(service), folder)}/")],
            Debug = new("NODE_OPTIONS", $"--inspect=0.0.0.0:{DebugPort}"),
            Trust = new("TRUSTED_PROXIES", TrustPlan.PrivateNetworks),
            Environment = NodeMemory.Environment,
            Idle = request.Bases.Assembled ? ["node", "-e", "0"] : ["true"],
            InstallsPackages = model.InstallsPackages,
            RuntimeStage = "runtime",
            DevelopmentStage = "dev",
            MigrateStage = "migrate",
        };
    }

    public bool HasApplication(StackService service, Func<string, bool> exists) => NodeProject.HasApplication(service, exists);

    public ImmutableArray<TemplateFile> Starter(StarterRequest request) => NodeStarter.Files(request, NodeProject.Manager(request.Service));

    public void CheckFolder(StackService service, Func<string, bool> exists, DiagnosticBag bag) => NodeProject.CheckFolder(service, exists, bag);

    /// <summary>Type stripping is on by default since Node 22.18: https://nodejs.org/api/typescript.html</summary>
    private static void CheckTypeScript(StackService service, string version, NodeCommands commands, DiagnosticBag bag)
    {
        if (int.TryParse(version, out int major) && major < 22 && service.Dev is null && commands.Dev.Any(w => w.EndsWith("ts", StringComparison.Ordinal)))
            bag.Error(DiagnosticCodes.MissingKey, service.Runtime?.Span ?? service.Name.Span, $"Node {version} does not run TypeScript, so `{service.Name.Value}` needs a `dev` command", "for example `dev: [node, --import, tsx, --watch, src/server.ts]` with tsx among the development dependencies");
    }
}

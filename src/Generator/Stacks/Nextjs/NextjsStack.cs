using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Planning;
using DuskStack.Stacks.Node;

namespace DuskStack.Stacks.Nextjs;

/// <summary>Next.js applications, run by the server that `output: standalone` makes.</summary>
public sealed class NextjsStack : IStack
{
    public string Name => "nextjs";

    public int DefaultPort => 3000;

    public int? DebugPort => 9229;

    public string DefaultHealthPath => "/api/health";

    public string Language => "node";

    public bool ServesBrowsers => true;

    /// <summary>The data of each page; a nonce would need pages that are made for every request.</summary>
    public bool InlineScripts => true;

    public bool Workspaces => true;

    public StackBases? Bases(StackService service, DiagnosticBag bag) => LanguageBases.Find(Language, service, bag);

    public string DatabaseScheme(PostgresSection postgres) => "postgresql";

    public StackPlan Plan(StackRequest request, DiagnosticBag bag)
    {
        StackService service = request.Service;
        NodeProject.CheckKeys(service, bag);
        PackageChecks.Check(service, bag);
        CheckBuild(service, bag);
        NodePackageManager manager = NodeProject.Manager(service);
        NextjsCommands commands = NextjsCommands.Of(service, manager, request.Port ?? DefaultPort);
        var model = new NextjsDockerfile(request, manager, commands);
        string folder = ImagePlanning.Folder(service);
        return new()
        {
            Files =
            [
                new(request.DockerfilePath, "stacks/nextjs/Dockerfile", model),
                new(request.IgnorePath, "stacks/node/dockerignore", model),
            ],
            Start = commands.Start,
            Dev = commands.Dev,
            DevelopmentCommand = (start, _) => start,
            // The development server writes the last two itself, inside.
            Watch = NodeProject.Watch(request, manager, [$"{commands.Output}/", "next-env.d.ts", "*.tsbuildinfo"]),
            Ignored = ["node_modules/", $"/{ImagePlanning.Join(folder, commands.Output)}/", $"/{ImagePlanning.Join(folder, "next-env.d.ts")}", "*.tsbuildinfo"],
            // The command line takes this port, and the server, which runs the application, the next one: DebugPort.
            Debug = new("NODE_OPTIONS", $"--inspect=0.0.0.0:{DebugPort - 1}"),
            // Pictures made smaller and fetched data; pages made anew since the build.
            Writable = [$"{model.Home}/{commands.Output}/cache", $"{model.Home}/{commands.Output}/server/route-cache"],
            Environment = NodeMemory.Environment,
            Idle = request.Bases.Assembled ? ["node", "-e", "0"] : ["true"],
            InstallsPackages = model.InstallsPackages,
            RuntimeStage = "runtime",
            DevelopmentStage = "dev",
            MigrateStage = "migrate",
        };
    }

    public bool HasApplication(StackService service, Func<string, bool> exists) => NodeProject.HasApplication(service, exists);

    public ImmutableArray<TemplateFile> Starter(StarterRequest request) => NextjsStarter.Files(request, NodeProject.Manager(request.Service));

    public void CheckFolder(StackService service, Func<string, bool> exists, DiagnosticBag bag) => NodeProject.CheckFolder(service, exists, bag);

    private static void CheckBuild(StackService service, DiagnosticBag bag)
    {
        if (service.Build.Command is { Value.IsEmpty: true } none)
            bag.Error(DiagnosticCodes.BadValue, none.Span, "a Next.js application has to be built", "leave `build.command` out for the `build` script of package.json");
        if (service.Build.Output.Length > 1)
            bag.Error(DiagnosticCodes.BadValue, service.Build.Output[1].Span, "a Next.js build has one output folder", "name the `distDir` of next.config, or leave `build.output` out for .next");
    }
}

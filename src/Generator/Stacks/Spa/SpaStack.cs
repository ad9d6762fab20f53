using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Images;
using DuskStack.Manifests;
using DuskStack.Planning;
using DuskStack.Stacks.Node;

namespace DuskStack.Stacks.Spa;

/// <summary>Single-page applications: built by Vite or another tool on Node.js, their files served by nginx.</summary>
public sealed class SpaStack : IStack
{
    /// <summary>The one kind of image that nginx is taken from; a shell and wget are in it.</summary>
    private const string Variant = "alpine";

    public string Name => "spa";

    public int DefaultPort => 8080;

    public int? DebugPort => null;

    public string DefaultHealthPath => SpaServer.DefaultHealthPath;

    public string Language => "node";

    public bool ServesBrowsers => true;

    public bool PassesOn => true;

    public bool Workspaces => true;

    public StackBases? Bases(StackService service, DiagnosticBag bag)
    {
        if (service.Base is { } written && written.Value != Variant)
            bag.Error(DiagnosticCodes.NotAvailable, written.Span, $"the base `{written.Value}` is not available for spa: nginx serves its files, from Alpine Linux", $"leave `base` out, or write `{Variant}`");
        return LanguageBases.Find(Language, service with { Base = null }, bag) is { } language ? new(ImageCatalog.Shared.Default("nginx", Variant), language.Builder) : null;
    }

    public string DatabaseScheme(PostgresSection postgres) => "postgresql";

    public StackPlan Plan(StackRequest request, DiagnosticBag bag)
    {
        StackService service = request.Service;
        CheckKeys(service, bag);
        NodePackageManager manager = NodeProject.Manager(service);
        var image = new SpaDockerfile(request, manager, SpaCommands.Of(service, manager, request.Port ?? DefaultPort));
        SpaServer server = SpaServer.Of(request, bag);
        string nginx = ImagePlanning.Join(Folder(request.DockerfilePath), image.ServerFolder);
        return new()
        {
            Files =
            [
                new(request.DockerfilePath, "stacks/spa/Dockerfile", image),
                new(request.IgnorePath, "stacks/node/dockerignore", image),
                new($"{nginx}/nginx.conf", "stacks/spa/nginx/nginx.conf", server),
                new($"{nginx}/start.sh", "stacks/spa/nginx/start.sh", server),
            ],
            Start = image.Start,
            Dev = image.Dev,
            DevelopmentCommand = (start, _) => start,
            Watch = NodeProject.Watch(request, manager, [.. image.Built.Select(folder => $"{folder}/")]),
            Ignored = ["node_modules/", .. image.Built.Select(folder => $"/{ImagePlanning.Join(ImagePlanning.Folder(service), folder)}/")],
            Debug = null,
            Environment = _ => [],
            Idle = ["true"],
            InstallsPackages = image.InstallsPackages,
            RuntimeStage = "runtime",
            DevelopmentStage = "dev",
            MigrateStage = "build",
        };
    }

    public bool HasApplication(StackService service, Func<string, bool> exists) => NodeProject.HasApplication(service, exists);

    public ImmutableArray<TemplateFile> Starter(StarterRequest request) => SpaStarter.Files(request, NodeProject.Manager(request.Service));

    public void CheckFolder(StackService service, Func<string, bool> exists, DiagnosticBag bag) => NodeProject.CheckFolder(service, exists, bag);

    private static void CheckKeys(StackService service, DiagnosticBag bag)
    {
        NodeProject.CheckKeys(service, bag);
        if (service.WithoutPort)
            bag.Error(DiagnosticCodes.KeyDoesNotApply, service.Name.Span, $"`{service.Name.Value}` is a site, and a site has a port", "leave `port` out");
        foreach (Located<string> package in service.Build.RuntimePackages)
            bag.Error(DiagnosticCodes.KeyDoesNotApply, package.Span, "production runs nginx and nothing else, so there is no use for packages", "leave `packages.runtime` out");
        foreach (Located<string> further in service.Build.Output.Skip(1))
            bag.Error(DiagnosticCodes.BadValue, further.Span, "a site is one folder", "name the folder that holds index.html");
    }

    private static string Folder(string path) => path.LastIndexOf('/') is var last and >= 0 ? path[..last] : ".";
}

using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Planning;

namespace DuskStack.Stacks.Node;

/// <summary>Node.js services: TypeScript or plain JavaScript, with npm, pnpm or yarn 4.</summary>
public sealed class NodeStack : IStack
{
    private static readonly ImmutableArray<(string Manager, string LockFile)> LockFiles = [("npm", "package-lock.json"), ("pnpm", "pnpm-lock.yaml"), ("yarn", "yarn.lock")];

    public string Name => "node";

    public int DefaultPort => 3000;

    public int? DebugPort => 9229;

    public string DefaultHealthPath => "/health";

    public string Language => "node";

    public bool ServesBrowsers => false;

    public StackBases? Bases(StackService service, DiagnosticBag bag) => LanguageBases.Find(Language, service, bag);

    public string DatabaseScheme(PostgresSection postgres) => "postgresql";

    public StackPlan Plan(StackRequest request, DiagnosticBag bag)
    {
        StackService service = request.Service;
        CheckKeys(service, bag);
        NodePackageManager manager = Manager(service);
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
            Watch =
            [
                new("rebuild", "package.json", null, []),
                new("rebuild", manager.LockFile, null, []),
                new("sync", ".", "/app", ["node_modules/", .. commands.Built.Select(folder => $"{folder}/")]),
            ],
            Ignored = ["node_modules/", .. commands.Built.Select(folder => $"/{ImagePlanning.Join(ImagePlanning.Context(service), folder)}/")],
            Debug = new("NODE_OPTIONS", $"--inspect=0.0.0.0:{DebugPort}"),
            Environment = memory => [new("NODE_OPTIONS", $"--max-old-space-size={HeapMebibytes(memory)}", $"MiB; the rest of {memory} is for buffers and code: a leak ends in an error of JavaScript, not in a kill.")],
            Idle = request.Bases.Assembled ? ["node", "-e", "0"] : ["true"],
            Packages = model.Packages,
            RuntimeStage = "runtime",
            DevelopmentStage = "dev",
            MigrateStage = "migrate",
        };
    }

    public bool HasApplication(StackService service, Func<string, bool> exists) => exists(ImagePlanning.Join(ImagePlanning.Context(service), "package.json"));

    public ImmutableArray<TemplateFile> Starter(StarterRequest request) => NodeStarter.Files(request, Manager(request.Service));

    public void CheckFolder(StackService service, Func<string, bool> exists, DiagnosticBag bag)
    {
        string context = ImagePlanning.Context(service);
        NodePackageManager manager = Manager(service);
        if (!HasApplication(service, exists))
        {
            bag.Warning(DiagnosticCodes.LockFile, service.Path?.Span ?? service.Name.Span, $"`{context}` holds no package.json", "put the application there, or let `duskstack generate --starter` write a small one");
            return;
        }

        if (exists(ImagePlanning.Join(context, manager.LockFile)))
            return;
        (string Manager, string LockFile) other = LockFiles.FirstOrDefault(l => l.Manager != manager.Name && exists(ImagePlanning.Join(context, l.LockFile)));
        if (other.Manager is not null)
            bag.Warning(DiagnosticCodes.LockFile, service.PackageManager?.Span ?? service.Name.Span, $"`{context}` has {other.LockFile}, but its package manager is {manager.Name}", $"set `packageManager: {other.Manager}`, or make a {manager.LockFile}");
        else
            bag.Warning(DiagnosticCodes.LockFile, service.PackageManager?.Span ?? service.Name.Span, $"`{context}` has no {manager.LockFile}: the image cannot be built without it", $"run `{manager.Name} install` there and commit the lockfile");
    }

    /// <summary>Node itself takes about 259 MiB whatever the limit is: below 512 MiB the kernel kills it without a word.</summary>
    private static long HeapMebibytes(ByteSize memory) => Math.Max(16, memory.Bytes * 6 / 10 / ByteSize.Mebibyte);

    private static NodePackageManager Manager(StackService service)
    {
        PackageManager? written = service.PackageManager?.Value;
        string runtime = service.Runtime?.Value ?? LanguageBases.DefaultVersion("node");
        return NodePackageManager.Of(written?.Name ?? "npm", written?.Version, int.TryParse(runtime, out int major) ? major : 24);
    }

    /// <summary>Type stripping is on by default since Node 22.18: https://nodejs.org/api/typescript.html</summary>
    private static void CheckTypeScript(StackService service, string version, NodeCommands commands, DiagnosticBag bag)
    {
        if (int.TryParse(version, out int major) && major < 22 && service.Dev is null && commands.Dev.Any(w => w.EndsWith("ts", StringComparison.Ordinal)))
            bag.Error(DiagnosticCodes.MissingKey, service.Runtime?.Span ?? service.Name.Span, $"Node {version} does not run TypeScript, so `{service.Name.Value}` needs a `dev` command", "for example `dev: [node, --import, tsx, --watch, src/server.ts]` with tsx among the development dependencies");
    }

    private static void CheckKeys(StackService service, DiagnosticBag bag)
    {
        if (service.Build.Command is { } build && build.Value.Any(w => w.Contains('\n', StringComparison.Ordinal)))
            bag.Error(DiagnosticCodes.BadValue, build.Span, "a word of `build.command` has several lines, but a step of a Dockerfile is one", "put the lines into a script of the repository and name that");
        if (service.PackageManager is { Value.Name: not ("npm" or "pnpm" or "yarn") } manager)
            bag.Error(DiagnosticCodes.UnknownChoice, manager.Span, $"`{manager.Value.Name}` does not install node packages", "take npm, pnpm or yarn");
        if (service.PackageManager is { Value: { Name: "yarn", Version: { } version } } && version.StartsWith("1.", StringComparison.Ordinal))
            bag.Error(DiagnosticCodes.BadValue, service.PackageManager.Value.Span, $"yarn {version} is frozen", "migrate with `yarn set version stable`, and name yarn 4 or later");
        if (service.Base?.Value is { } variant && variant != "slim" && !(service.Build.BuildPackages.IsEmpty && service.Build.RuntimePackages.IsEmpty))
            bag.Error(DiagnosticCodes.KeyDoesNotApply, service.Base.Value.Span, $"`build.packages` are Debian packages, which the base `{variant}` cannot install", "take `base: slim`");
    }
}

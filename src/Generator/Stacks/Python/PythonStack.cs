using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Planning;

namespace DuskStack.Stacks.Python;

/// <summary>Python services: ASGI with uvicorn, WSGI with gunicorn, workers; with pip, uv or poetry.</summary>
public sealed class PythonStack : IStack
{
    private static readonly ImmutableArray<(string Manager, string LockFile)> LockFiles = [("uv", "uv.lock"), ("poetry", "poetry.lock"), ("pip", "requirements.txt")];

    public string Name => "python";

    public int DefaultPort => 8000;

    public int? DebugPort => null;

    public string DefaultHealthPath => "/health";

    public string Language => "python";

    public bool ServesBrowsers => false;

    public bool Workspaces => true;

    public StackBases? Bases(StackService service, DiagnosticBag bag) => LanguageBases.Find(Language, service, bag);

    public string DatabaseScheme(PostgresSection postgres) => $"postgresql+{postgres.Driver?.Value ?? "asyncpg"}";

    public StackPlan Plan(StackRequest request, DiagnosticBag bag)
    {
        StackService service = request.Service;
        CheckKeys(service, bag);
        PythonPackageManager manager = Manager(service);
        PythonCommands commands = PythonCommands.Of(service);
        var model = new PythonDockerfile(request, manager, commands);
        return new()
        {
            Files =
            [
                new(request.DockerfilePath, "stacks/python/Dockerfile", model),
                new(request.IgnorePath, "stacks/python/dockerignore", model),
            ],
            Start = commands.Start,
            Dev = commands.Dev,
            DevelopmentCommand = (start, watch) => PythonCommands.FromSources(start, watch, service.Workspace is not null),
            Watch = Watch(request, manager),
            Ignored = ["__pycache__/", ".venv/", ".pytest_cache/"],
            Debug = null,
            Trust = Trust(commands.Server),
            Environment = _ => [],
            Idle = request.Bases.Assembled ? ["python", "-S", "-E", "-c", "pass"] : ["true"],
            InstallsPackages = model.InstallsPackages,
            PortVariables = ["PORT", .. commands.Server == PythonServer.Uvicorn ? new[] { "UVICORN_PORT" } : []],
            RuntimeStage = "runtime",
            DevelopmentStage = "dev",
            MigrateStage = "migrate",
        };
    }

    public bool HasApplication(StackService service, Func<string, bool> exists) =>
        new[] { "pyproject.toml", "requirements.txt", "manage.py", "setup.py" }.Any(file => exists(ImagePlanning.Join(ImagePlanning.Folder(service), file)));

    public ImmutableArray<TemplateFile> Starter(StarterRequest request) => PythonStarter.Files(request, Manager(request.Service));

    public void CheckStarter(StackService service, DiagnosticBag bag)
    {
        if (service.Runtime is { } runtime && Version.Parse(runtime.Value) < PythonStarter.OldestPython)
            bag.Error(DiagnosticCodes.NotAvailable, runtime.Span, $"the starter needs python {PythonStarter.OldestPython} or later", $"set `runtime: \"{PythonStarter.OldestPython}\"` or later, or put an application of your own into `{ImagePlanning.Context(service)}`");
    }

    public void CheckFolder(StackService service, Func<string, bool> exists, DiagnosticBag bag)
    {
        string context = ImagePlanning.Context(service);
        PythonPackageManager manager = Manager(service);
        SourceSpan place = service.PackageManager?.Span ?? service.Name.Span;
        if (service.Workspace is { } workspace)
        {
            if (!exists(ImagePlanning.Join(ImagePlanning.Folder(service), "pyproject.toml")))
            {
                bag.Warning(DiagnosticCodes.LockFile, workspace.Span, $"`{ImagePlanning.Folder(service)}` holds no pyproject.toml", $"name a package of the workspace in `{context}`");
                return;
            }

            if (!exists(ImagePlanning.Join(context, "pyproject.toml")))
            {
                bag.Warning(DiagnosticCodes.LockFile, service.Path?.Span ?? service.Name.Span, $"`{context}` holds no pyproject.toml, so it is no workspace", "let `path` name the folder with the uv.lock of the workspace");
                return;
            }
        }
        else if (!HasApplication(service, exists))
        {
            bag.Warning(DiagnosticCodes.LockFile, service.Path?.Span ?? service.Name.Span, $"`{context}` holds no pyproject.toml or requirements.txt", "put the application there, or let `duskstack generate --starter` write a small one");
            return;
        }

        if (exists(ImagePlanning.Join(context, manager.LockFile)))
            return;
        (string Manager, string LockFile) other = LockFiles.FirstOrDefault(l => l.Manager != manager.Name && exists(ImagePlanning.Join(context, l.LockFile)));
        if (other.Manager is not null)
            bag.Warning(DiagnosticCodes.LockFile, place, $"`{context}` has {other.LockFile}, but its package manager is {manager.Name}", $"set `packageManager: {other.Manager}`, or make a {manager.LockFile}: `{manager.MakesLock}`");
        else if (manager.Name == "uv")
            bag.Warning(DiagnosticCodes.LockFile, place, $"`{context}` has no uv.lock: every build takes the versions of its day", "run `uv lock` there and commit the lockfile");
        else
            bag.Warning(DiagnosticCodes.LockFile, place, $"`{context}` has no {manager.LockFile}: the image cannot be built without it", $"run `{manager.MakesLock}` there and commit the lockfile");
    }

    private static TrustPlan? Trust(PythonServer server) => server switch
    {
        PythonServer.Uvicorn => new("FORWARDED_ALLOW_IPS", TrustPlan.PrivateNetworks),
        // Before version 24 it does not start with a network in the list. It takes no more than the scheme from the headers.
        PythonServer.Gunicorn => new("FORWARDED_ALLOW_IPS", "*"),
        _ => null,
    };

    private static PythonPackageManager Manager(StackService service) => PythonPackageManager.Of(service.PackageManager?.Value, service.Workspace is not null);

    /// <summary>Members of a workspace are installed where they lie, so that their edits are carried into the container as well.</summary>
    private static ImmutableArray<WatchPlan> Watch(StackRequest request, PythonPackageManager manager)
    {
        string package = ImagePlanning.Package(request.Service);
        return
        [
            .. from file in new[] { ImagePlanning.Join(package, "pyproject.toml"), "pyproject.toml", manager.LockFile }.Union(manager.Name == "pip" ? ["requirements-dev.txt"] : [])
               select new WatchPlan("rebuild", file, null, []),
            new("sync", ".", "/app", package == "." ? ["**/__pycache__/", ".venv/"] : ["**/__pycache__/", "**/.venv/", .. request.Neighbours.Select(folder => $"{folder}/")]),
        ];
    }

    private static void CheckKeys(StackService service, DiagnosticBag bag)
    {
        if (service.Build.Command is { } build && build.Value.Any(w => w.Contains('\n', StringComparison.Ordinal)))
            bag.Error(DiagnosticCodes.BadValue, build.Span, "a word of `build.command` has several lines, but a step of a Dockerfile is one", "put the lines into a script of the repository and name that");
        if (service.PackageManager is { Value.Name: not ("pip" or "uv" or "poetry") } manager)
            bag.Error(DiagnosticCodes.UnknownChoice, manager.Span, $"`{manager.Value.Name}` does not install python packages", "take pip, uv or poetry");
        if (service.Workspace is { } workspace && service.PackageManager?.Value.Name is null or "pip" or "poetry")
            bag.Error(DiagnosticCodes.KeyDoesNotApply, workspace.Span, $"{service.PackageManager?.Value.Name ?? "pip"} has no workspaces", "set `packageManager: uv`, or let `path` name a folder that has its own lockfile");
        if (service.PackageManager is { Value: { Name: "poetry", Version: { } version } } && version.StartsWith("1.", StringComparison.Ordinal))
            bag.Error(DiagnosticCodes.BadValue, service.PackageManager.Value.Span, $"poetry {version} does not export lock files that today's pip takes", "name poetry 2 or later");
        PackageChecks.Check(service, bag);
    }
}

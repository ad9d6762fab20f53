using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Images;
using DuskStack.Manifests;
using DuskStack.Planning;
using DuskStack.Planning.Proxy;

namespace DuskStack.Stacks;

/// <summary>A language or framework that builds an image. It knows its own Dockerfile and .dockerignore, and no other output.</summary>
public interface IStack
{
    /// <summary>The name under <c>stack:</c>.</summary>
    string Name { get; }

    /// <summary>The port when the manifest names none.</summary>
    int DefaultPort { get; }

    /// <summary>The port of its debugger; null when it has none.</summary>
    int? DebugPort { get; }

    /// <summary>The liveness path when the manifest names none.</summary>
    string DefaultHealthPath { get; }

    /// <summary>What <c>runtime</c> is a version of, as rows of images.json provide it: <c>node</c>, <c>python</c>.</summary>
    string Language { get; }

    /// <summary>The images it starts from; null when there are none for what the manifest asks, which is reported.</summary>
    StackBases? Bases(StackService service, DiagnosticBag bag);

    /// <summary>True when people's browsers talk to it first, so that production publishes it where there is no proxy.</summary>
    bool ServesBrowsers { get; }

    /// <summary>True when its own web server passes the other services' routes on where there is no proxy.</summary>
    bool PassesOn => false;

    /// <summary>True when its pages carry scripts within themselves, which a policy of `default-src 'self'` would stop.</summary>
    bool InlineScripts => false;

    /// <summary>True when it builds a package inside a workspace (<c>workspace:</c>).</summary>
    bool Workspaces => false;

    /// <summary>True when <c>build.bundle</c> can put all packages into the application.</summary>
    bool Bundles => false;

    /// <summary>Scheme of DATABASE_URL: <c>postgresql</c>, <c>postgresql+asyncpg</c>.</summary>
    string DatabaseScheme(PostgresSection postgres);

    /// <summary>Resolves what only this stack knows. Findings go to <paramref name="bag"/>; the result is complete all the same.</summary>
    StackPlan Plan(StackRequest request, DiagnosticBag bag);

    /// <summary>True when the service's folder holds an application already.</summary>
    bool HasApplication(StackService service, Func<string, bool> exists);

    /// <summary>The tiny real application for a folder that has none.</summary>
    ImmutableArray<TemplateFile> Starter(StarterRequest request);

    /// <summary>Reports what keeps the starter from working as the manifest has it.</summary>
    void CheckStarter(StackService service, DiagnosticBag bag)
    {
    }

    /// <summary>Files of the context that contradict the manifest or are missing, as diagnostics only.</summary>
    void CheckFolder(StackService service, Func<string, bool> exists, DiagnosticBag bag);
}

/// <summary>What the planner has settled before it asks a stack.</summary>
public sealed record StackRequest
{
    public required StackService Service { get; init; }
    public required string Project { get; init; }

    /// <summary>Null for a worker.</summary>
    public required int? Port { get; init; }
    public required UserId User { get; init; }

    /// <summary>Null when the image gets no health check.</summary>
    public required ImageProbe? Probe { get; init; }
    public required ImmutableArray<string> WritablePaths { get; init; }
    public required StackBases Bases { get; init; }

    /// <summary>An image as it goes into FROM, through the mirror where one is set.</summary>
    public required Func<BaseImage, string> Reference { get; init; }

    /// <summary>Routes of other services that a stack with a web server of its own passes on; empty where a proxy does.</summary>
    public required ImmutableArray<UpstreamPlan> Upstreams { get; init; }

    /// <summary>Folders of other services below the context, relative to it; empty without a workspace.</summary>
    public required ImmutableArray<string> Neighbours { get; init; }

    /// <summary>Those of them that no package of the workspace can be in, as they have builds of their own.</summary>
    public required ImmutableArray<string> Foreign { get; init; }

    /// <summary>Where the Dockerfile goes, relative to the project.</summary>
    public required string DockerfilePath { get; init; }
    public required string IgnorePath { get; init; }
}

/// <summary>The health check that goes into an image.</summary>
public sealed record ImageProbe(string Path, HealthTiming Timing);

/// <summary>The images of one service.</summary>
/// <param name="Runtime">What production runs on; its reference is <c>scratch</c> where everything is copied from <paramref name="Builder"/>.</param>
/// <param name="Builder">What builds, and what development runs on.</param>
public sealed record StackBases(BaseImage Runtime, BaseImage Builder)
{
    /// <summary>True when production's image has no tools to set itself up with, so that the builder prepares its files.</summary>
    public bool Assembled => Runtime != Builder;
}

/// <summary>What a stack says about one service.</summary>
public sealed record StackPlan
{
    public required ImmutableArray<TemplateFile> Files { get; init; }
    public required ImmutableArray<string> Start { get; init; }

    /// <summary>A start command as it runs from the sources: <c>node dist/worker.js</c> -> <c>node --watch src/worker.ts</c>.</summary>
    public required DevelopmentCommand DevelopmentCommand { get; init; }
    public required ImmutableArray<string> Dev { get; init; }

    /// <summary>Watch rules, relative to the context.</summary>
    public required ImmutableArray<WatchPlan> Watch { get; init; }

    /// <summary>What git should not keep, as lines of a .gitignore: dependencies, results of builds.</summary>
    public required ImmutableArray<string> Ignored { get; init; }

    /// <summary>How a debugger gets in during development; null when the stack has no such thing.</summary>
    public required DebugPlan? Debug { get; init; }

    /// <summary>Folders beside the manifest's own that production writes to under its read-only root; kept in memory.</summary>
    public ImmutableArray<string> Writable { get; init; } = [];

    /// <summary>True when its Dockerfile installs Debian packages.</summary>
    public required bool InstallsPackages { get; init; }

    /// <summary>Variables by which a process with a port of its own is told where to listen.</summary>
    public ImmutableArray<string> PortVariables { get; init; } = ["PORT"];

    /// <summary>How its server learns whose word about clients it may believe; null when it does not ask.</summary>
    public TrustPlan? Trust { get; init; }

    /// <summary>Variables of production that follow from a container's memory limit.</summary>
    public required Func<ByteSize, IEnumerable<EnvironmentPlan>> Environment { get; init; }

    /// <summary>The cheapest program of the image that does nothing and succeeds.</summary>
    public required ImmutableArray<string> Idle { get; init; }
    public required string RuntimeStage { get; init; }
    public required string DevelopmentStage { get; init; }

    /// <summary>The stage with development dependencies and build results, for a migration whose tool is one of them.</summary>
    public required string MigrateStage { get; init; }
}

/// <param name="start">The command of production.</param>
/// <param name="watch">True when it should start again after each change.</param>
public delegate ImmutableArray<string> DevelopmentCommand(ImmutableArray<string> start, bool watch);

/// <summary>A variable that names the proxies whose word about a client is believed.</summary>
public sealed record TrustPlan(string Variable, string Value)
{
    public static string PrivateNetworks { get; } = string.Join(',', ProxyPlan.PrivateNetworks);
}

/// <summary>A debugger's door, which opens when <see cref="Variable"/> is set to <see cref="Value"/>.</summary>
public sealed record DebugPlan(string Variable, string Value);

/// <summary>What the starter of a service is made of.</summary>
public sealed record StarterRequest
{
    public required StackService Service { get; init; }
    public required string Project { get; init; }
    public required int? Port { get; init; }
    public required bool Postgres { get; init; }

    /// <summary>True when its database has the extension <c>vector</c>.</summary>
    public required bool Vector { get; init; }

    /// <summary>Redis or Valkey.</summary>
    public required bool Redis { get; init; }

    /// <summary>Variables with the addresses of services that it needs, as <c>API_URL</c>; in the order of <c>needs</c>.</summary>
    public required ImmutableArray<string> ServiceUrls { get; init; }
}

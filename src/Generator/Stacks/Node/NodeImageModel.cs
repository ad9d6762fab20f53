using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Stacks.Node;

/// <summary>What the Dockerfiles of all stacks print that install packages with npm, pnpm or yarn: the partials <c>node-*</c> read these names.</summary>
public abstract record NodeImageModel : ImageModel
{
    protected NodeImageModel(StackRequest request, NodePackageManager manager, ImmutableArray<string> build, ImmutableArray<string> start, ImmutableArray<string> dev)
        : base(request, start, dev)
    {
        PackageManager = manager.Name;
        HasToolchain = manager.Bootstrap.Length > 0 || !manager.Environment.IsEmpty || BuildPackages.Length > 0;
        Toolchain = HasToolchain ? "toolchain" : "base";
        Bootstrap = manager.Bootstrap;
        ToolEnvironment = Lines(manager.Environment);
        Cache = manager.Cache;
        Manifests = manager.Manifests;
        Folders = manager.Folders;
        FoldersTarget = manager.FoldersTarget;
        InstallFiles = [.. request.Service.Build.Install.Select(i => i.Value)];
        Install = manager.Install;
        InstallProduction = manager.InstallProduction;
        ProductionFromInstall = manager.ProductionFromInstall;
        Build = string.Join(' ', build.Select(Escaping.Shell));
        Workspace = ImagePlanning.Package(request.Service) is not "." and var folder ? new(folder, manager, request) : null;
    }

    public string PackageManager { get; }

    /// <summary>True when something has to be installed before dependencies can be.</summary>
    public bool HasToolchain { get; }

    /// <summary>The stage that dependencies are installed in.</summary>
    public string Toolchain { get; }
    public string Bootstrap { get; }

    /// <summary>Variables of one ENV, a line each; empty when there are none.</summary>
    public string ToolEnvironment { get; }
    public string Cache { get; }
    public string Manifests { get; }
    public string Folders { get; }
    public string FoldersTarget { get; }

    /// <summary>Files and folders that scripts of the install read.</summary>
    public ImmutableArray<string> InstallFiles { get; }
    public string Install { get; }
    public string InstallProduction { get; }
    public bool ProductionFromInstall { get; }

    /// <summary>True when the install of production would run the `prepare` script of package.json.</summary>
    public bool DropsPrepare => !ProductionFromInstall;

    /// <summary>The build as one shell line; empty when there is nothing to build.</summary>
    public string Build { get; }

    /// <summary>Null for a package with a lockfile of its own.</summary>
    public NodeWorkspace? Workspace { get; }

    /// <summary>The folder of the package in the image.</summary>
    public string Home => Workspace is null ? "/app" : $"/app/{Workspace.Folder}";

    /// <summary>What stands before a path of the package in the context.</summary>
    public string FromContext => Workspace is null ? "" : $"{Workspace.Folder}/";

    /// <summary>The stage that a build of the package starts from.</summary>
    public string Installed => Workspace is null ? "deps" : "packages";

    /// <summary>The stage in which the members that it needs are built: a command of the manifest's own builds all at once.</summary>
    public string MembersBuiltIn => Workspace is { BuildsMembers: false } && Build.Length > 0 ? "build" : Installed;

    /// <summary>True for such a command.</summary>
    public bool BuildsAtRoot => MembersBuiltIn == "build";

    /// <summary>The folder of the stage `production-deps` with the dependencies of production.</summary>
    public virtual string ProductionModules => Workspace is null ? "/app/node_modules" : "/production";

    /// <summary>Where node lies in production's image: distroless has a place of its own.</summary>
    public string NodeFolder => Assembled && !Minimal ? "/nodejs/bin" : "/usr/local/bin";

    /// <summary>The stage with the packages whose native modules name the libraries that production needs.</summary>
    public virtual string ModulesStage => "production-deps";

    /// <summary>Files of the stage `base` that production needs as well, as words of the shell.</summary>
    public string Shared => string.Join(" ", [.. HasProbe ? ["/usr/local/lib/duskstack"] : Array.Empty<string>(), .. Ca.Length > 0 ? ["/usr/local/share/ca-certificates/company.pem"] : Array.Empty<string>()]);

    /// <summary>True when production's image comes with an entrypoint that would come before every command.</summary>
    public bool ResetsEntrypoint => Assembled && !Minimal;

    public bool InstallsRuntimePackages => RuntimePackages.Length > 0 && !Assembled;

    /// <summary>Folders among the packages that development writes to, as words of the shell; empty when there are none.</summary>
    public virtual string DevelopmentFolders => "";

    /// <summary>What a build for production wrote and development writes anew, as words of the shell; empty when there are none.</summary>
    public virtual string DevelopmentReplaces => "";

    /// <summary>A dependency whose program runs in development, by its path in node_modules; empty when there is none.</summary>
    public virtual string DevelopmentTool => "";

    /// <summary>True when it may lie elsewhere: at the root of a workspace.</summary>
    public bool LinksDevelopmentTool => Workspace is not null && DevelopmentTool.Length > 0;

    public override string CaEnvironment => "NODE_EXTRA_CA_CERTS=/usr/local/share/ca-certificates/company.pem";

    public override ImmutableArray<string> Probe => ["node", "/usr/local/lib/duskstack/health.cjs"];
}

using System.Collections.Immutable;
using System.Globalization;
using DuskStack.Manifests;
using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Stacks.Node;

/// <summary>What <c>stacks/node/Dockerfile.hbs</c> prints.</summary>
public sealed record NodeDockerfile
{
    public required string Title { get; init; }
    public required string Service { get; init; }
    public required string Base { get; init; }
    public required string Runtime { get; init; }

    /// <summary>Prefix of cache ids, so that two services never share a cache whose tools differ.</summary>
    public required string CacheId { get; init; }
    public required string PackageManager { get; init; }

    /// <summary>True when something has to be installed before dependencies can be.</summary>
    public required bool HasToolchain { get; init; }

    /// <summary>The stage that dependencies are installed in.</summary>
    public required string Toolchain { get; init; }
    public required string Bootstrap { get; init; }
    /// <summary>Variables of one ENV, a line each; empty when there are none.</summary>
    public required string ToolEnvironment { get; init; }
    public required string Cache { get; init; }
    public required string Manifests { get; init; }
    public required string Folders { get; init; }
    public required string FoldersTarget { get; init; }

    /// <summary>Files and folders that scripts of the install read.</summary>
    public required ImmutableArray<string> InstallFiles { get; init; }
    public required string Install { get; init; }
    public required string InstallProduction { get; init; }
    public required bool ProductionFromInstall { get; init; }

    /// <summary>True when the install of production would run the `prepare` script of package.json.</summary>
    public bool DropsPrepare => !ProductionFromInstall;

    /// <summary>Mounts of build secrets, a line each; empty when there are none.</summary>
    public required string SecretMounts { get; init; }

    /// <summary>Ends the build on an empty secret: for a variable that is not set, Compose and buildx mount an empty one, <c>required</c> or not.</summary>
    public required string SecretGuards { get; init; }
    public required string BuildPackages { get; init; }
    public required string RuntimePackages { get; init; }
    public required string Ca { get; init; }
    public required ImmutableArray<string> Args { get; init; }

    /// <summary>The build as one shell line; empty when there is nothing to build.</summary>
    public required string Build { get; init; }
    public required ImmutableArray<string> Outputs { get; init; }
    public required ImmutableArray<string> Built { get; init; }
    public required string User { get; init; }
    public required int Uid { get; init; }
    public required int Gid { get; init; }

    /// <summary>True when the base image has no name for the uid.</summary>
    public required bool CreatesUser { get; init; }
    /// <summary>Words of the shell; empty when there are none.</summary>
    public required string WritablePaths { get; init; }
    public required int? Port { get; init; }
    public required bool Listens { get; init; }
    public required bool HasProbe { get; init; }
    public required string ProbePath { get; init; }
    public required int ProbeTimeout { get; init; }
    public required string HealthOptions { get; init; }
    public required bool MigratesFromBuild { get; init; }
    public required ImmutableArray<string> Migrate { get; init; }
    public required ImmutableArray<string> Start { get; init; }
    public required ImmutableArray<string> Dev { get; init; }

    public static NodeDockerfile Of(StackRequest request, NodePackageManager manager, NodeCommands commands)
    {
        BuildSection build = request.Service.Build;
        HealthTiming? timing = request.Probe?.Timing;
        string name = request.Service.Name.Value;
        bool toolchain = manager.Bootstrap.Length > 0 || !manager.Environment.IsEmpty || !build.BuildPackages.IsEmpty;
        return new()
        {
            Title = $"{request.Project}-{name}",
            Service = name,
            Base = request.BaseReference,
            Runtime = request.Base.Version,
            CacheId = $"{request.Project}-{name}",
            PackageManager = manager.Name,
            HasToolchain = toolchain,
            Toolchain = toolchain ? "toolchain" : "base",
            Bootstrap = manager.Bootstrap,
            ToolEnvironment = Lines(manager.Environment),
            Cache = manager.Cache,
            Manifests = manager.Manifests,
            Folders = manager.Folders,
            FoldersTarget = manager.FoldersTarget,
            InstallFiles = [.. build.Install.Select(i => i.Value)],
            Install = manager.Install,
            InstallProduction = manager.InstallProduction,
            ProductionFromInstall = manager.ProductionFromInstall,
            SecretMounts = Lines(build.Secrets.Select(s => $"--mount=type=secret,id={s.Value},env={s.Value},required=true")),
            SecretGuards = string.Join(" \\\n    && ", build.Secrets.Select(s => $": \"${{{s.Value}:?is not set, and the build needs it}}\"")),
            BuildPackages = Packages(build.BuildPackages),
            RuntimePackages = Packages(build.RuntimePackages),
            Ca = build.Ca?.Value ?? "",
            Args = [.. build.Args.Select(a => $"{a.Name.Value}={Escaping.Dockerfile(a.Value.Value)}")],
            Build = string.Join(' ', commands.Build.Select(Escaping.Shell)),
            Outputs = commands.Outputs,
            Built = commands.Built,
            User = request.User.ToString(),
            Uid = request.User.Uid,
            Gid = request.User.Gid,
            CreatesUser = !request.Base.Users.Contains(request.User.Uid),
            WritablePaths = string.Join(' ', request.WritablePaths.Select(Escaping.Shell)),
            Port = request.Port,
            Listens = request.Port is not null,
            HasProbe = request.Probe is not null,
            ProbePath = request.Probe?.Path ?? "",
            // The probe gives up before Docker does, so that its own answer counts.
            ProbeTimeout = timing is null ? 0 : Math.Max(500, (int)timing.Timeout.TotalMilliseconds - 500),
            HealthOptions = timing is null ? "" : $"--interval={Seconds(timing.Interval)} --timeout={Seconds(timing.Timeout)} --start-period={Seconds(timing.StartPeriod)} --start-interval={Seconds(timing.StartInterval)} --retries={timing.Retries}",
            MigratesFromBuild = request.Service.Migrate?.FromBuild == true,
            Migrate = request.Service.Migrate?.Command.Value ?? [],
            Start = commands.Start,
            Dev = commands.Dev,
        };
    }

    private static string Lines(IEnumerable<string> words) => string.Join(" \\\n    ", words);

    private static string Packages(ImmutableArray<Located<string>> packages) => string.Join(' ', packages.Select(p => Escaping.Shell(p.Value)).Order(StringComparer.Ordinal));

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + "s";
}

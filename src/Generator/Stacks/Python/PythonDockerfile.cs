using System.Collections.Immutable;
using System.Globalization;
using DuskStack.Manifests;
using DuskStack.Templating;

namespace DuskStack.Stacks.Python;

/// <summary>What <c>stacks/python/Dockerfile.hbs</c> prints.</summary>
public sealed record PythonDockerfile : ImageModel
{
    /// <summary>Seconds. nginx keeps a connection for 60: were the server the first to close it, a request would now and then meet a closed one.</summary>
    private const int KeepAlive = 75;

    /// <summary>Seconds after which a worker that does not answer its master is replaced; gunicorn's own default.</summary>
    private const int WorkerSeconds = 30;

    private static readonly TimeSpan DefaultStop = TimeSpan.FromSeconds(10);

    public PythonDockerfile(StackRequest request, PythonPackageManager manager, PythonCommands commands)
        : base(request, commands.Start, commands.Dev)
    {
        StackService service = request.Service;
        PackageManager = manager.Name;
        ToolImage = manager.Image is { } image ? request.Reference(image) : "";
        ToolEnvironment = Lines(manager.Environment);
        Bootstrap = manager.Bootstrap;
        Cache = manager.Cache;
        Manifests = manager.Manifests;
        DevManifests = manager.DevManifests;
        Workspace = service.Workspace is null || manager.Name != "uv" ? null : new(request);
        Dropped = string.Join(' ', [manager.LockFiles, .. request.WritablePaths.Where(p => p.StartsWith($"{Home}/", StringComparison.Ordinal)).Select(p => Escaping.Shell(p[(Home.Length + 1)..]))]);
        Install = manager.Install;
        InstallDev = manager.InstallDev;
        InstallFiles = [.. service.Build.Install.Select(i => i.Value)];
        Build = string.Join(' ', (service.Build.Command?.Value ?? []).Select(Escaping.Shell));
        Outputs = [.. service.Build.Output.Select(o => o.Value)];
        Distroless = Assembled && !Minimal;
        Server = commands.Server == PythonServer.Gunicorn ? "gunicorn" : "uvicorn";
        TimeSpan grace = service.Stop?.Value ?? DefaultStop;
        Grace = DurationText.Write(grace);
        // After the open requests the application closes its own connections.
        ServerOptions = Port is null ? "" : Options(commands.Server, Math.Max(1, (int)grace.TotalSeconds - 3));
        SharesMetrics = Shares(service.Metrics, service.Workers) || service.Processes.Any(p => Shares(p.Metrics, p.Workers ?? service.Workers));
    }

    /// <summary>Null for a package with a lockfile of its own.</summary>
    public PythonWorkspace? Workspace { get; }

    /// <summary>The folder of the package in the image.</summary>
    public string Home => Workspace is null ? "/app" : $"/app/{Workspace.Folder}";

    /// <summary>The stage with all dependencies; in a workspace also the sources.</summary>
    public string Sources => Workspace is null ? "deps" : "packages";

    public string PackageManager { get; }

    /// <summary>The image that the package manager is copied from; empty when it is not.</summary>
    public string ToolImage { get; }

    /// <summary>Variables of one ENV, a line each; empty when there are none.</summary>
    public string ToolEnvironment { get; }
    public string Bootstrap { get; }
    public string Cache { get; }
    public string Manifests { get; }
    public string DevManifests { get; }

    /// <summary>What of the context production has no use for: lock files, and folders whose owner is another.</summary>
    public string Dropped { get; }
    public string Install { get; }
    public string InstallDev { get; }

    /// <summary>Files and folders that the install reads.</summary>
    public ImmutableArray<string> InstallFiles { get; }

    /// <summary>The build as one shell line; empty when there is nothing to build.</summary>
    public string Build { get; }

    /// <summary>What of the context production needs; empty: all of it.</summary>
    public ImmutableArray<string> Outputs { get; }
    public bool Distroless { get; }

    public string InstallMembers => PythonWorkspace.InstallFrom("members");

    public string InstallApplication => PythonWorkspace.InstallFrom("application");

    /// <summary>Words of apt-get: what strips symbols, and what packages are built with.</summary>
    public string ToolPackages => Debian ? $"binutils {BuildPackages}".TrimEnd() : BuildPackages;

    public string Server { get; }
    public bool Uvicorn => Server == "uvicorn";
    public string Grace { get; }

    /// <summary>Variables of one ENV; empty when the server is no known one.</summary>
    public string ServerOptions { get; }
    public bool SharesMetrics { get; }

    public string ProbeSeconds => (ProbeTimeout / 1000.0).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>Files of the stage `base` that production needs as well, as words of the shell.</summary>
    public string Shared => string.Join(' ', [
        .. HasProbe ? new[] { "/usr/local/lib/duskstack" } : [],
        .. Minimal ? new[] { "/usr/share/zoneinfo" } : [],
        .. Minimal || Ca.Length > 0 ? new[] { "/etc/ssl/certs/ca-certificates.crt" } : [],
    ]);

    public override bool InstallsPackages => Debian || base.InstallsPackages;

    public override string CaEnvironment => "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt PIP_CERT=/etc/ssl/certs/ca-certificates.crt";

    /// <summary>Where an assembled image finds certificates: OpenSSL's own folder is not copied. Empty when it finds them by itself.</summary>
    public string RuntimeTrust => Ca.Length > 0 ? CaEnvironment : Minimal ? "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt" : "";

    public override ImmutableArray<string> Probe => ["python", "-S", "-E", "/usr/local/lib/duskstack/health.py"];

    public override string AsksForUser => "getpass.getuser()";

    private static bool Shares(Located<string>? metrics, Located<int>? workers) => metrics is not null && workers is { Value: > 1 };

    private string Options(PythonServer server, int seconds) => server switch
    {
        PythonServer.Uvicorn => Lines([$"UVICORN_HOST=0.0.0.0 UVICORN_PORT={Port} UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN={seconds} UVICORN_TIMEOUT_KEEP_ALIVE={KeepAlive}", $"UVICORN_TIMEOUT_WORKER_HEALTHCHECK={WorkerSeconds}"]),
        // It binds to 0.0.0.0:$PORT by itself. Its workers show that they are alive by files, which belong into memory.
        PythonServer.Gunicorn => $"GUNICORN_CMD_ARGS=\"--graceful-timeout={seconds} --keep-alive={KeepAlive} --worker-tmp-dir=/dev/shm\"",
        _ => "",
    };
}

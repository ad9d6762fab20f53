using System.Collections.Immutable;
using System.Globalization;
using DuskStack.Manifests;
using DuskStack.Templating;

namespace DuskStack.Stacks;

/// <summary>What the Dockerfiles of all stacks print; the partials under <c>templates/partials</c> read these names.</summary>
public abstract record ImageModel
{
    protected ImageModel(StackRequest request, ImmutableArray<string> start, ImmutableArray<string> dev)
    {
        StackService service = request.Service;
        BuildSection build = service.Build;
        Service = service.Name.Value;
        Title = CacheId = $"{request.Project}-{Service}";
        Version = request.Bases.Builder.Version;
        Builder = request.Reference(request.Bases.Builder);
        Base = request.Reference(request.Bases.Runtime);
        Assembled = request.Bases.Assembled;
        Minimal = request.Bases.Runtime.Variant == "minimal";
        Debian = request.Bases.Builder.Variant == "slim";
        BaseName = Minimal ? Builder : Base;
        User = request.User.ToString();
        Uid = request.User.Uid;
        Gid = request.User.Gid;
        CreatesUser = !request.Bases.Builder.Users.Contains(request.User.Uid);
        WritablePaths = string.Join(' ', request.WritablePaths.Select(Escaping.Shell));
        SystemPaths = string.Join(' ', request.WritablePaths.Select(p => Escaping.Shell($"/system{p}")));
        Volumes = request.DeclaredVolumes;
        Port = request.Port;
        Listens = request.Port is not null;
        HasProbe = request.Probe is not null;
        ProbePath = request.Probe?.Path ?? "";
        // The probe gives up before Docker does, so that its own answer counts.
        ProbeTimeout = request.Probe is { } probe ? Math.Max(500, (int)probe.Timing.Timeout.TotalMilliseconds - 500) : 0;
        HealthOptions = request.Probe is { Timing: var timing } ? $"--interval={Seconds(timing.Interval)} --timeout={Seconds(timing.Timeout)} --start-period={Seconds(timing.StartPeriod)} --start-interval={Seconds(timing.StartInterval)} --retries={timing.Retries}" : "";
        SecretMounts = Lines(build.Secrets.Select(s => $"--mount=type=secret,id={s.Value},env={s.Value},required=true"));
        SecretGuards = string.Join(" \\\n    && ", build.Secrets.Select(s => $": \"${{{s.Value}:?is not set, and the build needs it}}\""));
        BuildPackages = Sorted(build.BuildPackages);
        RuntimePackages = Sorted(build.RuntimePackages);
        Ca = build.Ca?.Value ?? "";
        Args = [.. build.Args.Select(a => $"{a.Name.Value}={Escaping.Dockerfile(a.Value.Value)}")];
        MigratesFromBuild = service.Migrate?.FromBuild == true;
        Migrate = service.Migrate?.Command.Value ?? [];
        Start = start;
        Dev = dev;
    }

    public string Title { get; }
    public string Service { get; }

    /// <summary>The language's, <c>24</c>.</summary>
    public string Version { get; }

    /// <summary>The image that builds.</summary>
    public string Builder { get; }

    /// <summary>The image that production runs on, the same where nothing has to be assembled.</summary>
    public string Base { get; }

    /// <summary>What the label names: production's image, or the one that its files were taken from.</summary>
    public string BaseName { get; }

    /// <summary>True when the builder prepares all files of production's image, which has no tools of its own.</summary>
    public bool Assembled { get; }

    /// <summary>True when production's image starts empty, so that the language is copied as well.</summary>
    public bool Minimal { get; }

    /// <summary>True when the builder has apt-get, false when it has apk.</summary>
    public bool Debian { get; }

    /// <summary>Prefix of cache ids, so that two services never share a cache whose tools differ.</summary>
    public string CacheId { get; }
    public string User { get; }
    public int Uid { get; }
    public int Gid { get; }

    /// <summary>True when the builder has no name for the uid.</summary>
    public bool CreatesUser { get; }

    /// <summary>The call of the language that fails without a name for the uid.</summary>
    public virtual string AsksForUser => "os.userInfo()";

    /// <summary>Words of the shell; empty when there are none.</summary>
    public string WritablePaths { get; }

    /// <summary>The same below <c>/system</c>, where the files of an assembled image are prepared.</summary>
    public string SystemPaths { get; }

    /// <summary>Folders that are declared as volumes.</summary>
    public ImmutableArray<string> Volumes { get; }
    public int? Port { get; }
    public bool Listens { get; }
    public bool HasProbe { get; }
    public string ProbePath { get; }

    /// <summary>Milliseconds.</summary>
    public int ProbeTimeout { get; }
    public string HealthOptions { get; }

    /// <summary>The probe's command.</summary>
    public abstract ImmutableArray<string> Probe { get; }

    /// <summary>Mounts of build secrets, a line each; empty when there are none.</summary>
    public string SecretMounts { get; }

    /// <summary>Ends the build on an empty secret: for a variable that is not set, Compose and buildx mount an empty one, <c>required</c> or not.</summary>
    public string SecretGuards { get; }
    public string BuildPackages { get; }
    public string RuntimePackages { get; }

    /// <summary>A file of the context; empty when there is none.</summary>
    public string Ca { get; }

    /// <summary>The variable by which the language trusts <c>/usr/local/share/ca-certificates/company.pem</c>: <c>NAME=value</c>.</summary>
    public abstract string CaEnvironment { get; }
    public ImmutableArray<string> Args { get; }
    public bool MigratesFromBuild { get; }
    public ImmutableArray<string> Migrate { get; }
    public ImmutableArray<string> Start { get; }
    public ImmutableArray<string> Dev { get; }

    /// <summary>True when a step installs Debian packages.</summary>
    public virtual bool InstallsPackages => BuildPackages.Length > 0 || RuntimePackages.Length > 0 || Minimal;

    /// <summary>Words of a step that go on in the next line.</summary>
    protected static string Lines(IEnumerable<string> words) => string.Join(" \\\n    ", words);

    private static string Sorted(ImmutableArray<Located<string>> packages) => string.Join(' ', packages.Select(p => Escaping.Shell(p.Value)).Order(StringComparer.Ordinal));

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + "s";
}

using System.Collections.Immutable;
using DuskStack.Backing;
using DuskStack.Manifests;
using DuskStack.Stacks;
using DuskStack.Templating;

namespace DuskStack.Planning;

/// <summary>Writes the containers of one stack service: the service itself, its further processes, its migration.</summary>
public sealed class ContainerAuthor(StackService service, IStack stack, StackPlan plan, ImagePlan image, ImmutableDictionary<string, int> assigned, NeedsPlanning needs, UserId user, string? healthPath, bool behindProxy)
{
    private static readonly TimeSpan DefaultStop = TimeSpan.FromSeconds(10);
    private static readonly ByteSize DefaultMemory = ByteSize.Mebibytes(256);

    private string Name => service.Name.Value;

    public ContainerPlan Main(int? port, bool servesBrowsers, bool publishes) => Common() with
    {
        Name = Name,
        Comment = $"{(port is null ? "Worker" : servesBrowsers ? "Site" : "Service")} built from {ImagePlanning.Folder(service)} ({stack.Name}).",
        Port = port,
        Health = Health(),
        HealthPath = healthPath,
        Replicas = service.Replicas?.Value ?? 1,
        Metrics = Metrics(service.Metrics, port, service.Workers),
        Development = Development(Name, null, port, service.Env) with { Watches = true },
        Production = Production(Name, null, port, [.. Trusted(service.Routes, publishes), .. service.Env], publishes) with { Builds = true },
    };

    public ContainerPlan Further(Process process, int? port)
    {
        ImmutableArray<string> start = process.Start.Value;
        ContainerPlan common = Common();
        return common with
        {
            Name = NameChecks.ProcessName(service, process),
            Comment = $"Process `{process.Name.Value}` of {Name}: the same image, another command.",
            Port = port,
            Health = process.Health is { Kind.Value: HealthKind.Command } check ? HealthPlanning.Command(check) : Running(),
            Replicas = process.Replicas?.Value ?? 1,
            Resources = process.Resources is null ? common.Resources : ResourcePlanning.Plan(process.Resources, DefaultMemory),
            StopGrace = process.Stop?.Value ?? common.StopGrace,
            Metrics = Metrics(process.Metrics, port, process.Workers ?? service.Workers),
            Development = Development(NameChecks.ProcessName(service, process), process.Dev?.Value ?? plan.DevelopmentCommand(start, watch: true), port, [.. Listening(port), .. service.Env, .. process.Env]) with { Watches = true },
            Production = Production(NameChecks.ProcessName(service, process), start, port, [.. Listening(port), .. Trusted(process.Routes, publishes: false), .. service.Env, .. process.Env], publishes: false, process.Resources),
        };
    }

    public ContainerPlan Migration(MigrateSection migrate, ImagePlan from)
    {
        ImmutableArray<string> command = migrate.Command.Value;
        bool ownImage = migrate.FromBuild;
        ModePlan production = Production(NameChecks.MigrateName(service), ownImage ? WithUrls(command) : command, null, service.Env, publishes: false);
        return Common() with
        {
            Name = NameChecks.MigrateName(service),
            Role = ContainerRole.OneShot,
            Comment = $"Runs once before {Name} starts{(ownImage ? ", from the build stage: its tool is a development dependency" : "")}.",
            Image = from,
            Port = null,
            Health = ImageHasCheck ? new HealthPlan.Off() : new HealthPlan.Absent(),
            DependsOn = needs.DependsOn(service, beforeMigration: true),
            Replicas = 1,
            Development = Development(NameChecks.MigrateName(service), ownImage ? command : plan.DevelopmentCommand(command, watch: false), null, service.Env) with { Mounts = [] },
            Production = production with { Mounts = [], Builds = ownImage },
        };
    }

    private ContainerPlan Common() => new()
    {
        Name = Name,
        Role = ContainerRole.Application,
        Comment = "",
        Image = image,
        Reference = null,
        Port = null,
        Health = new HealthPlan.Absent(),
        DependsOn = needs.DependsOn(service),
        StopGrace = service.Stop?.Value ?? DefaultStop,
        Replicas = 1,
        Resources = ResourcePlanning.Plan(service.Resources, DefaultMemory),
        Logs = ResourcePlanning.Plan(service.Logs),
        Development = new(),
        Production = new(),
    };

    private static MetricsPlan? Metrics(Located<string>? path, int? port, Located<int>? workers) =>
        path is { } at && port is { } number ? new(number, at.Value, workers?.Value ?? 1) : null;

    private bool ImageHasCheck => Health() is HealthPlan.Image;

    private HealthPlan Health() => service.Health?.Kind.Value switch
    {
        HealthKind.Command => HealthPlanning.Command(service.Health),
        HealthKind.None => new HealthPlan.Absent(),
        _ => healthPath is not null ? new HealthPlan.Image() : new HealthPlan.Absent(),
    };

    /// <summary>
    /// A further process does not listen where the image's check asks. Switching the check off would fail <c>up --wait</c>,
    /// see https://github.com/docker/compose/issues/13522; remove this when that is mended.
    /// </summary>
    private HealthPlan Running()
    {
        ImmutableArray<string> test = ["CMD", .. plan.Idle];
        return ImageHasCheck
            ? new HealthPlan.Check(test, test, HealthTiming.Alive, "The image's check asks a port that this process does not open; switched off, it would fail `up --wait`.", Idle: true)
            : new HealthPlan.Absent();
    }

    /// <summary>The image says where the service listens; a process of its own port has to be told.</summary>
    private IEnumerable<NamedValue> Listening(int? port) =>
        port is { } number ? plan.PortVariables.Select(name => new NamedValue(new(name, default), new(number.ToString(), default))) : [];

    /// <summary>Where requests come through a proxy alone, what that says about a client is true; anybody else could claim anything.</summary>
    private IEnumerable<NamedValue> Trusted(ImmutableArray<Route> routes, bool publishes) =>
        behindProxy && !publishes && !routes.IsEmpty && plan.Trust is { } trust ? [new NamedValue(new(trust.Variable, default), new(trust.Value, default))] : [];

    /// <summary>Migration tools read DATABASE_URL and no file; the shell that hands it over becomes the tool.</summary>
    private ImmutableArray<string> WithUrls(ImmutableArray<string> command)
    {
        string[] urls = [.. needs.Connections(service).Where(c => !SecretPlanning.IsEnvironment(service, c.Variable)).Select(c => $"{c.Variable}=$(cat /run/secrets/{c.Secret.Name})")];
        return urls.Length == 0 ? command : ["sh", "-c", $"{string.Join(' ', urls)} exec \"$@\"", "--", .. command];
    }

    private ModePlan Development(string container, ImmutableArray<string>? command, int? port, IEnumerable<NamedValue> env)
    {
        var ports = ImmutableArray.CreateBuilder<PortPlan>();
        if (port is { } number)
            ports.Add(new($"{NameChecks.Variable(container)}_PORT", number, number, Loopback: true));
        var environment = Environment(
            needs.Connections(service).Select(c => new EnvironmentPlan(c.Variable, c.Development)),
            // A URL that production reads from its environment is known here all the same.
            service.Secrets.Where(s => needs.Connections(service).All(c => c.Variable != s.Name.Value)).Select(s => new EnvironmentPlan(s.Name.Value, $"${{{s.Name.Value}:-}}")),
            env).ToList();
        if (container == Name && plan.Debug is { } door && stack.DebugPort is { } debugger)
        {
            string variable = $"{NameChecks.Variable(Name)}_DEBUG";
            int host = assigned[PortPlanning.Debugger(Name)];
            ports.Add(new($"{NameChecks.Variable(Name)}_DEBUG_PORT", host, debugger, Loopback: true, "for a debugger"));
            if (environment.All(e => e.Name != door.Variable))
                environment.Add(new(door.Variable, $"${{{variable}:-}}", $"To debug: {variable}={door.Value}, then attach to 127.0.0.1:{host}."));
        }

        return new()
        {
            Builds = true,
            Command = command,
            Environment = [.. environment],
            Ports = ports.ToImmutable(),
            Mounts = Volumes(),
        };
    }

    private ModePlan Production(string container, ImmutableArray<string>? command, int? port, IEnumerable<NamedValue> env, bool publishes, Resources? resources = null)
    {
        ByteSize memory = ResourcePlanning.Plan(resources ?? service.Resources, DefaultMemory).Memory;
        ImmutableArray<ConnectionPlan> connections = needs.Connections(service);
        IEnumerable<EnvironmentPlan> urls = connections.Select(c => SecretPlanning.IsEnvironment(service, c.Variable)
            ? Required(c.Variable) with { Secret = c.Secret.Name }
            : new EnvironmentPlan($"{c.Variable}_FILE", $"/run/secrets/{c.Secret.Name}") { Secret = c.Secret.Name });
        IEnumerable<EnvironmentPlan> secrets = service.Secrets
            .Where(s => connections.All(c => c.Variable != s.Name.Value))
            .Select(s => (s.AsEnvironment ? Required(s.Name.Value) : new EnvironmentPlan($"{s.Name.Value}_FILE", $"/run/secrets/{s.Name.Value}")) with { Secret = s.Name.Value });
        return new()
        {
            Command = command,
            Environment = [.. Environment(urls.Concat(plan.Environment(memory)), secrets, env)],
            Secrets =
            [
                .. connections.Where(c => !SecretPlanning.IsEnvironment(service, c.Variable)).Select(c => c.Secret.Name),
                .. service.Secrets.Where(s => !s.AsEnvironment && connections.All(c => c.Variable != s.Name.Value)).Select(s => s.Name.Value),
            ],
            Ports = port is { } number && publishes ? [new($"{NameChecks.Variable(container)}_PORT", number, number, Loopback: false)] : [],
            Mounts = Volumes(),
            Tmpfs = [.. service.Volumes.Any(v => v.Path.Value == "/tmp") ? [] : new[] { Memory("/tmp", "1777", null) }, .. service.Writable.Select(w => w.Value).Concat(plan.Writable).Distinct().Where(w => w != "/tmp").Select(w => Memory(w, "0755", user))],
            Networks = needs.UsesData(service) ? [NetworkNames.Edge, NetworkNames.Data] : [NetworkNames.Edge],
            ReadOnly = true,
            DropCapabilities = true,
        };
    }

    /// <summary>The user's own values win over what DuskStack derives; a later one over an earlier one.</summary>
    private IEnumerable<EnvironmentPlan> Environment(IEnumerable<EnvironmentPlan> urls, IEnumerable<EnvironmentPlan> secrets, IEnumerable<NamedValue> env)
    {
        IEnumerable<EnvironmentPlan> derived = needs.Urls(service);
        if (service.Stop is { } stop)
            derived = derived.Append(new("STOP_TIMEOUT", Math.Max(1, (int)stop.Value.TotalSeconds - 2).ToString(), "Seconds: the application gives up before Docker kills it."));
        if (service.Workers is { } workers)
            derived = derived.Append(new("WEB_CONCURRENCY", workers.Value.ToString()));
        if (service.Pool is { } pool)
            derived = derived.Append(new("DATABASE_POOL", pool.Value.ToString()));
        // The prefix keeps what browsers read apart from what the server reads: PUBLIC_API_URL=/api beside API_URL=http://api:3000.
        derived = derived.Concat(service.Public.Select(p => new EnvironmentPlan($"PUBLIC_{p.Name.Value}", Escaping.Compose(p.Value.Value))));
        IEnumerable<EnvironmentPlan> own = env.Select(e => new EnvironmentPlan(e.Name.Value, Escaping.Compose(e.Value.Value), Comment(e)));
        return urls.Concat(derived).Concat(secrets).Concat(own).GroupBy(e => e.Name).Select(g => g.Last());
    }

    private string? Comment(NamedValue value) =>
        plan.Trust is { } trust && value.Name.Value == trust.Variable && value.Value.Value == trust.Value ? "Requests come from containers of this project alone: what they say about the client is believed." : null;

    private static EnvironmentPlan Required(string name) => new(name, $"${{{name}:?set {name} in .env or in the environment}}");

    private static TmpfsPlan Memory(string target, string mode, UserId? owner) => new(target, ByteSize.Mebibytes(64), mode, owner);

    private ImmutableArray<MountPlan> Volumes() => [.. service.Volumes.Select(v => new MountPlan(v.Name.Value, v.Path.Value, File: false))];
}

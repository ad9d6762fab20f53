using System.Collections.Immutable;
using DuskStack.Diagnostics;

namespace DuskStack.Manifests.Settings;

/// <summary>An entry of <c>services:</c></summary>
public static class ServiceSettings
{
    // What a service is decides which of the settings below apply to it.
    private static readonly Scope Stacks = new("services with `stack`", Kinds(_ => true));
    private static readonly Scope Folders = new("services with `stack` or `dockerfile`", Stacks.Kinds.Append("dockerfile").ToHashSet());
    private static readonly Scope Browsers = new($"the stacks {Names(stack => stack.InBrowser)}", Kinds(stack => stack.InBrowser));
    private static readonly Scope Processes = new($"the stacks {Names(stack => stack.OwnProcess)}", Kinds(stack => stack.OwnProcess));
    private static readonly Scope Started = new($"the stacks {Names(stack => stack.OwnProcess)}, and services with `image` or `dockerfile`", Processes.Kinds.Concat(["image", "dockerfile"]).ToHashSet());

    // `metrics: none` is the default said aloud.
    private const string NoMetrics = "none";

    // What the service is.
    public static readonly Setting<string> Stack = new("stack", new ChoiceType("stack", [.. StackNames.All.Select(stack => new Choice(stack.Name, stack.Summary))]) { OtherWords = StackNames.OtherWords }) { Summary = "Language or framework that builds the image; exactly one of `stack`, `image` and `dockerfile` is given.", Example = "node" };
    public static readonly Setting<string> Image = new("image", ValueTypes.Image) { Summary = "Ready image to run, in place of `stack`.", Example = "axllent/mailpit:v1.27" };
    public static readonly Setting<string> Dockerfile = new("dockerfile", PathTypes.Project) { Summary = "Dockerfile of your own to build, relative to `path`, in place of `stack`; DuskStack never writes it.", Example = "Dockerfile.worker" };

    // How its image is built.
    public static readonly Setting<string> Path = new("path", PathTypes.Project) { Summary = "Folder that is sent to the build (the build context), relative to the manifest.", DefaultInWords = "`services/` and the service's name", Example = "services/api", Scope = Folders };
    public static readonly Setting<string> Workspace = new("workspace", PathTypes.Project) { Summary = "Package inside a pnpm, npm, yarn or uv workspace whose root is `path`, where the lockfile lies; other settings of the service are relative to the package.", DefaultInWords = "no workspace", Example = "apps/backend", Scope = Stacks };
    public static readonly Setting<PackageManager> PackageManager = new("packageManager", new PackageManagerType()) { Summary = "Package manager, and its version when it should not be DuskStack's.", DefaultInWords = "the stack's own", Example = "pnpm@10.13.1", Scope = Stacks };
    public static readonly Setting<string> Runtime = new("runtime", ValueTypes.Version) { Summary = "Version of the language; warned about when past its end of life.", DefaultInWords = "the stack's own", Example = "\"3.13\"", Scope = Stacks };
    public static readonly Setting<string> Base = new("base", new ChoiceType("base",
        new Choice("slim", "Debian with the few packages that are needed"), new Choice("alpine", "Alpine Linux, with musl in place of glibc"),
        new Choice("distroless", "Debian's libraries without a shell"), new Choice("minimal", "nothing but the language and the libraries it loads"))) { Summary = "Kind of base image that production runs on.", DefaultInWords = "the stack's own", Example = "slim", Scope = Stacks };
    public static readonly Setting<BuildSection> Build = new("build", BuildSettings.Type) { Summary = "How the image is built.", Scope = Stacks };

    // How it runs.
    public static readonly Setting<int> Port = new("port", new OneOfType<int>
    {
        Keywords = [new("none", "a worker, which listens on nothing", _ => 0)],
        Text = ValueTypes.Port,
    })
    { Summary = "Port on which the process listens, or `none` for a worker.", DefaultInWords = "3000 for node and nextjs, 8000 for python, 8080 for spa", Example = "8000" };
    public static readonly Setting<UserId> User = new("user", new UserIdType()) { Summary = "Numeric user and group of the process; never root.", Default = "10001:10001", Example = "1000" };
    public static readonly Setting<ImmutableArray<string>> Start = new("start", ValueTypes.Command) { Summary = "Command that the container runs, as a list of words: no shell stands between.", DefaultInWords = "the stack's own", Example = "[\"uvicorn\", \"src.main:app\"]", Scope = Started };
    public static readonly Setting<ImmutableArray<string>> Dev = new("dev", ValueTypes.Command) { Summary = "Command of development, which reloads on changes.", DefaultInWords = "the stack's own", Example = "[\"uvicorn\", \"src.main:app\", \"--reload\"]", Scope = Stacks };
    public static readonly Setting<TimeSpan> Stop = new("stop", ValueTypes.ShortDuration) { Summary = "Grace period between the polite signal and the end; the application's own deadline lies below it.", Default = "10s", Example = "30s" };
    public static readonly Setting<int> Workers = new("workers", new IntegerType(1, 256)) { Summary = "Processes in one container.", Default = "1", Example = "2", Scope = Processes };
    public static readonly Setting<int> Pool = new("pool", new IntegerType(1, 1000)) { Summary = "Database connections of one process; their sum is checked against `postgres.maxConnections`.", Default = "5", Example = "10", Scope = Processes };
    public static readonly Setting<int> Replicas = new("replicas", new IntegerType(1, 100)) { Summary = "Containers that run at the same time in production.", Default = "1", Example = "2" };
    public static readonly Setting<ImmutableArray<Process>> FurtherProcesses = new("processes", ProcessSettings.Type) { Summary = "Further processes from the same image, by name; in Compose they are called `<service>-<process>`.", Example = "{ worker: { start: [python, -m, src.worker] } }", Scope = Processes };
    public static readonly Setting<HealthSection> Health = new("health", HealthSettings.ServiceType) { Summary = "How the container engine finds out whether it works.", DefaultInWords = "`/health`; `/api/health` for nextjs; `image` for services with `image` or `dockerfile`; off for workers", Example = "/health" };
    public static readonly Setting<string> Metrics = new("metrics", new OneOfType<string> { Keywords = [new(NoMetrics, "no metrics", _ => NoMetrics)], Text = PathTypes.Url }) { Summary = "URL path at which it serves metrics for Prometheus.", Default = NoMetrics, Example = "/metrics" };
    public static readonly Setting<MigrateSection> Migrate = new("migrate", MigrateSettings.Type) { Summary = "Command that brings the database up to date, run once before the service starts.", DefaultInWords = "none", Example = "[\"alembic\", \"upgrade\", \"head\"]", Scope = Processes };

    // What it is given.
    public static readonly Setting<ImmutableArray<Located<string>>> Needs = new("needs", ValueTypes.Needs) { Summary = "Backing services and other services that must be healthy first; their addresses are handed over as variables.", Example = "[postgres, redis]" };
    public static readonly Setting<ImmutableArray<NamedValue>> Env = new("env", ValueTypes.Values) { Summary = "Variables of the process.", Example = "{ LOG_LEVEL: info }" };
    public static readonly Setting<ImmutableArray<NamedValue>> Public = new("public", ValueTypes.Values) { Summary = "What the browser may read, set when the container starts; never a secret.", Example = "{ API_URL: /api }", Scope = Browsers };
    public static readonly Setting<ImmutableArray<Secret>> Secrets = new("secrets", SecretSettings.Type) { Summary = "Secrets that the process gets, by name; their values never stand in an image or a committed file.", Example = "[OPENAI_API_KEY]" };
    public static readonly Setting<ImmutableArray<VolumeMount>> Volumes = new("volumes", VolumesType()) { Summary = "Named volumes and where the container sees them; they keep their data.", Example = "{ uploads: /app/uploads }" };
    public static readonly Setting<ImmutableArray<Located<string>>> Writable = new("writable", ValueTypes.Distinct(PathTypes.Container)) { Summary = "Folders that can be written though the file system is read-only; in memory, lost with the container.", Example = "[/app/.cache]" };

    // What surrounds it.
    public static readonly Setting<ImmutableArray<Route>> Routes = new("routes", RouteSettings.Type) { Summary = "What the proxy passes on to it; without routes it is not reachable through the proxy.", Example = "[/api]" };
    public static readonly Setting<Resources> Resources = new("resources", ResourceSettings.Type) { Summary = "How much of the machine a container may use in production." };
    public static readonly Setting<Logs> Logs = new("logs", LogSettings.Type) { Summary = "How the log is rotated." };
    public static readonly Setting<ServiceBudget> Budget = new("budget", ServiceBudgetSettings.Type) { Summary = "Limits that `duskstack verify` and the generated CI hold it to.", Scope = Stacks };

    public static readonly ObjectType<Service> ItemType = new(
        new("service", "One service: an application that a stack builds, or any other container.",
        [
            Stack, Image, Dockerfile, Path, Workspace, PackageManager, Runtime, Base, Build, Port, User, Start, Dev, Stop, Workers, Pool, Replicas, FurtherProcesses, Health, Metrics, Migrate,
            Needs, Env, Public, Secrets, Volumes, Writable, Routes, Resources, Logs, Budget,
        ])
        {
            Variants =
            [
                .. StackNames.All.Select(stack => new Variant(stack.Name, "stack", stack.Name, stack.Summary)),
                new("image", "image", null, "runs a ready image"),
                new("dockerfile", "dockerfile", null, "is built by a Dockerfile of yours"),
            ],
            OtherWords = ComposeWords.OfServices,
            Example = "services:\n  api:\n    stack: python\n    port: 8000\n    needs: [postgres]\n    routes: [/api]\n  mail: { image: axllent/mailpit:v1.27, port: 8025 }",
        },
        Read);

    public static readonly MapType<Service> Type = new(NameTypes.Service, ItemType) { WhenList = "services have names: `api:` and its keys indented below" };

    private static Service? Read(ObjectValues values)
    {
        // A service of an unknown stack goes on without one: what else is wrong with it is told in the same run.
        if (values.Written(Stack) is { } written) return Shared(ReadStack(values, values.Get(Stack) ?? new("", written.Value.Span)), values);
        CheckContainerHealth(values);
        return Shared(new ContainerService { Name = values.Key, Image = values.Get(Image), Dockerfile = values.Get(Dockerfile), Path = values.Get(Path) }, values);
    }

    private static StackService ReadStack(ObjectValues values, Located<string> stack)
    {
        if (values.Get(Health) is { Value.Kind: { Value: HealthKind.Image } kind })
            values.Bag.Error(DiagnosticCodes.BadValue, kind.Span, "`image` is for services with `image` or `dockerfile`: DuskStack itself writes the check into this image", "name a path, or leave `health` out for the stack's own");
        return new()
        {
            Name = values.Key,
            Stack = stack,
            Path = values.Get(Path),
            Workspace = values.Get(Workspace),
            PackageManager = values.Get(PackageManager),
            Runtime = values.Get(Runtime),
            Base = values.Get(Base),
            Build = values.Get(Build)?.Value ?? new(),
            Dev = values.Get(Dev),
            Workers = values.Get(Workers),
            Pool = values.Get(Pool),
            Processes = values.All(FurtherProcesses),
            Migrate = values.Get(Migrate)?.Value,
            Public = values.All(Public),
            Budget = values.Get(Budget)?.Value ?? new(),
        };
    }

    private static Service Shared(Service service, ObjectValues values)
    {
        var port = values.Get(Port);
        return service with
        {
            Port = port?.Value == 0 ? null : port,
            WithoutPort = port?.Value == 0,
            Start = values.Get(Start),
            User = values.Get(User),
            Stop = values.Get(Stop),
            Health = values.Get(Health)?.Value,
            Metrics = values.Get(Metrics) is { Value: not NoMetrics } metrics ? metrics : null,
            Needs = values.All(Needs),
            Env = values.All(Env),
            Secrets = values.All(Secrets),
            Volumes = values.All(Volumes),
            Writable = values.All(Writable),
            Routes = values.All(Routes),
            Replicas = values.Get(Replicas),
            Resources = values.Get(Resources)?.Value ?? new(),
            Logs = values.Get(Logs)?.Value ?? new(),
        };
    }

    private static void CheckContainerHealth(ObjectValues values)
    {
        if (values.Get(Health)?.Value is not { Kind: { Value: HealthKind.Http } kind } health) return;
        // Timings alone are fine: they are those of the image's own check.
        if (health.Path is null && health.Ready is null) return;
        values.Bag.Error(DiagnosticCodes.BadValue, kind.Span, $"a path cannot be asked in {Quoted.Text(values.Key.Value)}: DuskStack does not know which programs its image has", "write `image` for the image's own check, `none`, or `{ command: [...] }`");
    }

    private static MapType<VolumeMount> VolumesType() => new(NameTypes.Volume, new ConvertedType<string, VolumeMount>(PathTypes.Container, (path, reading) => new(reading.Key, path)))
    {
        WhenList = "write a map: `uploads: /app/uploads` in place of `- uploads:/app/uploads`",
    };

    private static HashSet<string> Kinds(Func<StackName, bool> which) => [.. StackNames.All.Where(which).Select(stack => stack.Name)];

    private static string Names(Func<StackName, bool> which) => string.Join(", ", StackNames.All.Where(which).Select(stack => stack.Name));
}

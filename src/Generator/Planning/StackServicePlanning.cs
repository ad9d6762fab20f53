using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Stacks;

namespace DuskStack.Planning;

/// <summary>A service whose image a stack builds: its image, its container, its processes and its migration.</summary>
public static class StackServicePlanning
{
    private static readonly UserId DefaultUser = new(10001, 10001);

    public static ServiceParts Plan(StackService service, Manifest manifest, ImmutableDictionary<string, int> ports, ImmutableHashSet<string> shared, NeedsPlanning needs, Facts facts, DiagnosticBag bag)
    {
        if (StackList.Find(service.Stack.Value) is not { } stack)
        {
            if (service.Stack.Value.Length > 0)
                bag.Error(DiagnosticCodes.NotAvailable, service.Stack.Span, $"the stack `{service.Stack.Value}` is not available in this version of DuskStack", $"available: {string.Join(", ", StackList.All.Select(s => s.Name))}");
            return new([], []);
        }

        if (stack.Bases(service, bag) is not { } bases)
            return new([], []);
        if (facts.Exists is { } exists)
            stack.CheckFolder(service, exists, bag);

        int? port = ports.TryGetValue(service.Name.Value, out int assigned) ? assigned : null;
        string context = ImagePlanning.Context(service), dockerfile = ImagePlanning.DockerfileName(service, shared);
        UserId user = service.User?.Value ?? DefaultUser;
        ImageProbe? probe = Probe(service, stack, port);
        StackPlan plan = stack.Plan(
            new()
            {
                Service = service,
                Project = manifest.Name.Value,
                Port = port,
                User = user,
                Probe = probe,
                WritablePaths = [.. service.Volumes.Select(v => v.Path.Value).Concat(service.Writable.Select(w => w.Value)).Distinct().Order(StringComparer.Ordinal)],
                DeclaredVolumes = manifest.Deploy?.Ecs is null ? [] : [.. service.Volumes.Select(v => v.Path.Value).Distinct().Order(StringComparer.Ordinal)],
                Bases = bases,
                Reference = image => ImagePlanning.Reference(image, manifest.Images),
                Upstreams = manifest.Proxy is null ? RoutePlanning.Upstreams(manifest, ports, except: service) : [],
                Neighbours = [.. ImagePlanning.Neighbours(manifest, service).Distinct()],
                Foreign = [.. ImagePlanning.Neighbours(manifest, service, foreign: true).Distinct()],
                DockerfilePath = ImagePlanning.Join(context, dockerfile),
                IgnorePath = ImagePlanning.IgnorePath(context, dockerfile),
            },
            bag);

        ImagePlan built = new()
        {
            Name = service.Name.Value,
            Repository = ImagePlanning.Repository(manifest, service.Name.Value),
            Context = context,
            Dockerfile = dockerfile,
            Target = plan.RuntimeStage,
            DevelopmentTarget = plan.DevelopmentStage,
            Files = plan.Files,
            Secrets = [.. service.Build.Secrets.Select(s => s.Value).Distinct()],
            Bases = [.. new[] { bases.Builder, bases.Runtime }.Distinct()],
            Check = probe is not null && plan.HealthCommand is { } command ? new(command, probe.Timing) : null,
            User = user,
            Start = plan.Start,
            Dev = plan.Dev,
            Ignored = plan.Ignored,
            InstallsPackages = plan.InstallsPackages,
            Budget = new()
            {
                Image = service.Budget.Image?.Value.Bytes,
                ColdBuild = service.Budget.ColdBuild?.Value,
                WarmBuild = service.Budget.WarmBuild?.Value,
                Healthy = service.Budget.Healthy?.Value,
            },
            Watch = [.. plan.Watch.Select(w => w with { Path = ImagePlanning.Join(context, w.Path) })],
        };
        var author = new ContainerAuthor(service, stack, plan, built, ports, needs, user, Probe(service, stack, port)?.Path, behindProxy: IsBehindProxy(manifest, stack));
        ImmutableArray<ImagePlan> images = [built];
        var containers = ImmutableArray.CreateBuilder<ContainerPlan>();
        if (service.Migrate is { } migrate)
        {
            string name = NameChecks.MigrateName(service);
            ImagePlan from = migrate.FromBuild
                ? built with { Name = name, Repository = ImagePlanning.Repository(manifest, name), Target = plan.MigrateStage, Files = [], Watch = [], Check = null, Budget = new() }
                : built;
            if (migrate.FromBuild)
                images = images.Add(from);
            containers.Add(author.Migration(migrate, from));
        }

        containers.Add(author.Main(port, stack.ServesBrowsers, Publishes(manifest, stack)));
        foreach (Process process in service.Processes)
        {
            int? processPort = ports.TryGetValue(NameChecks.ProcessName(service, process), out int own) ? own : null;
            containers.Add(author.Further(process, processPort));
        }

        CheckPublishedReplicas(service, containers, bag);
        CheckProcesses(service, bag);
        return new(images, containers.ToImmutable());
    }

    private static ImageProbe? Probe(StackService service, IStack stack, int? port) =>
        port is null || service.Health?.Kind.Value is HealthKind.None or HealthKind.Command
            ? null
            : new(service.Health?.Path?.Value ?? stack.DefaultHealthPath, HealthPlanning.Timing(service.Health, HealthTiming.Application));

    /// <summary>Production publishes the proxy alone; without one what browsers talk to; where there is no such service, every service with a port.</summary>
    private static bool Publishes(Manifest manifest, IStack stack) =>
        manifest.Proxy is null && (stack.ServesBrowsers || !manifest.Services.OfType<StackService>().Any(s => StackList.Find(s.Stack.Value)?.ServesBrowsers == true));

    /// <summary>True when another container passes requests on to it: the proxy, or the web server of a site.</summary>
    private static bool IsBehindProxy(Manifest manifest, IStack stack) =>
        manifest.Proxy is not null || (!stack.PassesOn && manifest.Services.OfType<StackService>().Any(s => StackList.Find(s.Stack.Value)?.PassesOn == true));

    /// <summary>An application that gives up only when Docker does is killed in the middle of it.</summary>
    private static readonly TimeSpan ShortestStop = TimeSpan.FromSeconds(3);

    private static void CheckProcesses(StackService service, DiagnosticBag bag)
    {
        if (service.Stop is { } stop && stop.Value < ShortestStop)
            bag.Warning(DiagnosticCodes.StopTooShort, stop.Span, $"`stop: {DurationText.Write(stop.Value)}` leaves the application no time to end by itself", "give it 3s or more");
        foreach (Process process in service.Processes)
        {
            if (process.Health is { Kind.Value: HealthKind.Http, Path: { } path })
                bag.Error(DiagnosticCodes.KeyDoesNotApply, path.Span, $"the health of the process `{process.Name.Value}` cannot be a path: the image's probe asks the service's own port", "write `health: { command: [...] }`");
        }
    }

    private static void CheckPublishedReplicas(StackService service, IEnumerable<ContainerPlan> containers, DiagnosticBag bag)
    {
        foreach (ContainerPlan container in containers.Where(c => c.Replicas > 1 && !c.Production.Ports.IsEmpty))
            bag.Error(DiagnosticCodes.PortClash, (service.Replicas ?? service.Name.With(1)).Span, $"{container.Replicas} replicas of `{container.Name}` cannot publish one port", "several replicas need a proxy before them: add a section `proxy: {}`, leave `replicas` out, or move the work into a process without a port");
    }
}

using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Templating;

namespace DuskStack.Planning.Ecs;

/// <summary>The task definition of one container, within what ECS and Fargate accept.</summary>
public static class EcsTasks
{
    /// <summary>https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html: what its proxy needs beside the container.</summary>
    private const int ProxyMebibytes = 64;
    private const int LongestStop = 120;

    public static EcsTask Plan(EcsContainer container, string project, int logDays, DiagnosticBag bag)
    {
        ContainerPlan plan = container.Plan;
        ModePlan production = plan.Production;
        // A person's own value wins over the store's, and a name may stand only once.
        ImmutableArray<EnvironmentPlan> plain = [.. production.Environment.Where(e => e.Secret is null)];
        return new()
        {
            Name = plan.Name,
            Family = $"{project}-{plan.Name}",
            LogGroup = $"/ecs/{project}-{plan.Name}",
            LogDays = logDays,
            Image = plan.Image?.Name,
            Reference = plan.Image is null ? plan.Reference : null,
            Size = Size(container, bag),
            Command = container.Command ?? production.Command,
            User = production.User ?? plan.Image?.User?.ToString(),
            ReadOnly = production.ReadOnly,
            DropCapabilities = production.DropCapabilities,
            Tmpfs = production.Tmpfs,
            Volumes = [.. production.Mounts.Where(m => !m.File)],
            StopSeconds = Stop(container, bag),
            Health = Health(container, bag),
            Environment = [.. plain.Select(e => new EnvironmentPlan(e.Name, Escaping.FromCompose(e.Value)))],
            Secrets = [.. production.Environment.Where(e => e.Secret is not null).Select(e => new EcsSecret(Variable(e), e.Secret!)).Where(s => plain.All(e => e.Name != s.Variable)).DistinctBy(s => s.Variable)],
            Port = plan.Port,
        };
    }

    /// <summary>Secrets are files in Compose, NAME_FILE, and values here, NAME.</summary>
    private static string Variable(EnvironmentPlan variable) =>
        variable.Value.StartsWith("/run/secrets/", StringComparison.Ordinal) && variable.Name.EndsWith("_FILE", StringComparison.Ordinal) ? variable.Name[..^"_FILE".Length] : variable.Name;

    /// <summary>
    /// `cpus` and `memory` are what the container may take at most. Memory of the proxy comes on top of it, as too little ends the task;
    /// its processor time does not, as too little of that only slows it.
    /// </summary>
    private static FargateSize Size(EcsContainer container, DiagnosticBag bag)
    {
        ResourcesPlan wanted = container.Plan.Resources;
        long mebibytes = (wanted.Memory.Bytes + ByteSize.Mebibyte - 1) / ByteSize.Mebibyte + (container.Connects ? ProxyMebibytes : 0);
        if (FargateSize.Holding(wanted.Cpus, mebibytes) is { } size)
            return size;
        FargateSize largest = FargateSize.All[^1];
        string words = container.Connects ? $", of which {ProxyMebibytes} MiB are for the proxy of Service Connect" : "";
        bag.Error(
            DiagnosticCodes.FargateSize,
            (container.Resources.Memory?.Span ?? container.Resources.Cpus?.Span) ?? container.Service.Name.Span,
            $"`{container.Plan.Name}` wants {wanted.Cpus:0.##} cpus and {mebibytes} MiB{words}, and no task of Fargate is that large",
            $"at most {largest.Cpu / 1024} cpus and {largest.Memory / 1024}G, less {ProxyMebibytes}M where services talk to each other; more needs several `replicas` or EC2");
        return largest;
    }

    private static int Stop(EcsContainer container, DiagnosticBag bag)
    {
        int seconds = (int)Math.Ceiling(container.Plan.StopGrace.TotalSeconds);
        if (seconds > LongestStop)
            bag.Warning(DiagnosticCodes.EcsRange, (container.Stop ?? container.Service.Name.With(container.Plan.StopGrace)).Span, $"Fargate kills a task {LongestStop} s after its stop began, and `{container.Plan.Name}` may take {seconds} s", "finish in less time, or hand the rest of the work to another task");
        return Math.Clamp(seconds, 1, LongestStop);
    }

    private static EcsHealth? Health(EcsContainer container, DiagnosticBag bag)
    {
        ContainerPlan plan = container.Plan;
        switch (plan.Health)
        {
            case HealthPlan.Image when plan.Image?.Check is { } check:
                return Within(container, ["CMD", .. check.Command], check.Timing, bag);
            case HealthPlan.Image:
                bag.Warning(DiagnosticCodes.EcsHealthUnknown, (container.Health?.Kind.Span) ?? container.Service.Name.Span, $"ECS does not read the health check of an image, so nothing checks `{plan.Name}` there", "write it out: `health: { command: [...] }`");
                return null;
            // ECS knows by itself that a container runs.
            case HealthPlan.Check { Idle: false } check:
                return Within(container, check.Production, check.Timing, bag);
            default:
                return null;
        }
    }

    private static EcsHealth Within(EcsContainer container, ImmutableArray<string> command, HealthTiming timing, DiagnosticBag bag)
    {
        HealthSection? written = container.Health;
        return new(
            command,
            Seconds("interval", timing.Interval, 5, 300, written?.Interval),
            Seconds("timeout", timing.Timeout, 2, 60, written?.Timeout),
            Seconds("startPeriod", timing.StartPeriod, 0, 300, written?.StartPeriod),
            Clamp("retries", timing.Retries, 1, 10, "", written?.Retries?.Span));

        int Seconds(string key, TimeSpan time, int least, int most, Located<TimeSpan>? at) => Clamp(key, (int)Math.Ceiling(time.TotalSeconds), least, most, " s", at?.Span);

        int Clamp(string key, int value, int least, int most, string unit, SourceSpan? at)
        {
            int within = Math.Clamp(value, least, most);
            if (within != value)
                bag.Warning(DiagnosticCodes.EcsRange, at ?? container.Service.Name.Span, $"ECS takes {least} to {most}{unit} for `{key}` of a health check: `{container.Plan.Name}` gets {within}{unit}", $"write {within}, so that it is the same everywhere");
            return within;
        }
    }
}

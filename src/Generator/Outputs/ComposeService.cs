using System.Collections.Immutable;
using System.Globalization;
using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Outputs;

/// <summary>What <c>compose/service.hbs</c> prints: one container in one of the two files.</summary>
public sealed record ComposeService
{
    public required bool First { get; init; }
    public required string Comment { get; init; }
    public required string Name { get; init; }

    /// <summary>The shared block it starts from; empty in development.</summary>
    public required string Anchor { get; init; }
    public required string Image { get; init; }
    public required bool Build { get; init; }
    public required string Context { get; init; }
    public required string Dockerfile { get; init; }
    public required string Target { get; init; }
    /// <summary>True when the stack's Dockerfile takes the release as build arguments.</summary>
    public required bool Release { get; init; }
    public required ImmutableArray<BuildSecretLine> BuildSecrets { get; init; }
    public required ImmutableArray<string> Command { get; init; }

    /// <summary>Lines of the command's last word when it is a script of several.</summary>
    public required ImmutableArray<string> Script { get; init; }
    public required string User { get; init; }
    public required bool Init { get; init; }
    public required string Restart { get; init; }
    public required ImmutableArray<EnvironmentLine> Environment { get; init; }
    public required ImmutableArray<string> Secrets { get; init; }
    public required ImmutableArray<PortLine> Ports { get; init; }
    public required ImmutableArray<VolumeLine> Volumes { get; init; }
    public required ImmutableArray<string> Tmpfs { get; init; }
    public required string SharedMemory { get; init; }
    public required ImmutableArray<string> Networks { get; init; }
    public required ImmutableArray<DependencyLine> DependsOn { get; init; }
    public required bool HealthOff { get; init; }
    public required string HealthComment { get; init; }
    public required ImmutableArray<string> HealthTest { get; init; }
    public required string Interval { get; init; }
    public required string Timeout { get; init; }
    public required string StartPeriod { get; init; }
    public required string StartInterval { get; init; }
    public required int Retries { get; init; }
    public required string StopGrace { get; init; }
    public required bool Limits { get; init; }
    public required int Replicas { get; init; }
    public required string Cpus { get; init; }
    public required string Memory { get; init; }
    public required int Pids { get; init; }
    public required string ReservedCpus { get; init; }
    public required string ReservedMemory { get; init; }
    /// <summary>True when its logs differ from those of the shared block.</summary>
    public required bool Logging { get; init; }
    public required string LogSize { get; init; }
    public required string LogFiles { get; init; }
    public required ImmutableArray<WatchLine> Watch { get; init; }

    public static ComposeService Of(ContainerPlan container, Plan plan, bool production, bool first)
    {
        ModePlan mode = container.Mode(production) ?? throw new InvalidOperationException($"the container `{container.Name}` is no part of this file");
        HealthPlan.Check? check = container.Health as HealthPlan.Check;
        // Compose interpolates commands as well: what the Plan says is meant literally.
        ImmutableArray<string> command = [.. (mode.Command ?? []).Select(Escaping.Compose)];
        bool oneShot = container.Role == ContainerRole.OneShot, builds = mode.Builds && container.Image is not null;
        return new()
        {
            First = first,
            Comment = container.Comment,
            Name = container.Name,
            Anchor = !production ? "" : mode.ReadOnly && mode.DropCapabilities ? "hardened" : "container",
            Image = Reference(container, production),
            Build = builds,
            Context = container.Image?.Context ?? "",
            Dockerfile = container.Image is { Dockerfile: not "Dockerfile" } own ? own.Dockerfile : "",
            Target = (production ? container.Image?.Target : container.Image?.DevelopmentTarget) ?? "",
            Release = production && container.Image is { Target: not null },
            BuildSecrets = builds ? [.. container.Image!.Secrets.Select(s => new BuildSecretLine(BuildSecret(s), s))] : [],
            Command = mode.Script ? command[..^1] : command,
            Script = mode.Script ? [.. command[^1].TrimEnd('\n').Split('\n')] : [],
            User = mode.User ?? "",
            Init = !production && container.Role != ContainerRole.Backing,
            Restart = oneShot ? (production ? "no" : "") : "",
            Environment = [.. mode.Environment.Select(e => new EnvironmentLine(e.Name, e.Value, e.Comment ?? ""))],
            Secrets = mode.Secrets,
            Ports = [.. mode.Ports.Select(p => new PortLine($"{(p.Loopback ? "127.0.0.1:" : "")}${{{p.Variable}:-{p.Host}}}:{p.Container}", p.Comment ?? ""))],
            Volumes = [.. mode.Mounts.Select(m => new VolumeLine(m.Source, m.Target, m.File, $"{m.Source}:{m.Target}"))],
            Tmpfs = [.. mode.Tmpfs.Select(Memoryfs)],
            SharedMemory = mode.SharedMemory is { } shared ? shared.ToString() : "",
            Networks = mode.Networks,
            DependsOn = [.. container.DependsOn.Select(d => new DependencyLine(d.Container, Condition(d.Condition), !oneShot && d.Restarts && d.Condition == DependencyCondition.Healthy))],
            HealthOff = container.Health is HealthPlan.Off,
            HealthComment = check?.Comment ?? "",
            HealthTest = check is null ? [] : [.. (production ? check.Production : check.Development).Select(Escaping.Compose)],
            Interval = Duration(check?.Timing.Interval),
            Timeout = Duration(check?.Timing.Timeout),
            StartPeriod = Duration(check?.Timing.StartPeriod),
            StartInterval = Duration(check?.Timing.StartInterval),
            Retries = check?.Timing.Retries ?? 0,
            StopGrace = container.StopGrace == TimeSpan.FromSeconds(10) ? "" : Duration(container.StopGrace),
            Limits = production,
            Replicas = container.Replicas > 1 ? container.Replicas : 0,
            Cpus = Number(container.Resources.Cpus),
            Memory = container.Resources.Memory.ToString(),
            Pids = container.Resources.Pids,
            ReservedCpus = container.Resources.ReservedCpus is { } reserved ? Number(reserved) : "",
            ReservedMemory = container.Resources.ReservedMemory.ToString(),
            Logging = production && container.Logs != LogsPlan.Default,
            LogSize = container.Logs.MaxSize.ToString().ToLowerInvariant(),
            LogFiles = container.Logs.MaxFiles.ToString(CultureInfo.InvariantCulture),
            Watch = !mode.Watches ? [] : [.. container.Image!.Watch.Select(w => new WatchLine(w.Action, w.Path, w.Target ?? "", w.Ignore))],
        };
    }

    /// <summary>Build secrets live beside the secret files of services, under names of their own.</summary>
    public static string BuildSecret(string name) => $"build-{name}";

    /// <summary>
    /// Production images carry the tag of a release. Development images carry the project's name, so that two checkouts of one
    /// repository never share one.
    /// </summary>
    private static string Reference(ContainerPlan container, bool production) => container switch
    {
        { Reference: { } pulled } => pulled,
        { Image: { } built } when production => $"{built.Repository}:${{TAG:-dev}}",
        { Image: { } built } => $"${{COMPOSE_PROJECT_NAME}}-{built.Name}",
        _ => throw new InvalidOperationException($"the container `{container.Name}` has no image"),
    };

    private static string Memoryfs(TmpfsPlan tmpfs)
    {
        string owner = tmpfs.Owner is { } user ? $",uid={user.Uid},gid={user.Gid}" : "";
        return $"{tmpfs.Target}:size={tmpfs.Size.ToString().ToLowerInvariant()},mode={tmpfs.Mode}{owner}";
    }

    private static string Condition(DependencyCondition condition) => condition switch
    {
        DependencyCondition.Healthy => "service_healthy",
        DependencyCondition.Completed => "service_completed_successfully",
        _ => "service_started",
    };

    private static string Duration(TimeSpan? time) => time is null ? "" : $"{time.Value.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)}s";

    private static string Number(decimal value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}

public sealed record BuildSecretLine(string Source, string Target);

public sealed record EnvironmentLine(string Name, string Value, string Comment);

public sealed record PortLine(string Value, string Comment);

public sealed record VolumeLine(string Source, string Target, bool File, string Short);

public sealed record DependencyLine(string Name, string Condition, bool Restart);

public sealed record WatchLine(string Action, string Path, string Target, ImmutableArray<string> Ignore);

using System.Collections.Immutable;
using DuskStack.Manifests;

namespace DuskStack.Planning;

public enum ContainerRole
{
    /// <summary>PostgreSQL, Redis, Valkey.</summary>
    Backing,

    /// <summary>Runs once before its service: a migration.</summary>
    OneShot,

    /// <summary>A service of the user's, or a further process of one.</summary>
    Application,

    /// <summary>Any other container, by image or by the user's own Dockerfile.</summary>
    Other,

    /// <summary>The reverse proxy, through which the applications are reached.</summary>
    Proxy,

    /// <summary>Looks after the others: monitoring, renewal of certificates. It stands outside the memory budget.</summary>
    Operations,
}

/// <summary>One Compose service.</summary>
public sealed record ContainerPlan
{
    public required string Name { get; init; }
    public required ContainerRole Role { get; init; }

    /// <summary>What its owner reads above it; one sentence.</summary>
    public required string Comment { get; init; }

    /// <summary>The image built here, in development and in production; null when <see cref="Reference"/> is pulled.</summary>
    public required ImagePlan? Image { get; init; }

    /// <summary>The image that is pulled; null when it is built here.</summary>
    public required string? Reference { get; init; }

    /// <summary>The port it listens on inside; null for a worker.</summary>
    public required int? Port { get; init; }
    public required HealthPlan Health { get; init; }

    /// <summary>The path on <see cref="Port"/> that answers 2xx when it works; null when nobody knows one.</summary>
    public string? HealthPath { get; init; }
    public required ImmutableArray<DependencyPlan> DependsOn { get; init; }
    public required TimeSpan StopGrace { get; init; }
    public required int Replicas { get; init; }
    public required ResourcesPlan Resources { get; init; }
    public required LogsPlan Logs { get; init; }

    /// <summary>Where it serves metrics for Prometheus; null when it has none.</summary>
    public MetricsPlan? Metrics { get; init; }

    /// <summary>Null for a container of production alone.</summary>
    public required ModePlan? Development { get; init; }
    public required ModePlan Production { get; init; }

    /// <summary>Null when it is no part of that file.</summary>
    public ModePlan? Mode(bool production) => production ? Production : Development;

    /// <summary>The ports of both files, each variable once.</summary>
    public IEnumerable<PortPlan> PublishedPorts() => (Development?.Ports ?? []).Concat(Production.Ports).DistinctBy(p => p.Variable);
}

/// <summary>Metrics in Prometheus' text format.</summary>
/// <param name="Port">Where they are served.</param>
/// <param name="Path">Their path.</param>
/// <param name="Processes">Processes that take turns in answering: what they say of themselves is of one of them.</param>
public sealed record MetricsPlan(int Port, string Path, int Processes = 1);

/// <summary>What differs between <c>compose.yaml</c> and <c>compose.prod.yaml</c>.</summary>
public sealed record ModePlan
{
    /// <summary>
    /// True when this service builds its image. In production one service does and the others reuse it; in development each does, so that
    /// every one can be started alone and rebuilt by a watch. The builds share their layers.
    /// </summary>
    public bool Builds { get; init; }

    /// <summary>True when edits of the sources are carried into the running container.</summary>
    public bool Watches { get; init; }

    /// <summary>What runs in place of the image's entrypoint; empty: the image's own.</summary>
    public ImmutableArray<string> Entrypoint { get; init; } = [];

    /// <summary>The words as the container gets them; null: the image's own.</summary>
    public ImmutableArray<string>? Command { get; init; }

    /// <summary>True when the last word is a script of DuskStack's, which reads better line by line.</summary>
    public bool Script { get; init; }
    public ImmutableArray<EnvironmentPlan> Environment { get; init; } = [];

    /// <summary>Secret files it may read under <c>/run/secrets</c>.</summary>
    public ImmutableArray<string> Secrets { get; init; } = [];
    public ImmutableArray<PortPlan> Ports { get; init; } = [];
    public ImmutableArray<MountPlan> Mounts { get; init; } = [];
    public ImmutableArray<TmpfsPlan> Tmpfs { get; init; } = [];
    public ImmutableArray<string> Networks { get; init; } = [];

    /// <summary>Null: the image's own user.</summary>
    public string? User { get; init; }
    public bool ReadOnly { get; init; }

    /// <summary>True when no capability is needed.</summary>
    public bool DropCapabilities { get; init; }

    /// <summary>Size of /dev/shm; null for Docker's 64 MiB.</summary>
    public ByteSize? SharedMemory { get; init; }
}

/// <summary>A variable as Compose reads it: <see cref="Value"/> may hold <c>${NAME:-default}</c>, literal dollars are doubled.</summary>
public sealed record EnvironmentPlan(string Name, string Value, string? Comment = null)
{
    /// <summary>The secret that it hands over, by its file or by its value; null for a plain value.</summary>
    public string? Secret { get; init; }
}

/// <summary>A published port: <c>127.0.0.1:${API_PORT:-3000}:3000</c>.</summary>
/// <param name="Variable">The variable that moves the host's port.</param>
/// <param name="Host">The host's port when the variable is not set.</param>
/// <param name="Container">The port inside.</param>
/// <param name="Loopback">True: reachable from this machine only.</param>
/// <param name="Comment">Why its owner may want it; null when the port says it.</param>
public sealed record PortPlan(string Variable, int Host, int Container, bool Loopback, string? Comment = null);

/// <summary>A named volume (<paramref name="File"/> false) or a read-only file of the project.</summary>
/// <param name="Source">The volume's name, or the path of a file or folder, relative to the project.</param>
/// <param name="Target">Where it is in the container.</param>
/// <param name="File">True for a file or folder of the project.</param>
/// <param name="ReadOnly">True for a volume that another container writes to.</param>
/// <param name="Comment">Why it is there; null when its target says it.</param>
public sealed record MountPlan(string Source, string Target, bool File, bool ReadOnly = false, string? Comment = null);

/// <summary>A writable folder in memory. Every one has a size: without it a tmpfs may take half of the host's memory.</summary>
public sealed record TmpfsPlan(string Target, ByteSize Size, string Mode, UserId? Owner);

public enum DependencyCondition
{
    Started,
    Healthy,
    Completed,
}

/// <param name="Container">Who is waited for.</param>
/// <param name="Condition">Until when.</param>
/// <param name="Restarts">True when a new container of it, once healthy, restarts the one that waited.</param>
public sealed record DependencyPlan(string Container, DependencyCondition Condition, bool Restarts = true);

public sealed record ResourcesPlan(decimal Cpus, ByteSize Memory, decimal? ReservedCpus, ByteSize ReservedMemory, int Pids);

public sealed record LogsPlan(ByteSize MaxSize, int MaxFiles)
{
    public static LogsPlan Default { get; } = new(ByteSize.Mebibytes(10), 3);
}

/// <summary>How Compose learns that a container works.</summary>
public abstract record HealthPlan
{
    private HealthPlan()
    {
    }

    /// <summary>The image says it.</summary>
    public sealed record Image : HealthPlan;

    /// <summary>The image's check is switched off.</summary>
    public sealed record Off : HealthPlan;

    /// <summary>The image has no check, or nothing is known about it: nothing is printed.</summary>
    public sealed record Absent : HealthPlan;

    /// <summary>A check of Compose's own.</summary>
    /// <param name="Development">In exec form, or one text for the shell, as Compose reads it.</param>
    /// <param name="Production">The same in production, where passwords are files.</param>
    /// <param name="Timing">How often and how long.</param>
    /// <param name="Comment">What its owner would wonder about; null when there is nothing.</param>
    /// <param name="Idle">True when it asks nothing: it is there for Compose alone.</param>
    public sealed record Check(ImmutableArray<string> Development, ImmutableArray<string> Production, HealthTiming Timing, string? Comment = null, bool Idle = false) : HealthPlan;

    public bool IsChecked => this is Image or Check;
}

/// <summary>The timing of a health check. <see cref="StartInterval"/> needs Docker Engine 25.</summary>
public sealed record HealthTiming(TimeSpan Interval, TimeSpan Timeout, TimeSpan StartPeriod, TimeSpan StartInterval, int Retries)
{
    public static HealthTiming Application { get; } = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(2), 3);
    /// <summary>A check that only says "it runs": at once after the start, and hardly ever again.</summary>
    public static HealthTiming Alive { get; } = new(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), 3);
    public static HealthTiming Backing { get; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), 5);
}

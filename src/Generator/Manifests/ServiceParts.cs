using System.Collections.Immutable;

namespace DuskStack.Manifests;

/// <summary>A numeric user and group, <c>10001:10001</c>; the group is the user's number when left out.</summary>
public readonly record struct UserId(int Uid, int Gid)
{
    /// <param name="text"><c>uid:gid</c>, as images.json has it.</param>
    public static UserId Parse(string text) => text.Split(':') is [var uid, var gid] ? new(int.Parse(uid), int.Parse(gid)) : throw new FormatException($"`{text}` is not uid:gid");

    public override string ToString() => $"{Uid}:{Gid}";
}

/// <summary><c>pnpm</c> or <c>pnpm@10.13.1</c>; <see cref="Version"/> is null when left to DuskStack.</summary>
public sealed record PackageManager(string Name, string? Version);

public sealed record NamedValue(Located<string> Name, Located<string> Value);

/// <summary>A secret by its name. <see cref="AsEnvironment"/> hands it over as a variable and not as a file.</summary>
public sealed record Secret(Located<string> Name, bool AsEnvironment);

/// <summary>A named volume and the absolute path where the container sees it.</summary>
public sealed record VolumeMount(Located<string> Name, Located<string> Path);

/// <summary>What the proxy passes on to a service.</summary>
public sealed record Route
{
    public required Located<string> Path { get; init; }
    public Located<string>? Host { get; init; }

    /// <summary>Requests per client, as nginx writes it: <c>30r/m</c>, <c>5r/s</c>.</summary>
    public Located<string>? Rate { get; init; }
    public Located<int>? Burst { get; init; }
    public Located<TimeSpan>? ReadTimeout { get; init; }
    public Located<ByteSize>? BodySize { get; init; }
}

public sealed record Resources
{
    public Located<decimal>? Cpus { get; init; }
    public Located<ByteSize>? Memory { get; init; }
    public Located<decimal>? ReserveCpus { get; init; }
    public Located<ByteSize>? ReserveMemory { get; init; }
}

public sealed record Logs
{
    public Located<ByteSize>? MaxSize { get; init; }
    public Located<int>? MaxFiles { get; init; }
}

public enum HealthKind
{
    /// <summary>An HTTP path (<c>health: /health</c> or <c>{ path: /health }</c>), or only timings for the default path.</summary>
    Http,

    /// <summary><c>{ command: [...] }</c></summary>
    Command,

    /// <summary><c>image</c>: the image's own health check.</summary>
    Image,

    /// <summary><c>none</c></summary>
    None,
}

/// <summary><c>health:</c></summary>
public sealed record HealthSection
{
    public required Located<HealthKind> Kind { get; init; }
    public Located<string>? Path { get; init; }
    public Located<ImmutableArray<string>>? Command { get; init; }
    public Located<TimeSpan>? Interval { get; init; }
    public Located<TimeSpan>? Timeout { get; init; }
    public Located<TimeSpan>? StartPeriod { get; init; }
    public Located<int>? Retries { get; init; }

    /// <summary>The readiness path, which the proxy and the scripts ask; liveness goes into the image.</summary>
    public Located<string>? Ready { get; init; }
}

/// <summary><c>migrate:</c></summary>
public sealed record MigrateSection
{
    public required Located<ImmutableArray<string>> Command { get; init; }

    /// <summary>True for <c>from: build</c>: the tool is a development dependency, so it runs from the build stage.</summary>
    public bool FromBuild { get; init; }
}

/// <summary><c>build:</c></summary>
public sealed record BuildSection
{
    /// <summary>Null: the stack's own. Empty: nothing to build, the sources are shipped as they are.</summary>
    public Located<ImmutableArray<string>>? Command { get; init; }

    /// <summary>Folders that the build makes and production needs, relative to the package.</summary>
    public ImmutableArray<Located<string>> Output { get; init; } = [];
    public Located<BundleSection>? Bundle { get; init; }
    public ImmutableArray<NamedValue> Args { get; init; } = [];
    public ImmutableArray<Located<string>> Secrets { get; init; } = [];
    public ImmutableArray<Located<string>> BuildPackages { get; init; } = [];
    public ImmutableArray<Located<string>> RuntimePackages { get; init; } = [];

    /// <summary>Files and folders that scripts of the package manager's install read: <c>prisma</c>.</summary>
    public ImmutableArray<Located<string>> Install { get; init; } = [];

    /// <summary>A PEM file of a company's certificate authority, relative to the context.</summary>
    public Located<string>? Ca { get; init; }
}

/// <summary><c>build.bundle:</c></summary>
public sealed record BundleSection
{
    public bool On { get; init; } = true;

    /// <summary>Packages that stay packages, or <c>@scope/*</c>.</summary>
    public ImmutableArray<Located<string>> External { get; init; } = [];

    /// <summary>Scripts that the application loads by name, relative to the package.</summary>
    public ImmutableArray<Located<string>> Scripts { get; init; } = [];
}

/// <summary><c>budget:</c> of one service.</summary>
public sealed record ServiceBudget
{
    public Located<ImageSize>? Image { get; init; }
    public Located<TimeSpan>? ColdBuild { get; init; }
    public Located<TimeSpan>? WarmBuild { get; init; }
    public Located<TimeSpan>? Healthy { get; init; }
}

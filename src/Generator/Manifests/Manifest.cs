using System.Collections.Immutable;

namespace DuskStack.Manifests;

/// <summary>The parsed <c>duskstack.yaml</c>: what was written, with its place, and nothing that was not. Defaults are the Plan's business.</summary>
public sealed record Manifest
{
    public required Located<string> Name { get; init; }

    /// <summary>Of the format; null for 1, the only one there is.</summary>
    public Located<int>? Version { get; init; }

    /// <summary>The file with an organisation's defaults, already laid under this manifest; null when there is none.</summary>
    public Located<string>? Extends { get; init; }
    public ImagesSection Images { get; init; } = new();

    /// <summary>In the order of the manifest.</summary>
    public ImmutableArray<Service> Services { get; init; } = [];

    /// <summary>Services that are written but could not be read: an error says so, and nothing else need be said about who needs them.</summary>
    public ImmutableArray<Located<string>> UnreadableServices { get; init; } = [];
    public PostgresSection? Postgres { get; init; }

    /// <summary><c>redis:</c> or <c>valkey:</c>; they exclude each other.</summary>
    public CacheSection? Cache { get; init; }
    public ProxySection? Proxy { get; init; }
    public MonitoringSection? Monitoring { get; init; }
    public DeploySection? Deploy { get; init; }
    public Located<string>? Ci { get; init; }
    public StackBudget? Budget { get; init; }
}

/// <summary><c>images:</c></summary>
public sealed record ImagesSection
{
    public Located<string>? Registry { get; init; }

    /// <summary><c>tag</c> or <c>digest</c>.</summary>
    public Located<string>? Pin { get; init; }
    public ImmutableArray<Located<string>> Platforms { get; init; } = [];
    public Located<string>? Mirror { get; init; }
}

/// <summary><c>budget:</c> of the whole stack.</summary>
public sealed record StackBudget
{
    public Located<ByteSize>? Limits { get; init; }
    public Located<ByteSize>? Reserve { get; init; }
    public Located<ByteSize>? Memory { get; init; }
}

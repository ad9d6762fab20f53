using System.Collections.Immutable;

namespace DuskStack.Planning;

/// <summary>How production gets to the one machine it runs on, and is replaced there.</summary>
public sealed record HostPlan
{
    /// <summary><c>user@host</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Files and folders of the project that containers mount, relative to it.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>Compose names in the order in which they start, each after what it waits for.</summary>
    public required ImmutableArray<HostService> Services { get; init; }
}

/// <param name="Name">Its Compose name.</param>
/// <param name="Replicas">How many of it run.</param>
/// <param name="Way">How a new release replaces it.</param>
/// <param name="Healthy">Seconds until a new container has to be healthy.</param>
public sealed record HostService(string Name, int Replicas, Replacement Way, int Healthy);

public enum Replacement
{
    /// <summary>A database: Compose recreates it when its definition changed, before everything else.</summary>
    Backing,

    /// <summary>Runs to its end before the applications are replaced.</summary>
    Once,

    /// <summary>New containers beside the old ones, which go when the new ones are healthy.</summary>
    Roll,

    /// <summary>Stopped and started again: it publishes a port, or nobody can say whether it works.</summary>
    Recreate,

    /// <summary>nginx as a reverse proxy: recreated when its definition changed, else it reads its files again.</summary>
    Proxy,
}

using System.Collections.Immutable;

namespace DuskStack.Planning;

/// <summary>What the workflow of continuous integration does.</summary>
public sealed record CiPlan
{
    /// <summary>The image of the Dockerfiles' linter.</summary>
    public required string Linter { get; init; }

    /// <summary>Processors that images are built for, each on a runner of its own kind: <c>amd64</c>, <c>arm64</c>.</summary>
    public required ImmutableArray<string> Architectures { get; init; }

    /// <summary>Where images are pushed to, with its namespace; null: nowhere.</summary>
    public required string? Registry { get; init; }

    /// <summary>True when it deploys to one machine by ssh.</summary>
    public required bool Host { get; init; }

    /// <summary>Null when it does not deploy to ECS.</summary>
    public required CiEcsPlan? Ecs { get; init; }
}

/// <param name="Architecture">Of the tasks: <c>amd64</c>, <c>arm64</c>.</param>
/// <param name="Region">Null: a variable of the repository says it.</param>
public sealed record CiEcsPlan(string Architecture, string? Region);

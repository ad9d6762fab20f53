using System.Collections.Immutable;

namespace DuskStack.Planning.Ecs;

/// <summary>Amazon ECS on Fargate, resolved but for what only the account knows: digests of images, ARNs of secrets.</summary>
public sealed record EcsPlan
{
    /// <summary>What stands in the place of an account's fact that the manifest leaves open; the deploy script refuses it.</summary>
    public static string Unset(string key) => $"{UnsetMark}deploy.ecs.{key}";

    public const string UnsetMark = "REPLACE_ME:";

    public required string Region { get; init; }
    public required string Cluster { get; init; }

    /// <summary>Of Service Connect, in which services find each other by their Compose names.</summary>
    public required string Namespace { get; init; }
    public required EcsArchitecture Architecture { get; init; }
    public required EcsSecretStore SecretStore { get; init; }
    public required ImmutableArray<string> Subnets { get; init; }
    public required ImmutableArray<string> SecurityGroups { get; init; }

    /// <summary>By which ECS pulls images, reads secrets and writes logs.</summary>
    public required string ExecutionRole { get; init; }

    /// <summary>The application's own; null when it calls nothing of AWS.</summary>
    public required string? TaskRole { get; init; }
    public required ImmutableArray<EcsRepository> Repositories { get; init; }

    /// <summary>One-shots, run before any service changes.</summary>
    public required ImmutableArray<EcsTask> Migrations { get; init; }

    /// <summary>Who is called comes before its callers: a task only knows the names that were there when it was deployed.</summary>
    public required ImmutableArray<EcsService> Services { get; init; }

    /// <summary>Names of all secrets in the store.</summary>
    public required ImmutableArray<string> Secrets { get; init; }

    /// <summary>Containers of production that have no task: something of AWS takes their place.</summary>
    public required ImmutableArray<string> Elsewhere { get; init; }

    public IEnumerable<EcsTask> Tasks => Migrations.Concat(Services.Select(s => s.Task));
}

/// <param name="Fargate">What a task definition calls it.</param>
/// <param name="Platform">What an image is built for.</param>
public sealed record EcsArchitecture(string Fargate, string Platform);

/// <param name="Name"><c>ssm</c> or <c>secretsmanager</c>.</param>
/// <param name="Prefix">Before the name of a secret: <c>/shop/</c> or <c>shop/</c>.</param>
public sealed record EcsSecretStore(string Name, string Prefix);

/// <summary>The registry of one image that this project builds.</summary>
/// <param name="Image">The image's name, which is its bake target.</param>
/// <param name="Name">The repository's.</param>
/// <param name="Releases">So many of the newest images are kept.</param>
public sealed record EcsRepository(string Image, string Name, int Releases);

/// <summary>A task definition, and the log group of its one container.</summary>
public sealed record EcsTask
{
    /// <summary>The container's, which is its Compose name and its folder.</summary>
    public required string Name { get; init; }
    public required string Family { get; init; }
    public required string LogGroup { get; init; }
    public required int LogDays { get; init; }

    /// <summary>The image of this project that it runs; null when <see cref="Reference"/> is pulled.</summary>
    public required string? Image { get; init; }
    public required string? Reference { get; init; }
    public required FargateSize Size { get; init; }

    /// <summary>Null: the image's own.</summary>
    public required ImmutableArray<string>? Command { get; init; }

    /// <summary>Null: the image's own.</summary>
    public required string? User { get; init; }
    public required bool ReadOnly { get; init; }
    public required bool DropCapabilities { get; init; }
    public required ImmutableArray<TmpfsPlan> Tmpfs { get; init; }

    /// <summary>Folders on the disk of the task, gone with it.</summary>
    public required ImmutableArray<MountPlan> Volumes { get; init; }
    public required int StopSeconds { get; init; }

    /// <summary>Null when nothing is checked.</summary>
    public required EcsHealth? Health { get; init; }

    /// <summary>Plain values.</summary>
    public required ImmutableArray<EnvironmentPlan> Environment { get; init; }
    public required ImmutableArray<EcsSecret> Secrets { get; init; }

    /// <summary>Null when it does not listen.</summary>
    public required int? Port { get; init; }
}

/// <summary>A variable whose value is in the store.</summary>
public sealed record EcsSecret(string Variable, string Name);

/// <summary>In seconds, within the ranges of ECS.</summary>
public sealed record EcsHealth(ImmutableArray<string> Command, int Interval, int Timeout, int StartPeriod, int Retries);

/// <summary>A task that runs all the time.</summary>
public sealed record EcsService
{
    public required EcsTask Task { get; init; }

    /// <summary>In the cluster.</summary>
    public required string Name { get; init; }
    public required int Replicas { get; init; }

    /// <summary>Percent of the replicas while a release is rolled out.</summary>
    public required int MinimumHealthy { get; init; }
    public required int Maximum { get; init; }

    /// <summary>True when it is called or calls others by their Compose names.</summary>
    public required bool Connects { get; init; }

    /// <summary>Null when no load balancer stands before it.</summary>
    public required EcsTarget? Target { get; init; }
}

/// <param name="Group">The ARN of the target group.</param>
/// <param name="GraceSeconds">So long a load balancer's opinion does not count: the service is starting.</param>
public sealed record EcsTarget(string Group, int GraceSeconds);

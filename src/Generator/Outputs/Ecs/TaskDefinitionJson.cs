using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using DuskStack.Planning;
using DuskStack.Planning.Ecs;

namespace DuskStack.Outputs.Ecs;

/// <summary><c>aws ecs register-task-definition</c>: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html</summary>
public sealed record RegisterTaskDefinition
{
    public required string Family { get; init; }
    public required IReadOnlyList<string> RequiresCompatibilities { get; init; }
    public required string NetworkMode { get; init; }
    public required RuntimePlatform RuntimePlatform { get; init; }
    public required string Cpu { get; init; }
    public required string Memory { get; init; }
    public required string ExecutionRoleArn { get; init; }
    public required string? TaskRoleArn { get; init; }
    public required IReadOnlyList<ContainerDefinition> ContainerDefinitions { get; init; }
    public required IReadOnlyList<TaskVolume>? Volumes { get; init; }
    public required IReadOnlyList<Tag> Tags { get; init; }

    public static RegisterTaskDefinition Of(Plan plan, EcsPlan ecs, EcsTask task) => new()
    {
        Family = task.Family,
        RequiresCompatibilities = ["FARGATE"],
        NetworkMode = "awsvpc",
        RuntimePlatform = new(ecs.Architecture.Fargate, "LINUX"),
        Cpu = task.Size.Cpu.ToString(CultureInfo.InvariantCulture),
        Memory = task.Size.Memory.ToString(CultureInfo.InvariantCulture),
        ExecutionRoleArn = ecs.ExecutionRole,
        TaskRoleArn = ecs.TaskRole,
        ContainerDefinitions = [ContainerDefinition.Of(ecs, task)],
        Volumes = EcsJson.OrNull(task.Volumes.Select(v => new TaskVolume(v.Source)).Distinct()),
        Tags = [.. Tag.Of(plan.Name, task.Name), new("duskstack:content", EcsJson.ContentMark)],
    };
}

public sealed record RuntimePlatform(string CpuArchitecture, string OperatingSystemFamily);

public sealed record TaskVolume(string Name);

public sealed record ContainerDefinition
{
    public required string Name { get; init; }
    public required string Image { get; init; }
    public required bool Essential { get; init; }
    public required IReadOnlyList<string>? Command { get; init; }
    public required IReadOnlyList<PortMapping>? PortMappings { get; init; }
    public required IReadOnlyList<NameAndValue>? Environment { get; init; }
    public required IReadOnlyList<SecretReference>? Secrets { get; init; }
    public required string? User { get; init; }
    public required bool ReadonlyRootFilesystem { get; init; }
    public required LinuxParameters LinuxParameters { get; init; }
    public required IReadOnlyList<MountPoint>? MountPoints { get; init; }
    public required HealthCheck? HealthCheck { get; init; }
    public required int StopTimeout { get; init; }
    public required LogConfiguration LogConfiguration { get; init; }

    public static ContainerDefinition Of(EcsPlan ecs, EcsTask task) => new()
    {
        Name = task.Name,
        Image = task.Reference ?? EcsJson.ImageMark,
        Essential = true,
        Command = task.Command is { } command ? command : null,
        PortMappings = task.Port is { } port ? [new(task.Name, port, "tcp")] : null,
        Environment = EcsJson.OrNull(task.Environment.Select(e => new NameAndValue(e.Name, e.Value))),
        Secrets = EcsJson.OrNull(task.Secrets.Select(s => new SecretReference(s.Variable, $"{EcsJson.SecretMark}{ecs.SecretStore.Prefix}{s.Name}"))),
        User = task.User,
        ReadonlyRootFilesystem = task.ReadOnly,
        LinuxParameters = new(task.DropCapabilities ? new(["ALL"]) : null, InitProcessEnabled: true, EcsJson.OrNull(task.Tmpfs.Select(Tmpfs.Of))),
        MountPoints = EcsJson.OrNull(task.Volumes.Select(v => new MountPoint(v.Source, v.Target, ReadOnly: false))),
        HealthCheck = task.Health is { } health ? new(health.Command, health.Interval, health.Timeout, health.Retries, health.StartPeriod) : null,
        StopTimeout = task.StopSeconds,
        LogConfiguration = new("awslogs", new(task.LogGroup, ecs.Region, "task", "non-blocking", "25m")),
    };
}

/// <param name="Name">By which Service Connect knows it.</param>
/// <param name="ContainerPort">Where the container listens.</param>
/// <param name="Protocol">tcp.</param>
public sealed record PortMapping(string Name, int ContainerPort, string Protocol);

public sealed record NameAndValue(string Name, string Value);

public sealed record SecretReference(string Name, string ValueFrom);

public sealed record LinuxParameters(KernelCapabilities? Capabilities, bool InitProcessEnabled, IReadOnlyList<Tmpfs>? Tmpfs);

public sealed record KernelCapabilities(IReadOnlyList<string> Drop);

/// <param name="ContainerPath">The folder.</param>
/// <param name="Size">MiB.</param>
/// <param name="MountOptions">Owner and mode: without them a folder of the image keeps its mode and loses its owner.</param>
public sealed record Tmpfs(string ContainerPath, int Size, IReadOnlyList<string> MountOptions)
{
    public static Tmpfs Of(TmpfsPlan plan) => new(
        plan.Target,
        (int)Math.Max(1, plan.Size.Bytes / Manifests.ByteSize.Mebibyte),
        [$"mode={plan.Mode}", .. plan.Owner is { } owner ? [$"uid={owner.Uid}", $"gid={owner.Gid}"] : ImmutableArray<string>.Empty]);
}

public sealed record MountPoint(string SourceVolume, string ContainerPath, bool ReadOnly);

public sealed record HealthCheck(IReadOnlyList<string> Command, int Interval, int Timeout, int Retries, int StartPeriod);

public sealed record LogConfiguration(string LogDriver, LogOptions Options);

/// <summary>Non-blocking: when CloudWatch cannot be reached the oldest lines are lost, and the application goes on.</summary>
public sealed record LogOptions(
    [property: JsonPropertyName("awslogs-group")] string Group,
    [property: JsonPropertyName("awslogs-region")] string Region,
    [property: JsonPropertyName("awslogs-stream-prefix")] string StreamPrefix,
    [property: JsonPropertyName("mode")] string Mode,
    [property: JsonPropertyName("max-buffer-size")] string MaxBufferSize);

/// <summary><c>aws ecs run-task</c></summary>
public sealed record RunTask(string Cluster, string TaskDefinition, string LaunchType, string PlatformVersion, int Count, NetworkConfiguration NetworkConfiguration, string StartedBy, string PropagateTags, bool EnableECSManagedTags)
{
    /// <summary>By which the deploy script finds a migration of another run.</summary>
    public const string Starter = "deploy-ecs";

    public static RunTask Of(EcsPlan ecs, EcsTask task) => new(ecs.Cluster, task.Family, "FARGATE", "LATEST", 1, NetworkConfiguration.Of(ecs), Starter, "TASK_DEFINITION", EnableECSManagedTags: true);
}

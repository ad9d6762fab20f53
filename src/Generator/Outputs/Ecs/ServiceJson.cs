using DuskStack.Planning;
using DuskStack.Planning.Ecs;

namespace DuskStack.Outputs.Ecs;

/// <summary><c>aws ecs create-service</c>: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html</summary>
public sealed record CreateService
{
    public required string Cluster { get; init; }
    public required string ServiceName { get; init; }

    /// <summary>The family: the deploy script names the revision.</summary>
    public required string TaskDefinition { get; init; }
    public required string LaunchType { get; init; }
    public required string PlatformVersion { get; init; }
    public required int DesiredCount { get; init; }
    public required DeploymentConfiguration DeploymentConfiguration { get; init; }
    public required NetworkConfiguration NetworkConfiguration { get; init; }
    public required IReadOnlyList<LoadBalancer>? LoadBalancers { get; init; }
    public required int? HealthCheckGracePeriodSeconds { get; init; }
    public required ServiceConnectConfiguration ServiceConnectConfiguration { get; init; }
    public required bool EnableExecuteCommand { get; init; }
    public required bool EnableECSManagedTags { get; init; }
    public required string PropagateTags { get; init; }
    public required IReadOnlyList<Tag> Tags { get; init; }

    public static CreateService Of(Plan plan, EcsPlan ecs, EcsService service)
    {
        UpdateService same = UpdateService.Of(ecs, service);
        return new()
        {
            Cluster = same.Cluster,
            ServiceName = same.Service,
            TaskDefinition = service.Task.Family,
            LaunchType = "FARGATE",
            PlatformVersion = same.PlatformVersion,
            DesiredCount = same.DesiredCount,
            DeploymentConfiguration = same.DeploymentConfiguration,
            NetworkConfiguration = same.NetworkConfiguration,
            LoadBalancers = same.LoadBalancers,
            HealthCheckGracePeriodSeconds = same.HealthCheckGracePeriodSeconds,
            ServiceConnectConfiguration = same.ServiceConnectConfiguration,
            EnableExecuteCommand = same.EnableExecuteCommand,
            EnableECSManagedTags = same.EnableECSManagedTags,
            PropagateTags = same.PropagateTags,
            Tags = Tag.Of(plan.Name, service.Task.Name),
        };
    }
}

/// <summary><c>aws ecs update-service</c>: what of it may change afterwards.</summary>
public sealed record UpdateService
{
    public required string Cluster { get; init; }
    public required string Service { get; init; }
    public required string PlatformVersion { get; init; }
    public required int DesiredCount { get; init; }
    public required DeploymentConfiguration DeploymentConfiguration { get; init; }
    public required NetworkConfiguration NetworkConfiguration { get; init; }
    public required IReadOnlyList<LoadBalancer>? LoadBalancers { get; init; }
    public required int? HealthCheckGracePeriodSeconds { get; init; }
    public required ServiceConnectConfiguration ServiceConnectConfiguration { get; init; }

    /// <summary>False: ECS Exec writes to the root, which is read-only.</summary>
    public required bool EnableExecuteCommand { get; init; }
    public required bool EnableECSManagedTags { get; init; }
    public required string PropagateTags { get; init; }

    public static UpdateService Of(EcsPlan ecs, EcsService service) => new()
    {
        Cluster = ecs.Cluster,
        Service = service.Name,
        PlatformVersion = "LATEST",
        DesiredCount = service.Replicas,
        DeploymentConfiguration = new(new(Enable: true, Rollback: true), service.MinimumHealthy, service.Maximum),
        NetworkConfiguration = NetworkConfiguration.Of(ecs),
        LoadBalancers = service.Target is { } target ? [new(target.Group, service.Task.Name, service.Task.Port ?? 0)] : null,
        HealthCheckGracePeriodSeconds = service.Target?.GraceSeconds,
        ServiceConnectConfiguration = ServiceConnectConfiguration.Of(ecs, service),
        EnableExecuteCommand = false,
        EnableECSManagedTags = true,
        PropagateTags = "SERVICE",
    };
}

public sealed record DeploymentConfiguration(DeploymentCircuitBreaker DeploymentCircuitBreaker, int MinimumHealthyPercent, int MaximumPercent);

public sealed record DeploymentCircuitBreaker(bool Enable, bool Rollback);

public sealed record NetworkConfiguration(AwsVpcConfiguration AwsvpcConfiguration)
{
    public static NetworkConfiguration Of(EcsPlan ecs) => new(new AwsVpcConfiguration(ecs.Subnets, ecs.SecurityGroups, "DISABLED"));
}

/// <param name="Subnets">Private ones, with a way to ECR, CloudWatch and the store of secrets by NAT or by endpoints.</param>
/// <param name="SecurityGroups">Of the tasks; they have to let each other in.</param>
/// <param name="AssignPublicIp">DISABLED.</param>
public sealed record AwsVpcConfiguration(IReadOnlyList<string> Subnets, IReadOnlyList<string> SecurityGroups, string AssignPublicIp);

public sealed record LoadBalancer(string TargetGroupArn, string ContainerName, int ContainerPort);

/// <summary>No appProtocol in the port mapping: with one, its proxy would end a stream after 15 seconds.</summary>
public sealed record ServiceConnectConfiguration(bool Enabled, string? Namespace, IReadOnlyList<ServiceConnectService>? Services)
{
    public static ServiceConnectConfiguration Of(EcsPlan ecs, EcsService service) => service.Connects
        ? new(true, ecs.Namespace, service.Task.Port is { } port ? [new(service.Task.Name, service.Task.Name, [new(port, service.Task.Name)])] : null)
        : new(false, null, null);
}

public sealed record ServiceConnectService(string PortName, string DiscoveryName, IReadOnlyList<ClientAlias> ClientAliases);

public sealed record ClientAlias(int Port, string DnsName);

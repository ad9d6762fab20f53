using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;

namespace DuskStack.Planning.Ecs;

/// <summary>What <c>deploy.ecs</c> makes of the containers that production has anyway.</summary>
public static class EcsPlanning
{
    /// <summary>Deployments that can be gone back to. Only deployments push, so the current one is always among the newest.</summary>
    private const int Releases = 50;
    private const int LogDays = 30;

    public static EcsPlan? Plan(Manifest manifest, NeedsPlanning needs, IReadOnlyCollection<ImagePlan> images, IReadOnlyCollection<ContainerPlan> containers, DiagnosticBag bag)
    {
        if (manifest.Deploy?.Ecs is not { } section)
            return null;
        string project = manifest.Name.Value;
        ImmutableArray<EcsContainer> own = [.. EcsContainer.Of(manifest, needs, containers)];
        var migrations = ImmutableArray.CreateBuilder<EcsTask>();
        var services = ImmutableArray.CreateBuilder<EcsService>();
        foreach (EcsContainer container in own)
        {
            EcsTask task = EcsTasks.Plan(container, project, LogDays, bag);
            if (container.Plan.Role == ContainerRole.OneShot)
                migrations.Add(task);
            else
                services.Add(Service(container, task, section));
        }

        CheckVolumes(manifest, bag);
        CheckTargets(section, own, bag);
        CheckRoles(section, bag);
        return new()
        {
            Region = section.Region?.Value ?? EcsPlan.Unset("region"),
            Cluster = section.Cluster?.Value ?? project,
            Namespace = project,
            Architecture = section.Architecture?.Value == "arm64" ? new("ARM64", "linux/arm64") : new("X86_64", "linux/amd64"),
            SecretStore = section.Secrets?.Value == "secretsmanager" ? new("secretsmanager", $"{project}/") : new("ssm", $"/{project}/"),
            Subnets = Or(section.Subnets, "subnets"),
            SecurityGroups = Or(section.SecurityGroups, "securityGroups"),
            ExecutionRole = section.ExecutionRole?.Value ?? EcsPlan.Unset("executionRole"),
            TaskRole = section.TaskRole?.Value,
            Repositories = [.. images.Select(i => new EcsRepository(i.Name, $"{project}-{i.Name}", Releases))],
            Migrations = migrations.ToImmutable(),
            Services = services.ToImmutable(),
            Secrets = [.. migrations.Concat(services.Select(s => s.Task)).SelectMany(t => t.Secrets).Select(s => s.Name).Distinct().Order(StringComparer.Ordinal)],
            Elsewhere = [.. containers.Select(c => c.Name).Except(own.Select(c => c.Plan.Name))],
        };
    }

    private static EcsService Service(EcsContainer container, EcsTask task, EcsSection section) => new()
    {
        Task = task,
        Name = task.Family,
        Replicas = container.Plan.Replicas,
        MinimumHealthy = 100,
        Maximum = 200,
        Connects = container.Connects,
        Target = section.TargetGroups.FirstOrDefault(g => g.Name.Value == task.Name) is { } group ? new(group.Value.Value, Grace(task.Health)) : null,
    };

    /// <summary>The time to start, and one check.</summary>
    private static int Grace(EcsHealth? health) => health is null ? (int)HealthTiming.Application.StartPeriod.TotalSeconds : health.StartPeriod + health.Interval;

    private static ImmutableArray<string> Or(ImmutableArray<Located<string>> written, string key) => written.IsEmpty ? [EcsPlan.Unset(key)] : [.. written.Select(w => w.Value)];

    private static void CheckVolumes(Manifest manifest, DiagnosticBag bag)
    {
        foreach (Service service in manifest.Services)
        {
            foreach (VolumeMount volume in service.Volumes)
                bag.Warning(DiagnosticCodes.EcsVolume, volume.Name.Span, $"on ECS the volume `{volume.Name.Value}` lives on the disk of one task: its files are gone with the task, and other tasks do not see them", "keep files in S3, or give the task definition an EFS file system");
        }
    }

    private static void CheckTargets(EcsSection section, ImmutableArray<EcsContainer> own, DiagnosticBag bag)
    {
        foreach (NamedValue group in section.TargetGroups)
        {
            ContainerPlan? target = own.Select(c => c.Plan).FirstOrDefault(c => c.Name == group.Name.Value && c.Role != ContainerRole.OneShot);
            if (target is { Port: not null })
                continue;
            string[] known = [.. own.Where(c => c.Plan.Port is not null).Select(c => c.Plan.Name)];
            bag.Error(
                DiagnosticCodes.EcsTargetGroup,
                group.Name.Span,
                target is null ? $"the target group is for `{group.Name.Value}`, and no service has that name" : $"the target group is for `{group.Name.Value}`, which listens on no port",
                known.Length == 0 ? "no service of this manifest listens" : Suggestions.Nearest(group.Name.Value, known) is { } near ? $"did you mean `{near}`?" : $"services that listen: {string.Join(", ", known)}");
        }
    }

    private static void CheckRoles(EcsSection section, DiagnosticBag bag)
    {
        if (section.TaskRole is { } task && task.Value == section.ExecutionRole?.Value)
            bag.Warning(DiagnosticCodes.EcsRole, task.Span, "the application gets the role by which ECS reads its secrets and pulls its images", "give it a role of its own, or leave `taskRole` out when it calls nothing of AWS");
    }
}

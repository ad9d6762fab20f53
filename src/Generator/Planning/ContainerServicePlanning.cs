using System.Collections.Immutable;
using DuskStack.Manifests;
using DuskStack.Templating;

namespace DuskStack.Planning;

/// <summary>Any other container, by <c>image:</c> or by the user's own <c>dockerfile:</c>.</summary>
public static class ContainerServicePlanning
{
    public static ServiceParts Plan(ContainerService service, Manifest manifest, ImmutableDictionary<string, int> ports, NeedsPlanning needs)
    {
        string name = service.Name.Value;
        int? port = ports.TryGetValue(name, out int written) ? written : null;
        ImagePlan? image = service.Dockerfile is { } dockerfile ? Image(service, dockerfile, manifest) : null;
        ModePlan shared = new()
        {
            Command = service.Start?.Value,
            Mounts = [.. service.Volumes.Select(v => new MountPlan(v.Name.Value, v.Path.Value, File: false))],
        };
        ContainerPlan container = new()
        {
            Name = name,
            Role = ContainerRole.Other,
            Comment = (image is null ? "By image." : $"Built from {image.Context} with your own {image.Dockerfile}.")
                + (service.User is null ? " Name its `user` and `writable` folders in duskstack.yaml to run it without rights on a read-only root." : ""),
            Image = image,
            Reference = service.Image is { } reference ? ImagePlanning.Reference(reference.Value, manifest.Images) : null,
            Port = port,
            Health = Health(service.Health),
            DependsOn = needs.DependsOn(service),
            StopGrace = service.Stop?.Value ?? TimeSpan.FromSeconds(10),
            Replicas = service.Replicas?.Value ?? 1,
            Resources = ResourcePlanning.Plan(service.Resources, ByteSize.Mebibytes(256)),
            Logs = ResourcePlanning.Plan(service.Logs),
            Metrics = service.Metrics is { } path && port is { } metricsPort ? new(metricsPort, path.Value) : null,
            Development = shared with
            {
                Builds = image is not null,
                Environment = Environment(service, needs, production: false),
                Ports = port is { } number ? [new($"{NameChecks.Variable(name)}_PORT", number, number, Loopback: true)] : [],
                User = service.User?.Value.ToString(),
            },
            Production = shared with
            {
                Builds = image is not null,
                Environment = Environment(service, needs, production: true),
                Secrets = [.. service.Secrets.Where(s => !s.AsEnvironment).Select(s => s.Name.Value)],
                Tmpfs = [.. service.Writable.Select(w => new TmpfsPlan(w.Value, ByteSize.Mebibytes(64), "0755", service.User?.Value))],
                Networks = needs.UsesData(service) ? [NetworkNames.Edge, NetworkNames.Data] : [NetworkNames.Edge],
                User = service.User?.Value.ToString(),
                // An image that starts as root and steps down needs capabilities and a writable root; who names a user says that it does not.
                ReadOnly = service.User is not null && !service.Writable.IsEmpty,
                DropCapabilities = service.User is not null,
            },
        };
        return new(image is null ? [] : [image], [container]);
    }

    private static ImagePlan Image(ContainerService service, Located<string> dockerfile, Manifest manifest) => new()
    {
        Name = service.Name.Value,
        Repository = ImagePlanning.Repository(manifest, service.Name.Value),
        Context = ImagePlanning.Normal(service.Path?.Value ?? "."),
        Dockerfile = ImagePlanning.Normal(dockerfile.Value),
        Target = null,
        DevelopmentTarget = null,
        Files = [],
        Secrets = [],
        Bases = [],
        Watch = [],
    };

    private static HealthPlan Health(HealthSection? health) => health?.Kind.Value switch
    {
        HealthKind.Command => HealthPlanning.Command(health),
        HealthKind.Image => new HealthPlan.Image(),
        HealthKind.None => new HealthPlan.Off(),
        _ => new HealthPlan.Absent(),
    };

    private static ImmutableArray<EnvironmentPlan> Environment(ContainerService service, NeedsPlanning needs, bool production)
    {
        IEnumerable<EnvironmentPlan> secrets = service.Secrets.Select(s => (production switch
        {
            false => new EnvironmentPlan(s.Name.Value, $"${{{s.Name.Value}:-}}"),
            true when s.AsEnvironment => new(s.Name.Value, $"${{{s.Name.Value}:?set {s.Name.Value} in .env or in the environment}}"),
            _ => new($"{s.Name.Value}_FILE", $"/run/secrets/{s.Name.Value}"),
        }) with { Secret = s.Name.Value });
        IEnumerable<EnvironmentPlan> own = service.Env.Select(e => new EnvironmentPlan(e.Name.Value, Escaping.Compose(e.Value.Value)));
        return [.. needs.Urls(service).Concat(secrets).Concat(own).GroupBy(e => e.Name).Select(g => g.Last())];
    }
}

using System.Collections.Immutable;
using DuskStack.Images;
using DuskStack.Manifests;
using DuskStack.Planning.Ecs;
using DuskStack.Planning.Monitoring;
using DuskStack.Planning.Proxy;

namespace DuskStack.Planning;

/// <summary>The manifest with everything resolved: every name, port, image, probe, mount and limit. Outputs print it and decide nothing.</summary>
public sealed record Plan
{
    public required string Name { get; init; }

    /// <summary>True when images are pushed to a registry and pulled from it.</summary>
    public required bool Registry { get; init; }

    /// <summary>Images that this project builds, in the order of the manifest.</summary>
    public required ImmutableArray<ImagePlan> Images { get; init; }

    /// <summary>Every container, backing services first, then migrations before what waits for them.</summary>
    public required ImmutableArray<ContainerPlan> Containers { get; init; }
    public required ImmutableArray<SecretPlan> Secrets { get; init; }

    /// <summary>Secrets of builds, by their environment variable.</summary>
    public required ImmutableArray<string> BuildSecrets { get; init; }
    public required ImmutableArray<VolumePlan> Volumes { get; init; }

    /// <summary>Variables a person may set in <c>.env</c>.</summary>
    public required ImmutableArray<VariablePlan> Variables { get; init; }

    /// <summary>Platforms of published images; empty for the builder's own.</summary>
    public required ImmutableArray<string> Platforms { get; init; }

    /// <summary>Small files that backing services want beside the Compose files.</summary>
    public required ImmutableArray<SupportFile> SupportFiles { get; init; }

    /// <summary>Lines of .gitignore.</summary>
    public required ImmutableArray<string> Ignored { get; init; }
    public required BudgetPlan Budget { get; init; }

    /// <summary>The PostgreSQL server of this project; null when there is none, or it runs elsewhere.</summary>
    public DatabasePlan? Database { get; init; }

    /// <summary>For the backing services that run elsewhere.</summary>
    public ImmutableArray<SubstitutePlan> Substitutes { get; init; } = [];

    /// <summary>The one machine that production runs on; null when the manifest names none.</summary>
    public HostPlan? Host { get; init; }

    /// <summary>Null where nothing stands before the services.</summary>
    public required ProxyPlan? Proxy { get; init; }
    /// <summary>Null when the manifest has no <c>monitoring</c>.</summary>
    public MonitoringPlan? Monitoring { get; init; }
    /// <summary>Amazon ECS; null when the manifest does not deploy there.</summary>
    public required EcsPlan? Ecs { get; init; }
    /// <summary>Null when no workflow is wanted.</summary>
    public CiPlan? Ci { get; init; }
}

/// <summary>Limits and reservations of all containers that run all the time in production, times their replicas.</summary>
public sealed record BudgetPlan(ByteSize Limits, ByteSize Reserved, decimal Cpus)
{
    /// <summary>What all of them may take together, measured at rest; null where its owner says nothing.</summary>
    public ByteSize? Memory { get; init; }
}

/// <summary>A named volume.</summary>
/// <param name="Name">Its key in the Compose files.</param>
/// <param name="Comment">What is in it.</param>
/// <param name="Suffix">Its name on the engine behind the name of the project; null when that is the key, as Compose does by itself.</param>
/// <param name="Kept">False when what is in it may be lost.</param>
public sealed record VolumePlan(string Name, string Comment, string? Suffix = null, bool Kept = true)
{
    /// <summary>As Compose reads it.</summary>
    public string EngineName => $"${{COMPOSE_PROJECT_NAME}}_{Suffix ?? Name}";
}

/// <summary>A file that a backing service mounts.</summary>
/// <param name="Path">Relative to the project.</param>
/// <param name="Content">The whole text.</param>
/// <param name="Once">True when it is the user's after the first write.</param>
public sealed record SupportFile(string Path, string Content, bool Once);

/// <summary>A variable of <c>.env</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Example">A harmless value to show.</param>
/// <param name="Comment">What it is for, one sentence.</param>
/// <param name="Scope">Where it is read.</param>
/// <param name="Required">True when development cannot start without it.</param>
public sealed record VariablePlan(string Name, string Example, string Comment, VariableScope Scope, bool Required = false);

public enum VariableScope
{
    Development,
    Production,
    Both,
}

/// <summary>An empty server in place of a backing service that runs elsewhere: a test must not reach the real one.</summary>
/// <param name="Name">Of the backing service: <c>postgres</c>.</param>
/// <param name="Host">Its name on the networks, and in <paramref name="Url"/>.</param>
/// <param name="Secret">The secret that says where the service is.</param>
/// <param name="Url">What the secret says of the substitute.</param>
/// <param name="Image">A reference.</param>
/// <param name="Environment">What the image is told.</param>
/// <param name="Probe">The words that ask it whether it is ready.</param>
public sealed record SubstitutePlan(string Name, string Host, string Secret, string Url, string Image, ImmutableSortedDictionary<string, string> Environment, ImmutableArray<string> Probe);

/// <summary>A secret file of production, <c>secrets/NAME</c>.</summary>
public sealed record SecretPlan(string Name, SecretOrigin Origin);

/// <summary>Where a secret's value comes from.</summary>
public abstract record SecretOrigin
{
    private SecretOrigin()
    {
    }

    /// <summary>The user has it: an API key, the URL of an external database.</summary>
    public sealed record User : SecretOrigin;

    /// <summary>Made at random. <see cref="Rotation"/> says what has to run after the file was replaced; empty when nothing has.</summary>
    public sealed record Random(ImmutableArray<string> Rotation) : SecretOrigin;

    /// <summary>A text around the value of another secret: <c>redis://:</c> + REDIS_PASSWORD + <c>@redis:6379</c>.</summary>
    public sealed record Derived(string Before, string Secret, string After) : SecretOrigin
    {
        /// <summary>True when it is JSON, where the value becomes part of a string; otherwise it becomes part of a URL.</summary>
        public bool Json { get; init; }
    }
}

/// <summary>An image that this project builds.</summary>
public sealed record ImagePlan
{
    /// <summary>The service's name, which is also its bake target.</summary>
    public required string Name { get; init; }

    /// <summary>The image's name without a tag, with the registry: <c>ghcr.io/acme/shop-api</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>The build context, relative to the project: <c>services/api</c>, <c>.</c>.</summary>
    public required string Context { get; init; }

    /// <summary>The Dockerfile, relative to the context.</summary>
    public required string Dockerfile { get; init; }

    /// <summary>The stage that production runs; null for the user's own Dockerfile.</summary>
    public required string? Target { get; init; }

    /// <summary>The stage for development; null when production's serves.</summary>
    public required string? DevelopmentTarget { get; init; }

    /// <summary>The commands of the two stages; null for the user's own Dockerfile.</summary>
    public ImmutableArray<string>? Start { get; init; }
    public ImmutableArray<string>? Dev { get; init; }

    /// <summary>The health check in it; null when it has none, or when its Dockerfile is the user's own.</summary>
    public ImageCheck? Check { get; init; }

    /// <summary>The user that it runs as; null for the user's own Dockerfile.</summary>
    public UserId? User { get; init; }

    /// <summary>Files that a stack writes for it; empty for the user's own Dockerfile.</summary>
    public required ImmutableArray<TemplateFile> Files { get; init; }

    /// <summary>Names of build secrets.</summary>
    public required ImmutableArray<string> Secrets { get; init; }
    public required ImmutableArray<BaseImage> Bases { get; init; }

    /// <summary>What changes while someone works on it.</summary>
    public required ImmutableArray<WatchPlan> Watch { get; init; }

    /// <summary>What git should not keep of its folder.</summary>
    public ImmutableArray<string> Ignored { get; init; } = [];

    /// <summary>True when its Dockerfile installs Debian packages.</summary>
    public bool InstallsPackages { get; init; }

    /// <summary>What its owner allows it; all null for the user's own Dockerfile.</summary>
    public ServiceBudgetPlan Budget { get; init; } = new();
}

/// <summary>The health check of an image.</summary>
/// <param name="Command">Its words, run without a shell.</param>
/// <param name="Timing">How often and how long.</param>
public sealed record ImageCheck(ImmutableArray<string> Command, HealthTiming Timing);

/// <summary>A file to render: the template's name and its model.</summary>
/// <param name="Path">Relative to the project.</param>
/// <param name="Template">Below <c>templates/</c>, without <c>.hbs</c>; with its ending when it is copied as it is.</param>
/// <param name="Model">What the template prints; null for a file that is copied as it is.</param>
/// <param name="Once">True when the file is the user's after the first write.</param>
public sealed record TemplateFile(string Path, string Template, object? Model, bool Once = false);

/// <summary>One rule of Compose's <c>develop.watch</c>.</summary>
/// <param name="Action"><c>sync</c>, <c>rebuild</c>, <c>sync+restart</c>.</param>
/// <param name="Path">On the host, relative to the project.</param>
/// <param name="Target">In the container; null for <c>rebuild</c>.</param>
/// <param name="Ignore">Relative to <paramref name="Path"/>.</param>
public sealed record WatchPlan(string Action, string Path, string? Target, ImmutableArray<string> Ignore);

/// <summary>A route of another service, as a web server before it needs it.</summary>
/// <param name="Service">Its Compose name, which is its host name.</param>
/// <param name="Port">Where it listens.</param>
/// <param name="Route">Path, rate and limits of the manifest.</param>
public sealed record UpstreamPlan(string Service, int Port, Route Route);

using System.Collections.Immutable;

namespace DuskStack.Manifests;

/// <summary>One entry under <c>services:</c>; what all kinds of services share.</summary>
public abstract record Service
{
    /// <summary>The key under <c>services:</c>, which is also its Compose name.</summary>
    public required Located<string> Name { get; init; }
    public Located<int>? Port { get; init; }

    /// <summary>True for <c>port: none</c>: a worker.</summary>
    public bool WithoutPort { get; init; }
    public Located<ImmutableArray<string>>? Start { get; init; }
    public Located<UserId>? User { get; init; }
    public Located<TimeSpan>? Stop { get; init; }
    public HealthSection? Health { get; init; }
    public Located<string>? Metrics { get; init; }
    public ImmutableArray<Located<string>> Needs { get; init; } = [];
    public ImmutableArray<NamedValue> Env { get; init; } = [];
    public ImmutableArray<Secret> Secrets { get; init; } = [];
    public ImmutableArray<VolumeMount> Volumes { get; init; } = [];
    public ImmutableArray<Located<string>> Writable { get; init; } = [];
    public ImmutableArray<Route> Routes { get; init; } = [];
    public Located<int>? Replicas { get; init; }
    public Resources Resources { get; init; } = new();
    public Logs Logs { get; init; } = new();
}

/// <summary>A service whose image one of the stacks builds (<c>stack:</c>).</summary>
public sealed record StackService : Service
{
    /// <summary>Empty when what was written is no stack, which is reported.</summary>
    public required Located<string> Stack { get; init; }
    public Located<string>? Path { get; init; }
    public Located<string>? Workspace { get; init; }
    public Located<PackageManager>? PackageManager { get; init; }
    public Located<string>? Runtime { get; init; }
    public Located<string>? Base { get; init; }
    public BuildSection Build { get; init; } = new();
    public Located<ImmutableArray<string>>? Dev { get; init; }
    public Located<int>? Workers { get; init; }

    /// <summary>Database connections of one process.</summary>
    public Located<int>? Pool { get; init; }
    public ImmutableArray<Process> Processes { get; init; } = [];
    public MigrateSection? Migrate { get; init; }
    public ImmutableArray<NamedValue> Public { get; init; } = [];
    public ServiceBudget Budget { get; init; } = new();
}

/// <summary>Any other container: <c>image:</c>, or <c>dockerfile:</c> that the user wrote.</summary>
public sealed record ContainerService : Service
{
    /// <summary>An image reference; null when <see cref="Dockerfile"/> is given.</summary>
    public Located<string>? Image { get; init; }

    /// <summary>A Dockerfile of the user's, relative to <see cref="Path"/>; null when <see cref="Image"/> is given.</summary>
    public Located<string>? Dockerfile { get; init; }

    /// <summary>The build context of <see cref="Dockerfile"/>.</summary>
    public Located<string>? Path { get; init; }
}

/// <summary>A further process of a service's image, under <c>processes:</c>; its Compose name is <c>&lt;service&gt;-&lt;process&gt;</c>.</summary>
public sealed record Process
{
    public required Located<string> Name { get; init; }
    public required Located<ImmutableArray<string>> Start { get; init; }
    public Located<ImmutableArray<string>>? Dev { get; init; }
    public Located<int>? Port { get; init; }
    public ImmutableArray<Route> Routes { get; init; } = [];
    public Located<int>? Replicas { get; init; }
    public HealthSection? Health { get; init; }
    public Located<string>? Metrics { get; init; }
    public Resources? Resources { get; init; }
    public Located<TimeSpan>? Stop { get; init; }
    public ImmutableArray<NamedValue> Env { get; init; } = [];
    public Located<int>? Workers { get; init; }
    public Located<int>? Pool { get; init; }
}

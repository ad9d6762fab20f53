using System.Collections.Immutable;

namespace DuskStack.Manifests;

/// <summary><c>postgres:</c></summary>
public sealed record PostgresSection
{
    public required Located<string> Key { get; init; }

    /// <summary>The major version; null for the default.</summary>
    public Located<int>? Version { get; init; }

    /// <summary>True when the database runs elsewhere: DATABASE_URL is then the user's secret.</summary>
    public Located<bool>? External { get; init; }
    public Located<string>? Database { get; init; }
    public Located<string>? User { get; init; }

    /// <summary>The driver in the URL of python services: <c>postgresql+asyncpg://</c>.</summary>
    public Located<string>? Driver { get; init; }
    public ImmutableArray<Located<string>> Extensions { get; init; } = [];
    public Located<string>? Init { get; init; }
    public Located<int>? Port { get; init; }
    public Located<int>? MaxConnections { get; init; }
    public Resources Resources { get; init; } = new();
    public Logs Logs { get; init; } = new();
    public HealthSection? Health { get; init; }
}

/// <summary><c>redis:</c> or <c>valkey:</c></summary>
public sealed record CacheSection
{
    /// <summary>The key in the manifest, <c>redis</c> or <c>valkey</c>, which is also the Compose name.</summary>
    public required Located<string> Key { get; init; }
    public Located<string>? Version { get; init; }
    public Located<bool>? External { get; init; }
    public Located<ByteSize>? MaxMemory { get; init; }
    public Located<string>? Policy { get; init; }

    /// <summary><c>none</c>, <c>rdb</c> or <c>aof</c>.</summary>
    public Located<string>? Persistence { get; init; }
    public Located<int>? Port { get; init; }
    public Resources Resources { get; init; } = new();
    public Logs Logs { get; init; } = new();
    public HealthSection? Health { get; init; }
}

/// <summary><c>proxy:</c></summary>
public sealed record ProxySection
{
    public required Located<string> Key { get; init; }
    public Located<string>? Domain { get; init; }
    public Located<string>? Tls { get; init; }
    public Located<string>? Email { get; init; }
    public Located<string>? Acme { get; init; }
    public Located<ByteSize>? BodySize { get; init; }
    public ImmutableArray<Located<string>> Trusted { get; init; } = [];
    public Located<string>? Csp { get; init; }
    public Resources Resources { get; init; } = new();
    public Logs Logs { get; init; } = new();
}

/// <summary><c>monitoring:</c></summary>
public sealed record MonitoringSection
{
    public required Located<string> Key { get; init; }
    public Located<TimeSpan>? Retention { get; init; }
    public Located<TimeSpan>? ScrapeInterval { get; init; }
    public Located<bool>? Grafana { get; init; }

    /// <summary>The secret that holds the webhook's address.</summary>
    public Located<string>? Webhook { get; init; }

    /// <summary>By part: <c>prometheus</c>, <c>alertmanager</c>, <c>grafana</c>, <c>exporters</c>.</summary>
    public ImmutableArray<(Located<string> Part, Resources Resources)> Resources { get; init; } = [];
}

/// <summary><c>deploy:</c></summary>
public sealed record DeploySection
{
    public required Located<string> Key { get; init; }

    /// <summary><c>user@host</c> of the one machine.</summary>
    public Located<string>? Host { get; init; }
    public EcsSection? Ecs { get; init; }
}

/// <summary><c>deploy.ecs:</c></summary>
public sealed record EcsSection
{
    public Located<string>? Region { get; init; }
    public Located<string>? Cluster { get; init; }
    public Located<string>? Architecture { get; init; }

    /// <summary><c>ssm</c> or <c>secretsmanager</c>.</summary>
    public Located<string>? Secrets { get; init; }
    public ImmutableArray<Located<string>> Subnets { get; init; } = [];
    public ImmutableArray<Located<string>> SecurityGroups { get; init; } = [];
    public Located<string>? ExecutionRole { get; init; }
    public Located<string>? TaskRole { get; init; }
    public ImmutableArray<NamedValue> TargetGroups { get; init; } = [];
}

using System.Collections.Immutable;
using System.Text.Json;

namespace DuskStack.Containers;

/// <summary>The state of a container, and how it is locked down.</summary>
public sealed record ContainerFacts
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required bool Running { get; init; }
    public required int ExitCode { get; init; }
    public required bool OutOfMemory { get; init; }

    /// <summary>How often the engine has started it again.</summary>
    public required int Restarts { get; init; }

    /// <summary><c>starting</c>, <c>healthy</c>, <c>unhealthy</c>; empty without a health check.</summary>
    public required string Health { get; init; }

    /// <summary>What the health check said last.</summary>
    public required string HealthLog { get; init; }

    /// <summary>Null before the first start.</summary>
    public required DateTimeOffset? StartedAt { get; init; }
    public required string User { get; init; }
    public required bool ReadOnly { get; init; }
    public required ImmutableArray<string> DroppedCapabilities { get; init; }
    public required ImmutableArray<string> SecurityOptions { get; init; }
    public required ImmutableArray<string> Environment { get; init; }
    public required ImmutableArray<PublishedPort> Ports { get; init; }

    /// <summary>Its own addresses in the networks that it belongs to.</summary>
    public required ImmutableArray<string> Addresses { get; init; }

    public static async Task<ContainerFacts> Of(Engine engine, string id, CancellationToken cancellation)
    {
        using JsonDocument document = JsonDocument.Parse((await engine.Docker("container", "inspect", id).Run(cancellation)).Text);
        JsonElement root = document.RootElement[0];
        JsonElement state = root.GetProperty("State"), config = root.GetProperty("Config"), host = root.GetProperty("HostConfig");
        bool hasHealth = state.TryGetProperty(nameof(Health), out JsonElement health);
        return new()
        {
            Id = root.Text("Id"),
            Name = root.Text("Name").TrimStart('/'),
            Running = state.Flag("Running"),
            ExitCode = (int)state.Number("ExitCode"),
            OutOfMemory = state.Flag("OOMKilled"),
            Restarts = (int)root.Number("RestartCount"),
            Health = hasHealth ? health.Text("Status") : "",
            HealthLog = hasHealth && health.GetProperty("Log") is { ValueKind: JsonValueKind.Array } log && log.GetArrayLength() > 0 ? log[log.GetArrayLength() - 1].Text("Output") : "",
            StartedAt = DateTimeOffset.TryParse(state.Text("StartedAt"), out DateTimeOffset started) && started.Year > 1 ? started : null,
            User = config.Text("User"),
            ReadOnly = host.Flag("ReadonlyRootfs"),
            DroppedCapabilities = host.Texts("CapDrop"),
            SecurityOptions = host.Texts("SecurityOpt"),
            Environment = config.Texts("Env"),
            Ports = PublishedPort.Of(root.GetProperty("NetworkSettings")),
            Addresses = root.GetProperty("NetworkSettings").TryGetProperty("Networks", out JsonElement networks) && networks.ValueKind == JsonValueKind.Object
                ? [.. networks.EnumerateObject().Select(n => n.Value.Text("IPAddress")).Where(a => a.Length > 0)]
                : [],
        };
    }
}

/// <param name="Address">Of the host: <c>127.0.0.1</c>, <c>0.0.0.0</c>.</param>
/// <param name="Host">The host's port.</param>
/// <param name="Container">The container's port: <c>3000/tcp</c>.</param>
public sealed record PublishedPort(string Address, int Host, string Container)
{
    internal static ImmutableArray<PublishedPort> Of(JsonElement network) =>
        network.TryGetProperty("Ports", out JsonElement ports) && ports.ValueKind == JsonValueKind.Object
            ? [.. from port in ports.EnumerateObject()
                  where port.Value.ValueKind == JsonValueKind.Array
                  from binding in port.Value.EnumerateArray()
                  select new PublishedPort(binding.Text("HostIp"), int.Parse(binding.Text("HostPort")), port.Name)]
            : [];
}

using System.Collections.Immutable;
using System.Text.Json;

namespace DuskStack.Containers;

/// <summary>What an image says about itself.</summary>
public sealed record ImageFacts
{
    public required string Id { get; init; }

    /// <summary>The first layer first; instructions that add no bytes are among them.</summary>
    public required ImmutableArray<ImageLayer> Layers { get; init; }

    /// <summary>As <c>USER</c> gives it: <c>10001:10001</c>; empty for root.</summary>
    public required string User { get; init; }
    public required ImmutableArray<string> Entrypoint { get; init; }
    public required ImmutableArray<string> Command { get; init; }

    /// <summary>Empty when the image has no health check.</summary>
    public required ImmutableArray<string> HealthTest { get; init; }
    public required ImmutableDictionary<string, string> Environment { get; init; }
    public required ImmutableDictionary<string, string> Labels { get; init; }
    public required ImmutableArray<string> Ports { get; init; }

    /// <summary>
    /// Bytes of the uncompressed layers. <c>docker image ls</c> is no measure: it shows compressed bytes with containerd's image
    /// store, and uncompressed ones without.
    /// </summary>
    public long Size => Layers.Sum(l => l.Size);

    public static async Task<ImageFacts> Of(Engine engine, string image, CancellationToken cancellation)
    {
        string inspected = (await engine.Docker("image", "inspect", image).Run(cancellation)).Text;
        string history = (await engine.Docker("history", "--no-trunc", "--human=false", "--format", "{{json .}}", image).Run(cancellation)).Text;
        using JsonDocument document = JsonDocument.Parse(inspected);
        JsonElement root = document.RootElement[0], config = root.GetProperty("Config");
        return new()
        {
            Id = root.Text("Id"),
            Layers = [.. history.Split('\n').Select(ImageLayer.Parse).Reverse()],
            User = config.Text("User"),
            Entrypoint = config.Texts("Entrypoint"),
            Command = config.Texts("Cmd"),
            HealthTest = config.TryGetProperty("Healthcheck", out JsonElement health) ? health.Texts("Test") : [],
            Environment = config.Texts("Env").Select(e => e.Split('=', 2)).ToImmutableDictionary(e => e[0], e => e[1]),
            Labels = config.Map("Labels"),
            Ports = config.Keys("ExposedPorts"),
        };
    }
}

/// <param name="CreatedBy">The instruction, as the image's history keeps it.</param>
/// <param name="Size">Bytes, uncompressed.</param>
public sealed record ImageLayer(string CreatedBy, long Size)
{
    internal static ImageLayer Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return new(document.RootElement.Text("CreatedBy"), long.Parse(document.RootElement.Text("Size")));
    }
}

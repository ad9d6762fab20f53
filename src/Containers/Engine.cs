using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json;

namespace DuskStack.Containers;

/// <summary>A container engine that answers, reached through the docker command line.</summary>
/// <param name="Host">DOCKER_HOST; null for the client's own default (its context, or the default socket).</param>
/// <param name="Version">The engine's: <c>28.5.2</c>.</param>
/// <param name="Platform"><c>linux/amd64</c>.</param>
/// <param name="Storage">Its image store: <c>overlay2</c>, <c>overlayfs</c> (containerd).</param>
public sealed record Engine(string? Host, string Version, string Platform, string Storage)
{
    /// <summary>Looks for the engine that DOCKER_HOST names, or the client's default one.</summary>
    public static async Task<EngineSearch> Find(CancellationToken cancellation)
    {
        string? host = Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } named ? named : null;
        ProcessCall info = new("docker", ["info", "--format", "{{json .}}"]) { Timeout = TimeSpan.FromSeconds(20) };
        try
        {
            ProcessOutcome outcome = await info.Run(cancellation);
            using JsonDocument document = JsonDocument.Parse(outcome.Output.Length > 0 ? outcome.Output : "{}");
            // Without an engine `docker info` still prints what it knows of the client, and exits 0 or 1 by its version.
            return document.RootElement.TryGetProperty("ServerVersion", out JsonElement version) && version.GetString() is { Length: > 0 } text
                ? new EngineSearch.Found(new(host, text, Architecture(document.RootElement), document.RootElement.GetProperty("Driver").GetString() ?? ""))
                : new EngineSearch.Missing(outcome.Errors.Trim() is { Length: > 0 } errors ? errors : "docker info names no engine");
        }
        catch (Win32Exception)
        {
            return new EngineSearch.Missing("there is no `docker` command");
        }
        catch (TimeoutException)
        {
            return new EngineSearch.Missing("the engine does not answer");
        }
    }

    /// <summary>A call of the docker command line.</summary>
    public ProcessCall Docker(params ImmutableArray<string> arguments) => new("docker", arguments);

    private static string Architecture(JsonElement info)
    {
        string machine = info.GetProperty("Architecture").GetString() ?? "";
        return $"{info.GetProperty("OSType").GetString()}/{machine switch { "x86_64" => "amd64", "aarch64" => "arm64", _ => machine }}";
    }
}

public abstract record EngineSearch
{
    private EngineSearch()
    {
    }

    public sealed record Found(Engine Engine) : EngineSearch;

    /// <param name="Reason">As docker says it.</param>
    public sealed record Missing(string Reason) : EngineSearch;
}

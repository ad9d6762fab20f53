using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json;

namespace DuskStack.Containers;

/// <summary>A container engine that answers, reached through the docker or podman command line.</summary>
/// <param name="Host">DOCKER_HOST; null for the client's own default (its context, or the default socket).</param>
/// <param name="Version">The engine's: <c>28.5.2</c>.</param>
/// <param name="Platform"><c>linux/amd64</c>.</param>
/// <param name="Storage">Its image store: <c>overlay2</c>, <c>overlayfs</c> (containerd).</param>
public sealed record Engine(string? Host, string Version, string Platform, string Storage)
{
    public const string DockerProgram = "docker";
    public const string PodmanProgram = "podman";

    /// <summary>The command line that reaches it.</summary>
    public string Program { get; init; } = DockerProgram;

    public bool IsPodman => Path.GetFileNameWithoutExtension(Program) == PodmanProgram;

    /// <summary>Looks for the engine that DOCKER_HOST names, or the client's default one.</summary>
    public static Task<EngineSearch> Find(CancellationToken cancellation) => Find(DockerProgram, cancellation);

    /// <param name="program"><c>docker</c> or <c>podman</c>.</param>
    /// <param name="cancellation">Ends the look.</param>
    public static async Task<EngineSearch> Find(string program, CancellationToken cancellation)
    {
        string? host = Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } named ? named : null;
        ProcessCall info = new(program, ["info", "--format", "{{json .}}"]) { Timeout = TimeSpan.FromSeconds(20) };
        try
        {
            ProcessOutcome outcome = await info.Run(cancellation);
            using JsonDocument document = JsonDocument.Parse(outcome.Output.Length > 0 ? outcome.Output : "{}");
            if (outcome.Succeeded && document.RootElement.TryGetProperty("host", out JsonElement machine))
                return new EngineSearch.Found(OfPodman(program, machine, document.RootElement));
            // Without an engine `docker info` still prints what it knows of the client, and exits 0 or 1 by its version.
            return document.RootElement.TryGetProperty("ServerVersion", out JsonElement version) && version.GetString() is { Length: > 0 } text
                ? new EngineSearch.Found(new(host, text, Architecture(document.RootElement), document.RootElement.GetProperty("Driver").GetString() ?? ""))
                : new EngineSearch.Missing(outcome.Errors.Trim() is { Length: > 0 } errors ? errors : $"{program} info names no engine");
        }
        catch (Win32Exception)
        {
            return new EngineSearch.Missing($"there is no `{program}` command");
        }
        catch (TimeoutException)
        {
            return new EngineSearch.Missing("the engine does not answer");
        }
    }

    /// <summary>A call of its command line.</summary>
    public ProcessCall Docker(params ImmutableArray<string> arguments) => new(Program, arguments);

    /// <summary>The image is there already: nothing is pulled to find out.</summary>
    public async Task<bool> Has(string image, CancellationToken cancellation) => (await Docker("image", "inspect", image).Run(cancellation)).Succeeded;

    private static Engine OfPodman(string program, JsonElement machine, JsonElement info) => new(
        null,
        info.GetProperty("version").Text("Version"),
        $"{machine.Text("os")}/{machine.Text("arch")}",
        info.GetProperty("store").Text("graphDriverName")) { Program = program };

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

using System.Collections.Immutable;

namespace DuskStack.Containers;

/// <summary>One Compose file under a project name of its own.</summary>
/// <param name="Engine">Where it runs.</param>
/// <param name="Folder">The project's folder.</param>
/// <param name="File">Relative to <paramref name="Folder"/>: <c>compose.prod.yaml</c>.</param>
/// <param name="Name">Goes before the names of containers, networks and volumes.</param>
public sealed record ComposeProject(Engine Engine, string Folder, string File, string Name)
{
    /// <summary>Variables of the file.</summary>
    public ImmutableDictionary<string, string?> Environment { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>Any Compose command on this project.</summary>
    public ProcessCall Call(params ImmutableArray<string> arguments) =>
        Engine.Docker(["compose", "--progress=plain", "--project-name", Name, "--file", File, .. arguments]) with
        {
            Folder = Folder,
            Environment = Environment,
            Timeout = TimeSpan.FromMinutes(10),
        };

    /// <summary>The file as Compose reads it. Warnings stand in <see cref="ProcessOutcome.Errors"/>.</summary>
    public Task<ProcessOutcome> Config(CancellationToken cancellation) => Call("config", "--quiet").Run(cancellation);

    public Task<ProcessOutcome> Build(CancellationToken cancellation) => Call("build").Run(cancellation);

    /// <summary>Starts everything, or <paramref name="services"/>, and waits until all of it is healthy.</summary>
    public Task<ProcessOutcome> Up(CancellationToken cancellation, params ImmutableArray<string> services) =>
        Call(["up", "--detach", "--wait", "--wait-timeout", "240", .. services]).Run(cancellation);

    /// <summary>Stops everything, keeps all containers, and says for each how it ended.</summary>
    public async Task<ImmutableArray<ServiceStop>> Stop(CancellationToken cancellation)
    {
        // Events are asked for by whole milliseconds.
        DateTimeOffset start = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        (await Call("stop").Run(cancellation)).OrThrow();
        ImmutableArray<EngineEvent> events = await EngineEvents.Since(Engine, start, [$"label=com.docker.compose.project={Name}"], cancellation);
        return
        [
            .. from died in events
               where died.Action == "die"
               let asked = events.First(e => e.Action == "kill" && e.Container == died.Container)
               select new ServiceStop(died.Attributes["com.docker.compose.service"], int.Parse(died.Attributes["exitCode"]), died.At - asked.At),
        ];
    }

    /// <summary>Removes it; with <paramref name="volumes"/> its data as well.</summary>
    public async Task Down(bool volumes, CancellationToken cancellation) =>
        (await Call(["down", "--remove-orphans", "--timeout", "3", .. volumes ? ["--volumes"] : Array.Empty<string>()]).Run(cancellation)).OrThrow();

    /// <summary>All containers of the project, ended ones as well, by service.</summary>
    public async Task<ImmutableArray<ServiceContainer>> Containers(CancellationToken cancellation)
    {
        string text = (await Engine.Docker("ps", "--all", "--no-trunc", "--filter", $"label=com.docker.compose.project={Name}", "--format", "{{.ID}} {{.Label \"com.docker.compose.service\"}}").Run(cancellation)).Text;
        var containers = ImmutableArray.CreateBuilder<ServiceContainer>();
        foreach (string[] parts in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ', 2)))
            containers.Add(new(parts[1], new(Engine, parts[0]), await ContainerFacts.Of(Engine, parts[0], cancellation)));
        return [.. containers.OrderBy(c => c.Service, StringComparer.Ordinal)];
    }

    public async Task<Container> Container(string service, CancellationToken cancellation) =>
        (await Containers(cancellation)).First(c => c.Service == service).Container;

    public async Task<string> Logs(CancellationToken cancellation) => (await Call("logs", "--no-color", "--tail", "60").Run(cancellation)).Output;
}

/// <summary>A container of a Compose project, as it was when it was asked for.</summary>
public sealed record ServiceContainer(string Service, Container Container, ContainerFacts Facts);

/// <summary>How a container of a Compose project ended.</summary>
/// <param name="Service">Its service.</param>
/// <param name="ExitCode">137 when it had to be killed.</param>
/// <param name="Duration">From the signal to the end, by the engine's clock.</param>
public sealed record ServiceStop(string Service, int ExitCode, TimeSpan Duration);

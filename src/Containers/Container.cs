using System.Collections.Immutable;
using System.Globalization;

namespace DuskStack.Containers;

/// <summary>A container of an engine.</summary>
public sealed record Container(Engine Engine, string Id)
{
    public static async Task<Container> Start(Engine engine, RunRequest request, CancellationToken cancellation) =>
        new(engine, (await request.Call(engine).Run(cancellation)).Text);

    public Task<ContainerFacts> Facts(CancellationToken cancellation) => ContainerFacts.Of(Engine, Id, cancellation);

    /// <summary>Runs a program inside.</summary>
    public Task<ProcessOutcome> Exec(ImmutableArray<string> command, CancellationToken cancellation) =>
        Engine.Docker(["exec", Id, .. command]).Run(cancellation);

    /// <summary>Both streams, in the order in which they came.</summary>
    public async Task<string> Logs(CancellationToken cancellation)
    {
        ProcessOutcome outcome = await Engine.Docker("logs", Id).Run(cancellation);
        return outcome.Errors + outcome.Output;
    }

    /// <summary>Waits until its health check passes, fails for good, or the container ends.</summary>
    /// <returns>The state it came to; null after the deadline.</returns>
    public Task<ContainerFacts?> WaitForHealth(TimeSpan deadline, CancellationToken cancellation) =>
        Polling.Until(
            async () =>
            {
                ContainerFacts facts = await Facts(cancellation);
                return facts is { Health: "healthy" or "unhealthy" } or { Running: false } ? facts : null;
            },
            deadline,
            cancellation);

    public async Task<StopOutcome> Stop(CancellationToken cancellation)
    {
        ProcessOutcome outcome = (await Engine.Docker("stop", Id).Run(cancellation)).OrThrow();
        return new((await Facts(cancellation)).ExitCode, outcome.Duration);
    }

    /// <summary>The port of 127.0.0.1 under which <paramref name="port"/> of the container is reached.</summary>
    public async Task<int> PublishedPort(int port, CancellationToken cancellation)
    {
        string[] lines = (await Engine.Docker("port", Id, $"{port}/tcp").Run(cancellation)).Text.Split('\n');
        return int.Parse(lines[0][(lines[0].LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
    }

    /// <param name="tools">An image with a shell, which looks in from beside.</param>
    /// <param name="cancellation">Ends the look.</param>
    public Task<ImmutableArray<ContainerProcess>> Processes(string tools, CancellationToken cancellation) => ContainerProcess.List(this, tools, cancellation);

    /// <summary>Away with it, running or not, and with its anonymous volumes.</summary>
    public async Task Remove(CancellationToken cancellation) => (await Engine.Docker("rm", "--force", "--volumes", Id).Run(cancellation)).OrThrow();
}

/// <param name="ExitCode">137 when it had to be killed.</param>
/// <param name="Duration">From the request to the end.</param>
public sealed record StopOutcome(int ExitCode, TimeSpan Duration);

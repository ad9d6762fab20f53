using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace DuskStack.Containers;

/// <summary>Events as they happen. The engine remembers its last 256 only, and the probes of a busy one push others out.</summary>
public sealed class EngineEventStream : IAsyncDisposable
{
    private readonly ConcurrentQueue<EngineEvent> events = new();
    private readonly CancellationTokenSource end = new();
    private readonly Task listening;

    private EngineEventStream(Engine engine, ImmutableArray<string> filters)
    {
        ProcessCall call = engine.Docker(["events", "--since", EngineEvents.Seconds(DateTimeOffset.UtcNow), "--format", "{{json .}}", .. filters.Prepend("type=container").SelectMany(f => new[] { "--filter", f })]) with
        {
            Timeout = TimeSpan.FromHours(2),
            Line = Hear,
        };
        listening = call.Run(end.Token);
    }

    public ImmutableArray<EngineEvent> Heard => [.. events];

    /// <param name="engine">Whose events.</param>
    /// <param name="filters"><c>label=com.docker.compose.project=shop</c>.</param>
    public static EngineEventStream Of(Engine engine, params ImmutableArray<string> filters) => new(engine, filters);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        try
        {
            await listening;
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            // That is how it ends.
        }

        end.Dispose();
    }

    private void Hear(string line)
    {
        if (line.StartsWith('{'))
            events.Enqueue(EngineEvents.Parse(line));
    }
}

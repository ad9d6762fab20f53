using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace DuskStack.Containers;

/// <summary>Something that happened to a container.</summary>
/// <param name="Action"><c>kill</c>, <c>die</c>, <c>health_status: healthy</c>.</param>
/// <param name="Container">Its id.</param>
/// <param name="At">By the engine's clock.</param>
/// <param name="Attributes">Labels of the container, and <c>signal</c> or <c>exitCode</c>.</param>
public sealed record EngineEvent(string Action, string Container, DateTimeOffset At, ImmutableDictionary<string, string> Attributes);

/// <summary>The engine's own record of the last minutes: more exact than asking in between.</summary>
public static class EngineEvents
{
    /// <summary>What happened up to now; <paramref name="filters"/> as in <c>label=com.docker.compose.project=shop</c>.</summary>
    public static async Task<ImmutableArray<EngineEvent>> Since(Engine engine, DateTimeOffset since, ImmutableArray<string> filters, CancellationToken cancellation)
    {
        string text = (await engine.Docker(
        [
            "events", "--since", Seconds(since), "--until", Seconds(DateTimeOffset.UtcNow), "--format", "{{json .}}",
            .. filters.Prepend("type=container").SelectMany(f => new[] { "--filter", f }),
        ]).Run(cancellation)).Text;
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    internal static EngineEvent Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement root = document.RootElement, actor = root.GetProperty("Actor");
        return new(root.Text("Action"), actor.Text("ID"), DateTimeOffset.UnixEpoch.AddTicks(root.Number("timeNano") / 100), actor.Map("Attributes"));
    }

    internal static string Seconds(DateTimeOffset time) => (time.ToUnixTimeMilliseconds() / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);
}

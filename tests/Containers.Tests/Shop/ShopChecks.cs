using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace DuskStack.Containers.Tests.Shop;

/// <summary>What holds for the shop in both modes.</summary>
public static class ShopChecks
{
    private static readonly ImmutableArray<string> Applications = ["api", "api-worker", "mail"];

    public static async Task EveryServiceAnswers(TestStack stack, CancellationToken cancellation)
    {
        Assert.Contains("ready", await stack.Client.GetStringAsync("/ready", cancellation), StringComparison.Ordinal);
        (await stack.Client.PostAsJsonAsync("/api/items", new { name = "a lamp" }, cancellation)).EnsureSuccessStatusCode();
        Assert.Contains("a lamp", await stack.Client.GetStringAsync("/api/items", cancellation), StringComparison.Ordinal);
        Container api = await stack.Project.Container("api", cancellation);
        ProcessOutcome mail = await api.Exec(["node", "-e", "fetch('http://mail:8025/api/v1/messages').then(async (r) => console.log(r.status, await r.text()))"], cancellation);
        Assert.StartsWith("200 ", mail.Text, StringComparison.Ordinal);
    }

    public static async Task TheWorkerProcessesAJob(TestStack stack, CancellationToken cancellation)
    {
        HttpResponseMessage queued = await stack.Client.PostAsJsonAsync("/api/jobs", new { text = "hello" }, cancellation);
        queued.EnsureSuccessStatusCode();
        string id = (await queued.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("id").GetString()!;
        string? done = await Polling.Until(
            async () => await stack.Client.GetStringAsync($"/api/jobs/{id}", cancellation) is var job && job.Contains("\"done\"", StringComparison.Ordinal) ? job : null,
            TimeSpan.FromSeconds(15),
            cancellation);
        Assert.Contains("HELLO", done ?? "not done in time", StringComparison.Ordinal);
    }

    public static async Task EveryApplicationStopsInTime(TestStack stack, CancellationToken cancellation)
    {
        ImmutableArray<ServiceStop> stops;
        using (await OpenConnections.To(stack.Client.BaseAddress!, cancellation))
            stops = await stack.Project.Stop(cancellation);
        // For the tests that follow, whatever this one finds.
        await stack.Up(cancellation);

        Assert.Equal(Applications, stops.Select(s => s.Service).Intersect(Applications).Order(StringComparer.Ordinal));
        Assert.All(stops, s => Assert.True(s.ExitCode is 0 or 143, $"{s}"));
        Assert.All(stops.Where(s => Applications.Contains(s.Service)), s => Assert.True(s.Duration < TimeSpan.FromSeconds(5), $"{s}"));
    }
}

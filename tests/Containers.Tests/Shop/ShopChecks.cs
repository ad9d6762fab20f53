using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace DuskStack.Containers.Tests.Shop;

/// <summary>What holds for the shop in both modes.</summary>
public static class ShopChecks
{
    private static readonly ImmutableArray<string> Applications = ["admin", "api", "api-worker", "mail", "ml", "web"];

    public static async Task EveryServiceAnswers(TestStack stack, CancellationToken cancellation)
    {
        Assert.Contains("\"postgres\":\"ok\"", await FromWithin(stack, "http://127.0.0.1:3000/ready", cancellation), StringComparison.Ordinal);
        Assert.StartsWith("200 ", await FromWithin(stack, "http://mail:8025/api/v1/messages", cancellation), StringComparison.Ordinal);
        Assert.Contains("\"redis\":\"ok\"", (await FromWithin(stack, "http://ml:8000/ready", cancellation)).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);

        (await stack.Client.PostAsJsonAsync("/api/items", new { name = "a lamp" }, cancellation)).EnsureSuccessStatusCode();
        Assert.Contains("a lamp", await stack.Client.GetStringAsync("/api/items", cancellation), StringComparison.Ordinal);
        using HttpClient web = stack.ClientTo("WEB_PORT"), admin = stack.ClientTo("ADMIN_PORT");
        string page = await web.GetStringAsync("/", cancellation);
        Assert.Contains("a lamp", page, StringComparison.Ordinal);
        Assert.Contains("Shop", page, StringComparison.Ordinal);
        Assert.Contains("a lamp", await admin.GetStringAsync("/api/items", cancellation), StringComparison.Ordinal);
        Assert.Contains("\"API_URL\":\"/api\"", (await admin.GetStringAsync("/config.js", cancellation)).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("<div id=\"root\">", await admin.GetStringAsync("/", cancellation), StringComparison.Ordinal);
    }

    /// <summary>What the api's container gets from an address: status and body.</summary>
    public static async Task<string> FromWithin(TestStack stack, string address, CancellationToken cancellation)
    {
        Container api = await stack.Project.Container("api", cancellation);
        return (await api.Exec(["node", "-e", $"fetch('{address}').then(async (r) => console.log(r.status, await r.text()))"], cancellation)).Text;
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
        using HttpClient web = stack.ClientTo("WEB_PORT");
        using (await OpenConnections.To(stack.Client.BaseAddress!, cancellation))
        using (await OpenConnections.To(web.BaseAddress!, cancellation, websocket: false))
            stops = await stack.Project.Stop(cancellation);
        // For the tests that follow, whatever this one finds.
        await stack.Up(cancellation);

        Assert.Equal(Applications, stops.Select(s => s.Service).Intersect(Applications).Order(StringComparer.Ordinal));
        Assert.All(stops, s => Assert.True(s.ExitCode is 0 or 143, $"{s}"));
        Assert.All(stops.Where(s => Applications.Contains(s.Service)), s => Assert.True(s.Duration < TimeSpan.FromSeconds(5), $"{s}"));
    }
}

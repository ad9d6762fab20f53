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
        using HttpClient web = Site(stack, "web"), admin = Site(stack, "admin");
        string page = await web.GetStringAsync("/", cancellation);
        Assert.Contains("a lamp", page, StringComparison.Ordinal);
        Assert.Contains("Shop", page, StringComparison.Ordinal);
        Assert.Contains("a lamp", await admin.GetStringAsync("/api/items", cancellation), StringComparison.Ordinal);
        Assert.Contains("\"API_URL\":\"/api\"", (await admin.GetStringAsync("/config.js", cancellation)).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("<div id=\"root\">", await admin.GetStringAsync("/", cancellation), StringComparison.Ordinal);
    }

    /// <summary>Asks a site: in development at its own port, in production through the proxy, which tells the two by their names.</summary>
    public static HttpClient Site(TestStack stack, string name)
    {
        if (!IsProduction(stack))
            return stack.ClientTo($"{name.ToUpperInvariant()}_PORT");
        HttpClient client = stack.ClientTo("HTTP_PORT");
        client.DefaultRequestHeaders.Host = name == "admin" ? "admin.shop.example.com" : "shop.example.com";
        return client;
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
        var limit = TimeSpan.FromSeconds(5);
        ImmutableArray<string> applications = IsProduction(stack) ? [.. Applications, "proxy"] : Applications;
        bool IsLate(ServiceStop stop) => applications.Contains(stop.Service) && stop.Duration >= limit;
        ImmutableArray<ServiceStop> stops = await RepeatedStop.Until(
            async () =>
            {
                ImmutableArray<ServiceStop> once;
                using (await OpenConnections.To(stack.Client.BaseAddress!, cancellation))
                // In production /api/events is the api's: the proxy has one address for both.
                using (IsProduction(stack) ? null : await OpenConnections.To(new($"http://127.0.0.1:{stack.Port("WEB_PORT")}"), cancellation, websocket: false))
                    once = await stack.Project.Stop(cancellation);
                // For the tests that follow, whatever this one finds.
                await stack.Up(cancellation);
                return once;
            },
            IsLate);

        Assert.Equal(applications.Order(StringComparer.Ordinal), stops.Select(s => s.Service).Intersect(applications).Order(StringComparer.Ordinal));
        Assert.All(stops, s => Assert.True(s.ExitCode is 0 or 143, $"{s}"));
        Assert.All(stops, s => Assert.False(IsLate(s), $"{s}"));
    }

    private static bool IsProduction(TestStack stack) => stack.Project.File == "compose.prod.yaml";
}

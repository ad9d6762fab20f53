using System.Collections.Immutable;
using Xunit;

namespace DuskStack.Containers.Tests.Shop;

public sealed class DevelopmentShop : IAsyncLifetime
{
    public ShopProject? Project { get; private set; }

    /// <summary>With the debugger's door open, so that the rest is proven with it.</summary>
    public async ValueTask InitializeAsync() => Project = TestEngine.IsThere ? await ShopProject.Start(production: false, ("API_DEBUG", "--inspect=0.0.0.0:9229")) : null;

    public ValueTask DisposeAsync() => Project?.DisposeAsync() ?? ValueTask.CompletedTask;
}

public sealed class The_shop_in_development(DevelopmentShop shop) : IClassFixture<DevelopmentShop>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>All but the migration.</summary>
    private const int Running = 8;

    private TestStack Stack => shop.Project!.Stack;

    [EngineFact]
    public void It_is_healthy_within_two_minutes() =>
        Assert.True(shop.Project!.UntilHealthy < TimeSpan.FromMinutes(2), $"it took {shop.Project.UntilHealthy.TotalSeconds:0} s");

    [EngineFact]
    [Runs("node", "pnpm", "slim", "compose.yaml")]
    [Runs("python", "uv", "slim", "compose.yaml")]
    [Runs("nextjs", "npm", "slim", "compose.yaml")]
    [Runs("spa", "npm", "alpine", "compose.yaml")]
    public Task Every_service_answers() => ShopChecks.EveryServiceAnswers(Stack, Cancellation);

    [EngineFact]
    public Task The_worker_processes_a_job() => ShopChecks.TheWorkerProcessesAJob(Stack, Cancellation);

    [EngineFact]
    public Task Every_application_stops_in_time_while_clients_hold_connections() => ShopChecks.EveryApplicationStopsInTime(Stack, Cancellation);

    [EngineFact]
    public async Task Every_port_is_reachable_from_this_machine_only()
    {
        ImmutableArray<ServiceContainer> containers = await Stack.Project.Containers(Cancellation);
        Assert.Equal(["admin", "api", "mail", "ml", "postgres", "redis", "web"], containers.Where(c => !c.Facts.Ports.IsEmpty).Select(c => c.Service));
        Assert.All(containers.SelectMany(c => c.Facts.Ports), p => Assert.Equal("127.0.0.1", p.Address));
    }

    [EngineFact]
    public async Task A_debugger_finds_the_application_and_the_probe_still_passes()
    {
        using var client = new HttpClient();
        var list = new Uri($"http://127.0.0.1:{Stack.Port("API_DEBUG_PORT")}/json/list");
        Assert.Contains("src/server.ts", await client.GetStringAsync(list, Cancellation), StringComparison.Ordinal);
        Container api = await Stack.Project.Container("api", Cancellation);
        Assert.Equal("healthy", (await api.Facts(Cancellation)).Health);
        Assert.Equal(0, (await api.Exec(["node", "/usr/local/lib/duskstack/health.cjs"], Cancellation)).ExitCode);
    }

    [EngineFact]
    public async Task Applications_run_without_root()
    {
        Assert.Contains("\"uid\":10001", await Stack.Client.GetStringAsync("/api/whoami", Cancellation), StringComparison.Ordinal);
    }

    /// <summary>One watch for both: Compose allows one for a project, and holds its lock a moment longer than it lives.</summary>
    [EngineFact]
    public async Task An_edit_shows_and_a_changed_dependency_rebuilds_every_process()
    {
        TestFolder folder = shop.Project!.Folder;
        await ComposeWatch.During(Stack, async () =>
        {
            folder.Edit("services/api/src/health.ts", "({ status: 'ok' })", "({ status: 'edited' })");
            folder.Edit("services/ml/src/health.py", "{\"status\": \"ok\"}", "{\"status\": \"edited\"}");
            folder.Edit("services/web/app/page.tsx", "<h2>Items</h2>", "<h2>Goods</h2>");
            Assert.NotNull(await Polling.Until(Edited, TimeSpan.FromSeconds(30), Cancellation));
            Assert.NotNull(await Polling.Until(EditedInPython, TimeSpan.FromSeconds(30), Cancellation));
            Assert.NotNull(await Polling.Until(EditedInNextjs, TimeSpan.FromSeconds(60), Cancellation));

            string[] before = [.. (await Applications()).Select(c => c.Container.Id)];
            folder.Edit("services/api/package.json", "\"version\": \"0.1.0\"", "\"version\": \"0.1.1\"");
            Assert.NotNull(await Polling.Until(() => Replaced(before), TimeSpan.FromSeconds(120), Cancellation));
        }, Cancellation);
    }

    private async Task<IEnumerable<ServiceContainer>> Applications() =>
        (await Stack.Project.Containers(Cancellation)).Where(c => c.Service is "api" or "api-worker");

    /// <summary>Compose starts again only what it rebuilds: a process that shared another service's build would stay dead.</summary>
    private async Task<string?> Replaced(string[] before)
    {
        try
        {
            ServiceContainer[] now = [.. await Applications()];
            bool replaced = now.Length == 2 && now.All(c => c.Facts is { Running: true, Health: "healthy" } && !before.Contains(c.Container.Id));
            // Compose stops what depends on the api and starts it again: a watch that ended in between would leave it stopped.
            return replaced && (await Stack.Project.Containers(Cancellation)).Count(c => c.Facts is { Running: true, Health: "healthy" }) == Running ? "all run" : null;
        }
        catch (CallFailedException)
        {
            // One of them went away while it was looked at.
            return null;
        }
    }

    private async Task<string?> EditedInPython() =>
        await ShopChecks.FromWithin(Stack, "http://ml:8000/health", Cancellation) is var answer && answer.Contains("edited", StringComparison.Ordinal) ? answer : null;

    private async Task<string?> EditedInNextjs()
    {
        using HttpClient web = Stack.ClientTo("WEB_PORT");
        return await web.GetStringAsync("/", Cancellation) is var page && page.Contains("Goods", StringComparison.Ordinal) ? page : null;
    }

    private async Task<string?> Edited()
    {
        try
        {
            string answer = await Stack.Client.GetStringAsync("/health", Cancellation);
            return answer.Contains("edited", StringComparison.Ordinal) ? answer : null;
        }
        catch (HttpRequestException)
        {
            // It is starting again.
            return null;
        }
    }
}

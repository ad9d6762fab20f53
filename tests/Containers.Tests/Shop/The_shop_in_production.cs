using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Xunit;

namespace DuskStack.Containers.Tests.Shop;

public sealed class ProductionShop : IAsyncLifetime
{
    public ShopProject? Project { get; private set; }

    public async ValueTask InitializeAsync() => Project = TestEngine.IsThere ? await ShopProject.Start(production: true) : null;

    public ValueTask DisposeAsync() => Project?.DisposeAsync() ?? ValueTask.CompletedTask;
}

public sealed class The_shop_in_production(ProductionShop shop) : IClassFixture<ProductionShop>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestStack Stack => shop.Project!.Stack;

    [EngineFact]
    public void It_is_healthy_within_two_minutes() =>
        Assert.True(shop.Project!.UntilHealthy < TimeSpan.FromMinutes(2), $"it took {shop.Project.UntilHealthy.TotalSeconds:0} s");

    [EngineFact]
    [Runs("node", "pnpm", "slim", "image compose.prod.yaml nginx")]
    [Runs("python", "uv", "slim", "image compose.prod.yaml nginx")]
    [Runs("nextjs", "npm", "slim", "image compose.prod.yaml nginx")]
    [Runs("spa", "npm", "alpine", "image compose.prod.yaml nginx")]
    public Task Every_service_answers() => ShopChecks.EveryServiceAnswers(Stack, Cancellation);

    [EngineFact]
    public Task The_worker_processes_a_job() => ShopChecks.TheWorkerProcessesAJob(Stack, Cancellation);

    [EngineFact]
    public Task Every_application_stops_in_time_while_clients_hold_connections() => ShopChecks.EveryApplicationStopsInTime(Stack, Cancellation);

    /// <summary>By the commands that the head of scripts/secrets.sh shows, run as they stand there.</summary>
    [EngineFact]
    public async Task A_new_database_password_reaches_the_server_and_the_applications()
    {
        TestFolder folder = shop.Project!.Folder;
        string before = await File.ReadAllTextAsync(folder["secrets/POSTGRES_PASSWORD"], Cancellation);
        File.Delete(folder["secrets/POSTGRES_PASSWORD"]);
        (await ShopProject.Secrets(folder).Run(Cancellation)).OrThrow();
        Assert.NotEqual(before, await File.ReadAllTextAsync(folder["secrets/POSTGRES_PASSWORD"], Cancellation));

        string[] head = [.. (await File.ReadAllLinesAsync(folder["scripts/secrets.sh"], Cancellation)).TakeWhile(l => l.StartsWith('#'))];
        string last = head.Single(l => l.StartsWith("# the old one.", StringComparison.Ordinal))["# the old one.".Length..].Trim();
        string[] commands = [.. head.SkipWhile(l => l != "# Before that, for POSTGRES_PASSWORD:").Skip(1).TakeWhile(l => l.StartsWith("#   docker compose", StringComparison.Ordinal)).Select(l => l[4..]), last];
        Assert.Equal(3, commands.Length);
        var shell = new ProcessCall("bash", ["-euc", string.Join('\n', commands)])
        {
            Folder = folder.Path,
            Environment = Stack.Project.Environment.SetItem("COMPOSE_PROJECT_NAME", Stack.Project.Name),
            Timeout = TimeSpan.FromMinutes(4),
        };
        (await shell.Run(Cancellation)).OrThrow();
        Assert.Contains("\"postgres\":\"ok\"", await ShopChecks.FromWithin(Stack, "http://127.0.0.1:3000/ready", Cancellation), StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task An_upload_survives_a_recreated_container()
    {
        string before = (await Stack.Project.Container("api", Cancellation)).Id;
        (await Stack.Client.PostAsync("/api/uploads/letter.txt", new StringContent("dear reader", Encoding.UTF8), Cancellation)).EnsureSuccessStatusCode();
        await Stack.Up(Cancellation, "--force-recreate", "--no-deps", "api");
        Assert.NotEqual(before, (await Stack.Project.Container("api", Cancellation)).Id);
        // The new container may have a new address, which nginx asks for every few seconds.
        Assert.Equal("dear reader", await Polling.Until(Letter, TimeSpan.FromSeconds(30), Cancellation));

        async Task<string?> Letter() => await Stack.Client.GetAsync("/api/uploads/letter.txt", Cancellation) is { IsSuccessStatusCode: true } found ? await found.Content.ReadAsStringAsync(Cancellation) : null;
    }

    [EngineFact]
    public async Task Applications_run_locked_down()
    {
        string whoami = await Stack.Client.GetStringAsync("/api/whoami", Cancellation);
        Assert.Contains("\"uid\":10001", whoami, StringComparison.Ordinal);
        Assert.Contains("\"rootWrite\":\"EROFS\"", whoami, StringComparison.Ordinal);
        foreach (ServiceContainer container in (await Stack.Project.Containers(Cancellation)).Where(c => c.Service != "mail"))
        {
            Assert.True(container.Facts.ReadOnly, container.Service);
            Assert.Equal(["ALL"], container.Facts.DroppedCapabilities);
            Assert.DoesNotContain(container.Facts.User.Split(':')[0], new[] { "", "0", "root" });
        }

        Assert.All(await Stack.Project.Containers(Cancellation), c => Assert.Contains("no-new-privileges:true", c.Facts.SecurityOptions));
    }

    [EngineFact]
    public async Task No_container_shows_a_password_in_its_environment()
    {
        ImmutableArray<string> secrets = [.. Directory.EnumerateFiles(shop.Project!.Folder["secrets"]).Select(File.ReadAllText)];
        Assert.Equal(6, secrets.Length);
        foreach (ServiceContainer container in await Stack.Project.Containers(Cancellation))
        {
            Assert.DoesNotContain(container.Facts.Environment, e => e.StartsWith("DATABASE_URL=", StringComparison.Ordinal) || e.StartsWith("REDIS_URL=", StringComparison.Ordinal));
            string everything = (await TestEngine.Shared.Docker("inspect", container.Container.Id).Run(Cancellation)).Text;
            Assert.All(secrets, s => Assert.DoesNotContain(s, everything, StringComparison.Ordinal));
        }

        Assert.Contains("DATABASE_URL_FILE=/run/secrets/DATABASE_URL", (await Stack.Project.Containers(Cancellation)).First(c => c.Service == "api").Facts.Environment);
    }

    [EngineFact]
    public async Task Only_the_proxy_is_published()
    {
        ServiceContainer[] published = [.. (await Stack.Project.Containers(Cancellation)).Where(c => !c.Facts.Ports.IsEmpty)];
        Assert.Equal(["grafana", "prometheus", "proxy"], published.Select(c => c.Service));
        foreach (ServiceContainer container in published)
        {
            Assert.All(container.Facts.Ports, p => Assert.Equal(Stack.Port(container.Service == "proxy" ? "HTTP_PORT" : $"{container.Service.ToUpperInvariant()}_PORT"), p.Host));
            // Pages of monitoring are for who is on this machine.
            if (container.Service != "proxy")
                Assert.All(container.Facts.Ports, p => Assert.Equal("127.0.0.1", p.Address));
        }
    }

    [EngineFact]
    [Runs("node", "pnpm", "slim", "monitoring")]
    [Runs("python", "uv", "slim", "monitoring")]
    public async Task Prometheus_sees_every_target_and_knows_every_rule()
    {
        using HttpClient prometheus = Stack.ClientTo("PROMETHEUS_PORT");
        string[] expected = ["api", "ml", "nginx-exporter", "node-exporter", "postgres-exporter", "prometheus", "redis-exporter"];
        string[]? up = await Polling.Until(Up, TimeSpan.FromSeconds(60), Cancellation);
        Assert.Equal(expected, up ?? await Targets("up"));

        using JsonDocument rules = JsonDocument.Parse(await prometheus.GetStringAsync("/api/v1/rules", Cancellation));
        string[] groups = [.. rules.RootElement.GetProperty("data").GetProperty("groups").EnumerateArray().Select(g => g.GetProperty("name").GetString()!).Order(StringComparer.Ordinal)];
        Assert.Equal(Directory.EnumerateFiles(shop.Project!.Folder["monitoring/prometheus/rules"]).Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal), groups);
        Assert.All(
            from rule in rules.RootElement.GetProperty("data").GetProperty("groups").EnumerateArray().SelectMany(g => g.GetProperty("rules").EnumerateArray())
            select rule.GetProperty("health").GetString(),
            health => Assert.NotEqual("err", health));

        async Task<string[]?> Up() => await Targets("up") is var seen && seen.SequenceEqual(expected) ? seen : null;

        async Task<string[]> Targets(string health)
        {
            using JsonDocument targets = JsonDocument.Parse(await prometheus.GetStringAsync("/api/v1/targets?state=active", Cancellation));
            return
            [
                .. from target in targets.RootElement.GetProperty("data").GetProperty("activeTargets").EnumerateArray()
                   where target.GetProperty("health").GetString() == health
                   orderby target.GetProperty("labels").GetProperty("job").GetString()
                   select target.GetProperty("labels").GetProperty("job").GetString(),
            ];
        }
    }

    /// <summary>As Grafana would ask, the proxy's panels included.</summary>
    [EngineFact]
    public async Task Every_panel_of_every_dashboard_has_data()
    {
        ImmutableArray<(string Panel, string Query)> queries = [.. Directory.EnumerateFiles(shop.Project!.Folder["monitoring/grafana/dashboards"]).SelectMany(Queries)];
        Assert.Contains(queries, q => q.Query.Contains("nginx_http_requests_total", StringComparison.Ordinal));
        foreach ((string panel, string query) in queries)
            Assert.True(await Polling.Until(() => Data(query), TimeSpan.FromMinutes(3), Cancellation) is not null, $"{panel}: no data for {query}");

        static IEnumerable<(string, string)> Queries(string file)
        {
            using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(file));
            return
            [
                .. from panel in dashboard.RootElement.GetProperty("panels").EnumerateArray()
                   where panel.TryGetProperty("targets", out _)
                   from target in panel.GetProperty("targets").EnumerateArray()
                   select ($"{Path.GetFileName(file)}, {panel.GetProperty("title").GetString()}", target.GetProperty("expr").GetString()!),
            ];
        }

        async Task<string?> Data(string query)
        {
            (await Stack.Client.GetAsync("/api/items", Cancellation)).EnsureSuccessStatusCode();
            return await Series(query) > 0 ? "data" : null;
        }
    }

    [EngineFact]
    public async Task A_stopped_service_makes_its_alert_fire()
    {
        (await Stack.Project.Call("stop", "ml").Run(Cancellation)).OrThrow();
        try
        {
            Assert.NotNull(await Polling.Until(async () => await Series("ALERTS{alertname=\"ServiceDown\", job=\"ml\", alertstate=\"firing\"}") > 0 ? "fires" : null, TimeSpan.FromMinutes(3), Cancellation));
        }
        finally
        {
            await Stack.Up(Cancellation, "ml");
        }
    }

    [EngineFact]
    public async Task The_database_is_out_of_reach_for_who_does_not_need_it()
    {
        // mail is on the network of applications only, and has no name for the database.
        string network = $"{Stack.Project.Name}_edge";
        ProcessOutcome outcome = await TestEngine.Shared.Docker("run", "--rm", "--network", network, "--entrypoint", "node", Stack.Images[0], "-e", "require('node:dns').lookup('postgres', (e) => process.exit(e ? 7 : 0))").Run(Cancellation);
        Assert.Equal(7, outcome.ExitCode);
    }

    [EngineFact]
    public async Task A_second_up_changes_nothing()
    {
        ImmutableArray<string> before = [.. (await Stack.Project.Containers(Cancellation)).Where(c => c.Service != "api-migrate").Select(c => c.Facts.Id)];
        await Stack.Up(Cancellation);
        Assert.Equal(before, (await Stack.Project.Containers(Cancellation)).Where(c => c.Service != "api-migrate").Select(c => c.Facts.Id));
    }

    private async Task<int> Series(string query)
    {
        using HttpClient prometheus = Stack.ClientTo("PROMETHEUS_PORT");
        using JsonDocument answer = JsonDocument.Parse(await prometheus.GetStringAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}", Cancellation));
        return answer.RootElement.GetProperty("data").GetProperty("result").GetArrayLength();
    }
}

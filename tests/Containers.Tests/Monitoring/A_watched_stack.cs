using System.Collections.Immutable;
using System.Text.Json;
using DuskStack.Planning;
using DuskStack.Planning.Monitoring;
using Xunit;

namespace DuskStack.Containers.Tests.Monitoring;

/// <summary>Monitoring of a running stack, asked by Prometheus' own API.</summary>
[Collection(nameof(WatchedStack))]
public sealed class A_watched_stack(WatchedStack watched)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private MonitoringPlan Monitoring => watched.Plan.Monitoring!;

    [EngineFact]
    public async Task Every_replica_of_every_target_is_up()
    {
        string expected = string.Join(' ', Monitoring.Jobs.Select(j => $"{j.Name}={j.Replicas}").Order(StringComparer.Ordinal));
        string? last = null;
        Assert.Equal(expected, await Polling.Until(Up, Patience, Cancellation) ?? last);

        async Task<string?> Up()
        {
            JsonElement targets = (await watched.Ask("targets?state=active", Cancellation)).GetProperty("activeTargets");
            last = string.Join(' ', targets.EnumerateArray().Where(t => t.GetProperty("health").GetString() == "up")
                .GroupBy(t => t.GetProperty("labels").GetProperty("job").GetString()).Select(g => $"{g.Key}={g.Count()}").Order(StringComparer.Ordinal));
            return last == expected ? last : null;
        }
    }

    [EngineFact]
    public async Task Every_rule_is_loaded_and_can_be_evaluated()
    {
        int expected = Monitoring.Planned.Length + Monitoring.Rules.Sum(g => g.Records.Length + g.Alerts.Length);
        Assert.NotNull(await Polling.Until(Loaded, Patience, Cancellation));

        async Task<string?> Loaded()
        {
            JsonElement[] rules = [.. (await watched.Ask("rules", Cancellation)).GetProperty("groups").EnumerateArray().SelectMany(g => g.GetProperty("rules").EnumerateArray())];
            Assert.Equal(expected, rules.Length);
            Assert.All(rules, r => Assert.NotEqual("err", r.GetProperty("health").GetString()));
            return rules.All(r => r.GetProperty("health").GetString() == "ok") ? "ok" : null;
        }
    }

    [EngineFact]
    public async Task Every_panel_has_data()
    {
        Assert.NotEmpty(Monitoring.Dashboards);
        foreach ((string expression, string panel) in Monitoring.Dashboards.SelectMany(d => d.Panels.SelectMany(p => p.Queries.Select(q => (q.Expression, $"{d.Title}, {p.Title}")))))
            Assert.True(await Polling.Until(() => HasData(expression), Patience, Cancellation) is not null, $"{panel}: no data for {expression}");
    }

    [EngineFact]
    public async Task Every_metric_that_a_rule_names_exists()
    {
        string[] metrics = [.. Monitoring.Rules.SelectMany(g => g.Records.Select(r => r.Expression).Concat(g.Alerts.Select(a => a.Expression))).SelectMany(WatchedStack.Metrics).Distinct()];
        Assert.Contains("http_request_duration_seconds_bucket", metrics);
        Assert.Contains("pg_stat_activity_max_tx_duration", metrics);
        await watched.Traffic(Cancellation);
        foreach (string metric in metrics)
            Assert.True(await Polling.Until(() => HasData(metric), Patience, Cancellation) is not null, $"{metric} does not exist");
    }

    [EngineFact]
    public async Task No_alert_fires_on_a_healthy_stack()
    {
        await Every_replica_of_every_target_is_up();
        Assert.NotNull(await Polling.Until(Quiet, Patience, Cancellation));

        // The machine that the tests run on may well be full or busy: that is no fault of the stack.
        async Task<string?> Quiet() => await watched.Count("ALERTS{alertstate=\"firing\", alertname!~\"Disk.*|Machine.*|ServiceSlow\"}", Cancellation) == 0 ? "quiet" : null;
    }

    [EngineFact]
    public async Task A_stopped_service_is_missed_and_somebody_is_told()
    {
        (await watched.Stack.Project.Call("stop", "ml").Run(Cancellation)).OrThrow();
        try
        {
            Assert.NotNull(await Polling.Until(Firing, Patience, Cancellation));
            Assert.NotNull(await Polling.Until(Told, Patience, Cancellation));
        }
        finally
        {
            await watched.Stack.Up(Cancellation, "ml");
        }

        Assert.NotNull(await Polling.Until(Over, Patience, Cancellation));

        async Task<string?> Firing() => await watched.Count("ALERTS{alertname=\"ServiceDown\", job=\"ml\", alertstate=\"firing\"} unless ALERTS{job!=\"ml\"}", Cancellation) > 0 ? "fires" : null;

        async Task<string?> Told() => (await watched.Told(Cancellation)) is var said && said.Contains("\"alertname\":\"ServiceDown\"", StringComparison.Ordinal) && said.Contains("ml runs with fewer containers", StringComparison.Ordinal) ? said : null;

        async Task<string?> Over() => await watched.Count("ALERTS{alertname=\"ServiceDown\"}", Cancellation) == 0 ? "over" : null;
    }

    /// <summary>One of two replicas: nobody answers less, and yet somebody should know.</summary>
    [EngineFact]
    public async Task A_lost_replica_is_missed()
    {
        ServiceContainer lost = (await watched.Stack.Project.Containers(Cancellation)).First(c => c.Service == "api-second");
        (await TestEngine.Shared.Docker("stop", lost.Container.Id).Run(Cancellation)).OrThrow();
        try
        {
            Assert.NotNull(await Polling.Until(async () => await watched.Count("ALERTS{alertname=\"ServiceDown\", job=\"api-second\", alertstate=\"firing\"}", Cancellation) > 0 ? "fires" : null, Patience, Cancellation));
        }
        finally
        {
            (await TestEngine.Shared.Docker("start", lost.Container.Id).Run(Cancellation)).OrThrow();
        }
    }

    [EngineFact]
    public async Task A_stopped_database_is_named()
    {
        (await watched.Stack.Project.Call("stop", "redis").Run(Cancellation)).OrThrow();
        try
        {
            Assert.NotNull(await Polling.Until(async () => await watched.Count("ALERTS{alertname=\"RedisDown\", alertstate=\"firing\"}", Cancellation) > 0 ? "fires" : null, Patience, Cancellation));
        }
        finally
        {
            await watched.Stack.Up(Cancellation, "redis");
        }
    }

    [EngineFact]
    public async Task Pages_are_published_on_loopback_alone()
    {
        ImmutableArray<ServiceContainer> parts = [.. (await watched.Stack.Project.Containers(Cancellation)).Where(c => watched.Plan.Containers.Single(p => p.Name == c.Service).Role == ContainerRole.Operations)];
        Assert.Equal(["alertmanager", "grafana", "prometheus"], parts.Where(c => !c.Facts.Ports.IsEmpty).Select(c => c.Service));
        Assert.All(parts.SelectMany(c => c.Facts.Ports), p => Assert.Equal("127.0.0.1", p.Address));
        foreach (ServiceContainer part in parts)
        {
            Assert.True(part.Facts.ReadOnly, part.Service);
            Assert.Equal(["ALL"], part.Facts.DroppedCapabilities);
            Assert.Contains("no-new-privileges:true", part.Facts.SecurityOptions);
            Assert.Matches(@"^[1-9]\d*:\d+$", part.Facts.User);
        }
    }

    [EngineFact]
    public async Task No_password_is_seen_from_outside()
    {
        ImmutableArray<string> secrets = [.. Directory.EnumerateFiles(watched.Folder["secrets"]).Select(File.ReadAllText)];
        foreach (ServiceContainer container in await watched.Stack.Project.Containers(Cancellation))
        {
            string everything = (await TestEngine.Shared.Docker("inspect", container.Container.Id).Run(Cancellation)).Text;
            Assert.All(secrets, s => Assert.DoesNotContain(s, everything, StringComparison.Ordinal));
        }

        using HttpClient alertmanager = watched.Stack.ClientTo("ALERTMANAGER_PORT");
        Assert.DoesNotContain("pager:8080", await alertmanager.GetStringAsync("/api/v2/status", Cancellation), StringComparison.Ordinal);
        using HttpClient prometheus = watched.Stack.ClientTo("PROMETHEUS_PORT");
        Assert.False((await prometheus.PostAsync("/-/reload", null, Cancellation)).IsSuccessStatusCode);
    }

    /// <summary>A password with everything that JSON and URLs give a meaning to.</summary>
    [EngineFact]
    public async Task A_password_of_ones_own_reaches_the_exporter()
    {
        using var folder = new TestFolder("mon-secrets");
        Rendered.Into(folder, "version: 1\nname: mon-own\nservices: { api: { stack: node, needs: [redis] } }\nredis: {}\nmonitoring: {}\n");
        folder.Write("secrets/REDIS_PASSWORD", """a"b\c'd$e%f/g""");
        (await new ProcessCall("bash", ["scripts/secrets.sh"]) { Folder = folder.Path }.Run(Cancellation)).OrThrow();
        JsonElement passwords = JsonDocument.Parse(await File.ReadAllTextAsync(folder["secrets/REDIS_EXPORTER_PASSWORDS"], Cancellation)).RootElement;
        Assert.Equal("""a"b\c'd$e%f/g""", passwords.GetProperty("redis://redis:6379").GetString());
        Assert.EndsWith(":a%22b%5Cc%27d%24e%25f%2Fg@redis:6379", await File.ReadAllTextAsync(folder["secrets/REDIS_URL"], Cancellation), StringComparison.Ordinal);
    }

    private async Task<string?> HasData(string expression)
    {
        await watched.Traffic(Cancellation);
        return await watched.Count(expression, Cancellation) > 0 ? "data" : null;
    }
}

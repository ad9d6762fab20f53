using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using DuskStack.Images;
using Xunit;

namespace DuskStack.Containers.Tests.Examples;

/// <summary>A pnpm workspace: Fastify with Drizzle's migrations, a Vite site on nginx, PostgreSQL, Redis, monitoring.</summary>
public sealed class Pivotal() : Example("pivotal")
{
    public override bool EveryTime => true;

    public override (string Path, object Body) Write => ("/api/v1/metrics", new { name = "Lamps sold", unit = "a week", target = 100 });

    public override (string Path, string Text) Read => ("/api/v1/board", "Lamps sold");

    /// <summary>drizzle-kit names none of them: see the test of its table below.</summary>
    public override ImmutableArray<string> Migrations => [];

    public override long? Memory => 2L << 30;
}

public sealed class The_example_pivotal(RunningExamples examples) : Every_example(examples, new Pivotal())
{
    [EngineFact]
    public async Task Both_migrations_are_in_its_table_once_and_in_order()
    {
        RunningExample running = await Running;
        await running.Stack.Up(Cancellation);
        using JsonDocument journal = JsonDocument.Parse(await File.ReadAllTextAsync(running.Folder["apps/backend/drizzle/meta/_journal.json"], Cancellation));
        string[] written = [.. journal.RootElement.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("when").ToString())];
        Container database = await running.Stack.Project.Container("postgres", Cancellation);
        ProcessOutcome applied = await database.Exec(["psql", "-h", "127.0.0.1", "-U", "pivotal", "-d", "pivotal", "-Atc", "select created_at from drizzle.__drizzle_migrations order by id"], Cancellation);
        Assert.Equal(2, written.Length);
        Assert.Equal(written, applied.Text.Split('\n'));
    }

    [EngineTheory]
    [InlineData("backend", "node", "distroless", 6)]
    [InlineData("frontend", "nginx", "alpine", 6)]
    public async Task Its_images_have_few_layers_above_their_base(string service, string kind, string variant, int most)
    {
        RunningExample running = await Running;
        string image = running.Stack.Images.Single(i => i.Contains($"-{service}:", StringComparison.Ordinal));
        ImageFacts own = await ImageFacts.Of(TestEngine.Shared, image, Cancellation), foundation = await ImageFacts.Of(TestEngine.Shared, ImageCatalog.Shared.Default(kind, variant).Reference, Cancellation);
        Assert.InRange(Filled(own) - Filled(foundation), 1, most);

        static int Filled(ImageFacts facts) => facts.Layers.Count(l => l.Size > 0);
    }

    [EngineFact]
    public async Task A_browser_shows_the_board_and_takes_a_reading()
    {
        await using Browser browser = await Browser.Open();
        BrowserPage visited = await browser.Visit((await Running).Client.BaseAddress!);
        await visited.Page.GetByText("Lamps sold").First.ClickAsync();
        await visited.Page.GetByPlaceholder("Today's value").FillAsync("120");
        await visited.Page.GetByText("Add", new() { Exact = true }).ClickAsync();
        await visited.Shows("on course");
        Assert.Empty(visited.Complaints);
    }

    [EngineFact]
    public async Task Its_site_has_the_headers_the_fallback_and_the_compression_that_its_system_asks_for()
    {
        HttpClient client = (await Running).Client;
        using HttpRequestMessage request = new(HttpMethod.Get, "/metrics/17") { Headers = { { "Accept-Encoding", "gzip" } } };
        using HttpResponseMessage page = await client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("SAMEORIGIN", page.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("strict-origin-when-cross-origin", page.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("default-src", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using HttpResponseMessage health = await client.GetAsync("/health", Cancellation);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [EngineFact]
    public async Task Prometheus_reaches_every_target()
    {
        RunningExample running = await Running;
        using HttpClient prometheus = running.Stack.ClientTo("PROMETHEUS_PORT");
        string? missing = "nothing was asked";
        Assert.True(await Polling.Until(AllUp, TimeSpan.FromSeconds(60), Cancellation) is not null, missing);

        async Task<string?> AllUp()
        {
            using JsonDocument answer = JsonDocument.Parse(await prometheus.GetStringAsync("/api/v1/targets?state=active", Cancellation));
            string[] states = [.. answer.RootElement.GetProperty("data").GetProperty("activeTargets").EnumerateArray().Select(t => $"{t.GetProperty("labels").GetProperty("job")} {t.GetProperty("health")}")];
            missing = string.Join(", ", states.Where(s => !s.EndsWith(" up", StringComparison.Ordinal)));
            return states.Length >= 5 && missing.Length == 0 ? "" : null;
        }
    }
}

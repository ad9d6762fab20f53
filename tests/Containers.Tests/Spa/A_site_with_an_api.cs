using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Xunit;

namespace DuskStack.Containers.Tests.Spa;

/// <summary>What people see, and what passes through the site's nginx to the api.</summary>
[Collection(nameof(ProductionSite))]
public sealed class A_site_with_an_api(ProductionSite project)
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    public async Task Shows_and_adds_items_and_follows_events()
    {
        string name = $"a lamp {Path.GetRandomFileName()}";
        await using Browser browser = await Browser.Open();
        BrowserPage visit = await browser.Visit(project.Site);
        Assert.Equal("Board", await visit.Page.TitleAsync());
        await visit.Page.GetByLabel("Name").FillAsync(name);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await visit.Shows(name);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Live" }).ClickAsync();
        await visit.Shows("Tick 2");
        Assert.Empty(visit.Complaints);
    }

    [EngineFact]
    public async Task Answers_deep_links_with_the_page_they_mean()
    {
        HttpResponseMessage added = await project.Client.PostAsJsonAsync("/api/items", new { name = "a deep lamp" }, Cancellation);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        int id = (await added.Content.ReadFromJsonAsync<Dictionary<string, object>>(Cancellation))!["id"].ToString() is { } text ? int.Parse(text) : 0;

        await using Browser browser = await Browser.Open();
        BrowserPage item = await browser.Visit(new(project.Site, $"/items/{id}"));
        await item.Page.GetByRole(AriaRole.Heading, new() { Name = "a deep lamp" }).WaitForAsync();
        BrowserPage missing = await browser.Visit(new(project.Site, "/no/such/page"));
        await missing.Shows("Nothing here");
        Assert.Empty(item.Complaints.AddRange(missing.Complaints));
    }

    [EngineFact]
    public async Task Stops_in_time_while_clients_hold_a_stream_and_a_websocket()
    {
        ImmutableArray<ServiceStop> stops = await RepeatedStop.Within(StopLimit, async () =>
        {
            ImmutableArray<ServiceStop> once;
            using (await OpenConnections.To(project.Site, Cancellation))
                once = await project.Stack.Project.Stop(Cancellation);
            // For the tests that follow, whatever this one finds.
            await project.Stack.Up(Cancellation);
            return once;
        });

        ServiceStop stop = Assert.Single(stops, s => s.Service == "web");
        Assert.Equal(0, stop.ExitCode);
        Assert.True(stop.Duration < StopLimit, $"it took {stop.Duration.TotalSeconds:0.0} s");
    }

    [EngineFact]
    public async Task Finds_the_api_again_when_it_was_replaced()
    {
        Engine engine = TestEngine.Shared;
        string before = await Address();
        (await project.Stack.Project.Call("rm", "--stop", "--force", "api").Run(Cancellation)).OrThrow();
        // Someone else takes the address meanwhile.
        Container other = await Container.Start(engine, new(project.Image) { Network = $"{project.Stack.Project.Name}_edge", Entrypoint = "sleep", Command = ["300"] }, Cancellation);
        try
        {
            Assert.Equal(HttpStatusCode.BadGateway, (await project.Client.GetAsync("/api/items", Cancellation)).StatusCode);
            await project.Stack.Up(Cancellation, "--no-deps", "api");
            Assert.NotEqual(before, await Address());
            Assert.NotNull(await Polling.Until(async () => (await project.Client.GetAsync("/api/items", Cancellation)) is { IsSuccessStatusCode: true } found ? found : null, TimeSpan.FromSeconds(15), Cancellation));
        }
        finally
        {
            await other.Remove(CancellationToken.None);
        }

        async Task<string> Address() =>
            (await engine.Docker("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", (await project.Stack.Project.Container("api", Cancellation)).Id).Run(Cancellation)).Text;
    }

    [EngineFact]
    public async Task Believes_no_client_about_its_address()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/items?forged");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Real-IP", "203.0.113.7");
        request.Headers.Add("Forwarded", "for=203.0.113.7");
        (await project.Client.SendAsync(request, Cancellation)).EnsureSuccessStatusCode();
        string log = await (await project.Stack.Project.Container("api", Cancellation)).Logs(Cancellation);
        Assert.Contains("/api/items?forged", log, StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113.7", log, StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task Limits_a_route_by_its_rate_and_says_when_to_come_back()
    {
        var answers = new List<HttpResponseMessage>();
        for (int i = 0; i < 6; i++)
            answers.Add(await project.Client.GetAsync("/api/rated", Cancellation));
        Assert.Equal([404, 404, 404, 429, 429, 429], answers.Select(a => (int)a.StatusCode));
        Assert.All(answers.Take(3), a => Assert.Null(a.Headers.RetryAfter));
        Assert.All(answers.Skip(3), a => Assert.Equal(TimeSpan.FromSeconds(2), a.Headers.RetryAfter?.Delta));
        Assert.Equal(HttpStatusCode.OK, (await project.Client.GetAsync("/api/items", Cancellation)).StatusCode);
    }

    [EngineFact]
    public async Task Takes_bodies_up_to_the_size_of_the_route_without_keeping_them()
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Upload("/api/items", 11));
        Assert.NotEqual(HttpStatusCode.RequestEntityTooLarge, await Upload("/api/large", 19));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Upload("/api/large", 21));
        ProcessOutcome files = await (await project.Stack.Project.Container("web", Cancellation)).Exec(["find", "/tmp/nginx", "-type", "f"], Cancellation);
        Assert.Equal(["/tmp/nginx/config.js", "/tmp/nginx/origins.conf", "/tmp/nginx/resolver.conf"], files.Text.Split('\n').Order(StringComparer.Ordinal));

        // The status of nginx comes before the body is over, on a connection that it then closes.
        async Task<HttpStatusCode> Upload(string path, int mebibytes)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(new byte[mebibytes << 20]) };
            request.Headers.ExpectContinue = true;
            return (await project.Client.SendAsync(request, Cancellation)).StatusCode;
        }
    }
}

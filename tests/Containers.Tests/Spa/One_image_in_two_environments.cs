using System.Collections.Immutable;
using System.Text.Json;
using Xunit;

namespace DuskStack.Containers.Tests.Spa;

/// <summary>What browsers read comes from the environment of the container, and from no build.</summary>
[Collection(nameof(ProductionSite))]
public sealed class One_image_in_two_environments(ProductionSite project)
{
    private static readonly ImmutableDictionary<string, string> Hostile = ImmutableDictionary.CreateRange(new Dictionary<string, string>
    {
        ["TITLE"] = "</script><script>alert(1)</script>",
        ["QUOTES"] = "\"double\" 'single' `back` \\ \\n ${HOME} $(id) & %s",
        ["LINES"] = "one\ntwo\r\n\tthree \u2028 \u2029 end",
        ["LETTERS"] = "äöü 日本 😀",
        ["EMPTY"] = "",
        ["CONTROL"] = "\u0001\u001f\u007f",
    });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    public async Task Shows_the_settings_of_each()
    {
        await using Browser browser = await Browser.Open();
        foreach (string title in new[] { "Staging", "Production" })
        {
            await With(ImmutableDictionary<string, string>.Empty.Add("TITLE", title), async site =>
            {
                BrowserPage visit = await browser.Visit(site);
                await visit.Shows(title);
                Assert.Equal(title, await visit.Page.TitleAsync());
            });
        }
    }

    [EngineFact]
    public async Task Hands_every_value_over_as_it_is() => await With(Hostile, async site =>
    {
        await using Browser browser = await Browser.Open();
        BrowserPage visit = await browser.Visit(site);
        string read = await visit.Page.EvaluateAsync<string>("JSON.stringify(globalThis.__CONFIG__)");
        Assert.Equal(Hostile, JsonSerializer.Deserialize<Dictionary<string, string>>(read)!.ToImmutableDictionary());
        Assert.Equal(Hostile["TITLE"], await visit.Page.TitleAsync());
    });

    [EngineFact]
    public async Task Lets_pages_talk_to_the_sites_that_its_settings_name() => await With(
        ImmutableDictionary.CreateRange(new Dictionary<string, string> { ["API_URL"] = "https://api.example.com/v1", ["DSN"] = "https://key@sentry.example.com/4", ["EVIL"] = "https://a.example.com;script-src *" }),
        async site =>
        {
            using var client = new HttpClient { BaseAddress = site };
            string policy = (await client.GetAsync("/", Cancellation)).Headers.GetValues("Content-Security-Policy").Single();
            string[] words = policy.Split(';').Select(d => d.Trim()).Single(d => d.StartsWith("connect-src ", StringComparison.Ordinal)).Split(' ');
            Assert.Equal(["'self'", "connect-src", "https://api.example.com", "https://sentry.example.com"], words.Order(StringComparer.Ordinal));
            Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        });

    private async Task With(ImmutableDictionary<string, string> settings, Func<Uri, Task> check)
    {
        var request = RunRequest.Hardened(project.Image) with
        {
            Publish = [8080],
            Environment = settings.ToImmutableDictionary(s => $"PUBLIC_{s.Key}", s => s.Value).Add("SECRET", "nobody's business"),
        };
        Container container = await Container.Start(TestEngine.Shared, request, Cancellation);
        try
        {
            Assert.Equal("healthy", (await container.WaitForHealth(TimeSpan.FromSeconds(30), Cancellation))?.Health);
            await check(new($"http://127.0.0.1:{await container.PublishedPort(8080, Cancellation)}"));
        }
        finally
        {
            await container.Remove(CancellationToken.None);
        }
    }
}

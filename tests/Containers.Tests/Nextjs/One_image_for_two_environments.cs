using System.Collections.Immutable;
using System.Net;
using DuskStack.Planning;
using Xunit;

namespace DuskStack.Containers.Tests.Nextjs;

/// <summary>The starter beside an api, running as production runs it.</summary>
public sealed class NextjsStarterStack : IAsyncLifetime
{
    private const string Manifest =
        """
        version: 1
        name: site-and-api
        services:
          api: { stack: node, port: 8000 }
          web: { stack: nextjs, needs: [api], public: { API_URL: /api } }
        """;

    private readonly TestFolder folder = new("next-starter");
    private TestStack? stack;

    public TestStack Stack => stack!;

    public string Image => Stack.Images[1];

    public HttpClient Site { get; private set; } = new();

    public async ValueTask InitializeAsync()
    {
        if (!TestEngine.IsThere)
            return;
        Plan plan = Rendered.Into(folder, Manifest, starter: true);
        stack = TestStack.Of(folder, plan, production: true);
        try
        {
            (await stack.Project.Build(CancellationToken.None)).OrThrow();
            await stack.Up(CancellationToken.None);
            Site = new() { BaseAddress = new($"http://127.0.0.1:{stack.Port("WEB_PORT")}"), DefaultRequestHeaders = { ConnectionClose = true } };
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Site.Dispose();
        if (stack is not null)
            await stack.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class One_image_for_two_environments(NextjsStarterStack starter) : IClassFixture<NextjsStarterStack>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    public async Task A_browser_shows_the_settings_of_each()
    {
        await using Browser browser = await Browser.Open();
        Assert.Equal([("API_URL", "/api")], await Settings(browser, starter.Site.BaseAddress!));
        (string, string)[] environment = [("PUBLIC_API_URL", "https://api.example.com"), ("PUBLIC_NOTE", "</script><b>\"hello\""), ("SECRET", "not for browsers")];
        await With(environment, async site =>
        {
            Assert.Equal([("API_URL", "https://api.example.com"), ("NOTE", "</script><b>\"hello\"")], await Settings(browser, site));
            using var client = new HttpClient { BaseAddress = site };
            string page = await client.GetStringAsync("/", Cancellation);
            Assert.DoesNotContain("</script><b>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("not for browsers", page, StringComparison.Ordinal);
        });
    }

    [EngineFact]
    public async Task Without_an_api_it_says_so() =>
        Assert.Contains("This site needs no api.", await PageWith(), StringComparison.Ordinal);

    [EngineFact]
    public async Task An_api_that_is_down_is_told_and_the_page_is_there_all_the_same() =>
        Assert.Contains("The api cannot be reached: <!-- -->ECONNREFUSED", await PageWith(("API_URL", "http://127.0.0.1:2")), StringComparison.Ordinal);

    [EngineFact]
    public async Task An_item_is_added_by_its_form_without_any_script()
    {
        string page = await starter.Site.GetStringAsync("/", Cancellation);
        using var form = new MultipartFormDataContent();
        // The hidden fields name the action that the server runs.
        foreach (string input in page.Split("<input ").Skip(1).Where(i => i.Contains("type=\"hidden\"", StringComparison.Ordinal)))
            form.Add(new StringContent(WebUtility.HtmlDecode(Attribute(input, "value"))), Attribute(input, "name"));
        form.Add(new StringContent("a lamp"), "name");
        HttpResponseMessage answer = await starter.Site.PostAsync("/", form, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("<span>a lamp</span>", await starter.Site.GetStringAsync("/", Cancellation), StringComparison.Ordinal);
    }

    private static string Attribute(string element, string name)
    {
        int start = element.IndexOf($"{name}=\"", StringComparison.Ordinal);
        return start < 0 ? "" : element[(start + name.Length + 2)..].Split('"')[0];
    }

    /// <summary>The names and values that a page shows once its scripts have taken over, by name.</summary>
    private static async Task<(string Name, string Value)[]> Settings(Browser browser, Uri site)
    {
        BrowserPage visit = await browser.Visit(site);
        await visit.Page.WaitForFunctionAsync("Object.keys(document.querySelector('dl') ?? {}).some((key) => key.startsWith('__reactFiber'))");
        IReadOnlyList<string> names = await visit.Page.Locator("dt").AllInnerTextsAsync(), values = await visit.Page.Locator("dd").AllInnerTextsAsync();
        Assert.Empty(visit.Complaints);
        return [.. names.Zip(values).OrderBy(setting => setting.First, StringComparer.Ordinal)];
    }

    /// <summary>The start page of one more container of the image.</summary>
    private async Task<string> PageWith(params (string Name, string Value)[] environment)
    {
        string page = "";
        await With(environment, async site =>
        {
            using var client = new HttpClient { BaseAddress = site };
            page = await client.GetStringAsync("/", Cancellation);
        });
        return page;
    }

    /// <summary>Runs <paramref name="check"/> against one more container of the image.</summary>
    private async Task With((string Name, string Value)[] environment, Func<Uri, Task> check)
    {
        var request = RunRequest.Hardened(starter.Image) with { Publish = [3000], Environment = environment.ToImmutableDictionary(e => e.Name, e => e.Value) };
        Container container = await Container.Start(TestEngine.Shared, request, Cancellation);
        try
        {
            Assert.Equal("healthy", (await container.WaitForHealth(TimeSpan.FromSeconds(60), Cancellation))?.Health);
            await check(new($"http://127.0.0.1:{await container.PublishedPort(3000, Cancellation)}"));
        }
        finally
        {
            await container.Remove(CancellationToken.None);
        }
    }
}

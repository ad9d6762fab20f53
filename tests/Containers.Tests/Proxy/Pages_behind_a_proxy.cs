using Microsoft.Playwright;
using DuskStack.Planning;
using Xunit;

namespace DuskStack.Containers.Tests.Proxy;

/// <summary>The starters of Next.js and of a site, each under a name of its own, with one api.</summary>
public sealed class PagesStack : IAsyncLifetime
{
    private const string Manifest =
        """
        version: 1
        name: pages
        services:
          api: { stack: node, routes: [/api, { path: /api, host: site.localhost }] }
          web: { stack: nextjs, needs: [api] }
          site: { stack: spa, needs: [api], routes: [{ path: /, host: site.localhost }] }
        proxy: {}
        """;

    private readonly TestFolder folder = new("pages");
    private TestStack? stack;

    public TestStack Stack => stack!;

    public Uri Address(string name) => new($"http://{name}:{Stack.Port("HTTP_PORT")}");

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
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (stack is not null)
            await stack.DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>Browsers keep to the policies that the proxy sends, and complain where a page does not.</summary>
public sealed class Pages_behind_a_proxy(PagesStack pages) : IClassFixture<PagesStack>
{
    [EngineTheory]
    [InlineData("127.0.0.1")]
    [InlineData("site.localhost")]
    public async Task Work_under_their_content_policy(string name)
    {
        string item = $"a lamp {Path.GetRandomFileName()}";
        await using Browser browser = await Browser.Open();
        BrowserPage visit = await browser.Visit(pages.Address(name));
        await visit.Page.GetByLabel("Name").FillAsync(item);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await visit.Shows(item);
        Assert.Empty(visit.Complaints);
    }
}

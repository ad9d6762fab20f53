using System.Text.RegularExpressions;
using DuskStack.Planning;
using Xunit;

namespace DuskStack.Containers.Tests.Spa;

/// <summary>The starters of a site and of an api. In production everything goes through the site's nginx, in development through Vite.</summary>
public abstract partial class SpaProject(bool production) : IAsyncLifetime
{
    private const string Manifest =
        """
        version: 1
        name: board
        services:
          api:
            stack: node
            env: { TRUSTED_PROXIES: "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16" }
            routes: [/api, { path: /api/rated, rate: 30r/m, burst: 2 }, { path: /api/large, bodySize: 20m }]
          web:
            stack: spa
            needs: [api]
            public: { TITLE: Board }
        """;

    private TestFolder? folder;
    private TestStack? stack;

    public TestFolder Folder => folder!;

    public TestStack Stack => stack!;

    /// <summary>The image of the site.</summary>
    public string Image => Stack.Images[1];

    public Uri Site => new($"http://127.0.0.1:{Stack.Port("WEB_PORT")}");

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (!TestEngine.IsThere)
            return;
        folder = new("board");
        Plan plan = Rendered.Into(folder, Manifest, starter: true);
        folder.Write("services/web/nginx/custom/teapot.conf", "location = /teapot { return 418; }\n");
        stack = TestStack.Of(folder, plan, production);
        Client = new() { BaseAddress = Site, Timeout = TimeSpan.FromSeconds(20) };
        Client.DefaultRequestHeaders.ConnectionClose = true;
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

    /// <summary>The path of the script that index.html names: its name changes with its content.</summary>
    public async Task<string> Script(CancellationToken cancellation) =>
        ScriptOfPage().Match(await Client.GetStringAsync("/", cancellation)) is { Success: true } match ? match.Groups["path"].Value : throw new InvalidOperationException("index.html names no script");

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (stack is not null)
            await stack.DisposeAsync();
        folder?.Dispose();
    }

    [GeneratedRegex("src=\"(?<path>/assets/[^\"]+\\.js)\"")]
    private static partial Regex ScriptOfPage();
}

public sealed class DevelopmentSite() : SpaProject(production: false);

public sealed class ProductionSite() : SpaProject(production: true);

/// <summary>One project for the tests of production, which run one after the other.</summary>
[CollectionDefinition(nameof(ProductionSite))]
public sealed class ProductionSiteTests : ICollectionFixture<ProductionSite>;

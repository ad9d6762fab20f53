using System.Collections.Immutable;
using System.Security.Cryptography;
using Xunit;

namespace DuskStack.Containers.Tests.Workspaces;

/// <summary>A pnpm workspace of a Next.js application, a site of Vite, a TypeScript package that both need, and one that nobody needs.</summary>
public sealed class SitesWorkspace : IAsyncLifetime
{
    private const string Manifest =
        """
        version: 1
        name: sites
        services:
          web: { stack: nextjs, path: ., workspace: apps/web, packageManager: pnpm, base: minimal }
          site: { stack: spa, path: ., workspace: apps/site, packageManager: pnpm }
        """;

    private TestStack? stack;

    public TestFolder Folder { get; } = new("sites");

    public TestStack Stack => stack!;

    public async ValueTask InitializeAsync()
    {
        if (!TestEngine.IsThere)
            return;
        Folder.Copy(Repository.App("workspace-sites"));
        Folder.Copy(Path.Combine(Repository.App("nextjs"), "public"), "apps/web/public");
        stack = TestStack.Of(Folder, Rendered.Into(Folder, Manifest), production: true);
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

    public Task<ImageBuild> Build(string service, string suffix, CancellationToken cancellation) =>
        ImageBuild.Run(TestEngine.Shared, new(Folder.Path, Stack.FurtherImage($"{service}-{suffix}")) { Dockerfile = $"apps/{service}/Dockerfile", Target = "runtime" }, cancellation);

    public async ValueTask DisposeAsync()
    {
        if (stack is not null)
            await stack.DisposeAsync();
        // Once: a fixture that could not start is disposed again.
        stack = null;
        Folder.Dispose();
    }
}

public sealed class Sites_of_a_workspace(SitesWorkspace workspace) : IClassFixture<SitesWorkspace>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineTheory]
    [InlineData("web")]
    [InlineData("site")]
    public async Task A_browser_shows_what_the_shared_package_says(string service)
    {
        await using Browser browser = await Browser.Open();
        BrowserPage visit = await browser.Visit(new($"http://127.0.0.1:{workspace.Stack.Port($"{service.ToUpperInvariant()}_PORT")}"));
        await visit.Shows($"hello {service} from shared");
        Assert.Empty(visit.Complaints);
    }

    [EngineFact]
    public async Task Next_makes_pages_anew_and_pictures_smaller_on_a_read_only_root()
    {
        using HttpClient client = workspace.Stack.ClientTo("WEB_PORT");
        string first = await client.GetStringAsync("/", Cancellation);
        Assert.NotNull(await Polling.Until(async () => await client.GetStringAsync("/", Cancellation) is var now && now != first ? now : null, TimeSpan.FromSeconds(20), Cancellation));
        Assert.Contains("index.html", await Files("server/route-cache"), StringComparison.Ordinal);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/_next/image?url=%2Fdot.png&w=64&q=75") { Headers = { { "Accept", "image/webp" } } };
        Assert.Equal("image/webp", (await client.SendAsync(request, Cancellation)).Content.Headers.ContentType?.MediaType);
        Assert.NotNull(await Polling.Until(async () => (await Files("cache")).Contains(".webp", StringComparison.Ordinal) ? "" : null, TimeSpan.FromSeconds(10), Cancellation));
        Assert.DoesNotMatch("EROFS|EACCES|Failed to", await workspace.Stack.Project.Logs(Cancellation));
    }

    [EngineTheory]
    [InlineData(0, "web", "site")]
    [InlineData(1, "site", "web")]
    public async Task An_image_has_no_development_dependency_and_no_code_of_another(int image, string service, string other)
    {
        ImmutableArray<ImageFile> all = await ImageFiles.List(TestEngine.Shared, workspace.Stack.Images[image], Cancellation);
        string[] files = [.. all.Select(f => f.Path)];
        Assert.Contains(files, f => f.StartsWith(service == "web" ? "app/apps/web/.next/static/" : "app/site/assets/", StringComparison.Ordinal));
        Assert.DoesNotContain(files, f => f.Contains("/node_modules/typescript/", StringComparison.Ordinal) || f.Contains("/node_modules/vite/", StringComparison.Ordinal));
        Assert.DoesNotContain(files, f => f.Contains($"apps/{other}", StringComparison.Ordinal) || f.Contains("packages/unused", StringComparison.Ordinal));
        // Sources: what either image has of them went through its build.
        Assert.DoesNotContain(files, f => f.StartsWith("app/", StringComparison.Ordinal) && !f.Contains("/node_modules/", StringComparison.Ordinal) && (f.EndsWith(".ts", StringComparison.Ordinal) || f.EndsWith(".tsx", StringComparison.Ordinal)));
    }

    [EngineTheory]
    [InlineData("web", "apps/site/src/main.ts")]
    [InlineData("web", "packages/unused/index.js")]
    [InlineData("site", "apps/web/app/page.tsx")]
    public async Task An_edit_that_does_not_concern_it_leaves_every_step_cached(string service, string path)
    {
        await Build(service, "before");
        // Another length each time: BuildKit remembers every content that it has seen.
        await File.AppendAllTextAsync(workspace.Folder[path], new string('\n', RandomNumberGenerator.GetInt32(1, 10_000)), Cancellation);
        ImageBuild after = await Build(service, "after");
        string[] ran = [.. after.Steps.Where(s => !s.Cached && s.Stage is not null && !s.Name.Contains("] FROM ", StringComparison.Ordinal)).Select(s => s.Stage!).Distinct()];
        Assert.Equal(["workspace"], ran);
    }

    private async Task<ImageBuild> Build(string service, string suffix)
    {
        ImageBuild build = await workspace.Build(service, suffix, Cancellation);
        Assert.True(build.Succeeded, build.Log);
        return build;
    }

    /// <summary>What lies in a folder of .next.</summary>
    private async Task<string> Files(string folder) =>
        (await (await workspace.Stack.Project.Container("web", Cancellation)).Exec(["node", "-p", $"fs.readdirSync('/app/apps/web/.next/{folder}', {{ recursive: true }}).join('\\n')"], Cancellation)).OrThrow().Output;
}

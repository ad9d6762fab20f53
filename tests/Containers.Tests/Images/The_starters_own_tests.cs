using DuskStack.Images;
using DuskStack.Stacks.Node;
using Xunit;

namespace DuskStack.Containers.Tests.Images;

/// <summary>A starter comes with tests of its own: they pass where its image is built, on a fresh install.</summary>
public sealed class The_starters_own_tests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    public async Task Pass_for_a_service_without_databases()
    {
        using var folder = new TestFolder("starter-tests");
        Rendered.Into(folder, "version: 1\nname: fresh\nservices:\n  api: { stack: node }\n", starter: true);
        await Run(folder, "npm ci --no-audit --no-fund && npm run typecheck && npm test");
    }

    [EngineFact]
    public async Task Pass_for_a_site()
    {
        using var folder = new TestFolder("site-tests");
        Rendered.Into(folder, "version: 1\nname: fresh\nservices:\n  api: { stack: spa }\n", starter: true);
        await Run(folder, "npm ci --no-audit --no-fund && npm run typecheck && npm test");
    }

    [EngineFact]
    public async Task Pass_for_the_shop()
    {
        using var folder = new TestFolder("shop-tests");
        folder.Copy(Path.Combine(Repository.Root, "examples", "shop"));
        await Run(folder, $"npm install --global pnpm@{NodePackageManager.Of("pnpm", null, 24).DefaultVersion} && CI=true pnpm install --frozen-lockfile && pnpm run typecheck && pnpm test");
    }

    private static async Task Run(TestFolder folder, string script)
    {
        string image = ImageCatalog.Shared.Default("node", "slim").Reference;
        ProcessOutcome outcome = await (TestEngine.Shared.Docker("run", "--rm", "--init", "--volume", $"{folder["services/api"]}:/app", "--workdir", "/app", image, "sh", "-c", script) with { Timeout = TimeSpan.FromMinutes(5) }).Run(Cancellation);
        Assert.True(outcome.Succeeded, outcome.Output + outcome.Errors);
        Assert.Contains("fail 0", outcome.Output, StringComparison.Ordinal);
    }
}

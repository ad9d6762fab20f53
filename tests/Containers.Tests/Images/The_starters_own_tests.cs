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

    [EngineTheory]
    [InlineData("spa")]
    [InlineData("nextjs")]
    public async Task Pass_for_a_site(string stack)
    {
        using var folder = new TestFolder("site-tests");
        Rendered.Into(folder, $"version: 1\nname: fresh\nservices:\n  api: {{ stack: {stack} }}\n", starter: true);
        await Run(folder, "npm ci --no-audit --no-fund && npm run typecheck && npm test");
    }

    [EngineFact]
    public async Task Pass_for_the_shop()
    {
        using var folder = new TestFolder("shop-tests");
        folder.Copy(Path.Combine(Repository.Root, "examples", "shop"));
        await Run(folder, $"npm install --global pnpm@{NodePackageManager.Of("pnpm", null, 24).DefaultVersion} && CI=true pnpm install --frozen-lockfile && pnpm run typecheck && pnpm test");
    }

    /// <summary>In the image of development, which has no tests: the folder lies over it, as Compose keeps it in step.</summary>
    [EngineTheory]
    [InlineData("pip", "")]
    [InlineData("poetry", "postgres")]
    [InlineData("uv", "redis")]
    [InlineData("pip", "postgres, redis")]
    public async Task Pass_for_python(string packageManager, string needs)
    {
        using var folder = new TestFolder("starter-tests");
        string backing = string.Concat(needs.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(n => $"{n}: {{}}\n"));
        Rendered.Into(folder, $"version: 1\nname: fresh\nservices:\n  api: {{ stack: python, packageManager: {packageManager}, needs: [{needs}] }}\n{backing}", starter: true);
        await RunPython(folder, "services/api", packageManager);
    }

    /// <summary>What became of starters: applications of their own.</summary>
    [NightlyFact]
    public async Task Pass_for_duskspendr()
    {
        using var folder = new TestFolder("duskspendr-tests");
        folder.Copy(Path.Combine(Repository.Root, "examples", "duskspendr"));
        await Run(folder, "npm ci --no-audit --no-fund && npm run typecheck && npm test", "backend");
    }

    [NightlyTheory]
    [InlineData("planner")]
    [InlineData("todo")]
    [InlineData("todo-uv")]
    public async Task Pass_for_the_backend_of(string example)
    {
        using var folder = new TestFolder($"{example}-tests");
        folder.Copy(Path.Combine(Repository.Root, "examples", example));
        await RunPython(folder, "backend", example);
    }

    /// <summary>They need no package; its build checks the types.</summary>
    [NightlyTheory]
    [InlineData("todo")]
    [InlineData("todo-uv")]
    public async Task Pass_for_the_frontend_of(string example)
    {
        using var folder = new TestFolder($"{example}-tests");
        folder.Copy(Path.Combine(Repository.Root, "examples", example));
        await Run(folder, "npm test", "frontend");
    }

    [NightlyFact]
    public async Task Pass_for_every_package_of_pivotal()
    {
        using var folder = new TestFolder("pivotal-tests");
        folder.Copy(Path.Combine(Repository.Root, "examples", "pivotal"));
        await Run(folder, $"npm install --global pnpm@{NodePackageManager.Of("pnpm", null, 24).DefaultVersion} && CI=true pnpm install --frozen-lockfile && pnpm test && pnpm run typecheck", "");
    }

    private static async Task RunPython(TestFolder folder, string path, string name)
    {
        string image = $"python-starter-{name}:{Path.GetRandomFileName()[..6]}";
        try
        {
            ImageBuild build = await ImageBuild.Run(TestEngine.Shared, new(folder[path], image) { Target = "dev" }, Cancellation);
            Assert.True(build.Succeeded, build.Log);
            ProcessOutcome outcome = await (TestEngine.Shared.Docker("run", "--rm", "--init", "--volume", $"{folder[path]}:/app:ro", image, "python", "-m", "pytest", "-q", "-p", "no:cacheprovider") with { Timeout = TimeSpan.FromMinutes(5) }).Run(Cancellation);
            Assert.True(outcome.Succeeded, outcome.Output + outcome.Errors);
            Assert.Matches(@"\d\d passed in ", outcome.Output);
        }
        finally
        {
            await TestEngine.Shared.Docker("image", "rm", "--force", image).Run(CancellationToken.None);
        }
    }

    private static async Task Run(TestFolder folder, string script, string path = "services/api")
    {
        string image = ImageCatalog.Shared.Default("node", "slim").Reference;
        ProcessOutcome outcome = await (TestEngine.Shared.Docker("run", "--rm", "--init", "--volume", $"{folder[path]}:/app", "--workdir", "/app", image, "sh", "-c", script) with { Timeout = TimeSpan.FromMinutes(5) }).Run(Cancellation);
        Assert.True(outcome.Succeeded, outcome.Output + outcome.Errors);
        Assert.Contains("fail 0", outcome.Output, StringComparison.Ordinal);
    }
}

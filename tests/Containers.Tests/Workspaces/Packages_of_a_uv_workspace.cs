using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Xunit;

namespace DuskStack.Containers.Tests.Workspaces;

/// <summary>Images out of a uv workspace.</summary>
public sealed partial class Packages_of_a_uv_workspace(UvProduction workspace) : IClassFixture<UvProduction>
{
    private const string Shared = "packages/shared/src/acme_shared/__init__.py";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    public async Task Both_services_say_what_the_shared_package_says()
    {
        Assert.Equal("""{"service":"api","greeting":"hello api from shared"}""", await workspace.Stack.Client.GetStringAsync("/", Cancellation));
        using HttpClient site = workspace.Stack.ClientTo("SITE_PORT");
        Assert.Equal("""{"greeting":"hello site from shared","service":"site"}""", (await site.GetStringAsync("/", Cancellation)).Trim());
    }

    /// <summary>For the api the extra of the shared package (six), none of what its tests need (iniconfig, acme-testing with itsdangerous).</summary>
    [EngineTheory]
    [InlineData(0, "api", "src/main.py", "acme_shared annotated_doc annotated_types anyio click fastapi h11 idna opentelemetry_api pydantic pydantic_core six starlette structlog typing_extensions typing_inspection uvicorn")]
    [InlineData(1, "site", "src/site_app/__init__.py", "acme_shared acme_site blinker click flask gunicorn itsdangerous jinja2 markupsafe structlog werkzeug")]
    public async Task An_image_has_the_service_its_members_and_their_dependencies(int image, string service, string source, string packages)
    {
        ImmutableArray<ImageFile> files = await ImageFiles.List(TestEngine.Shared, workspace.Stack.Images[image], Cancellation);
        string[] own = [.. files.Select(f => f.Path).Where(p => p.StartsWith("app/", StringComparison.Ordinal) && Path.HasExtension(p) && !p.EndsWith(".pyc", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal([$"app/apps/{service}/pyproject.toml", $"app/apps/{service}/{source}"], own);
        string[] installed = [.. files.Select(f => Installed().Match(f.Path)).Where(m => m.Success).Select(m => m.Groups["name"].Value.ToLowerInvariant()).Order(StringComparer.Ordinal)];
        Assert.Equal(packages.Split(' '), installed);
        Assert.All(files.Where(f => f.Path.StartsWith("app", StringComparison.Ordinal) || f.Path.StartsWith("opt", StringComparison.Ordinal)), f => Assert.Equal(0, f.Owner));
    }

    [EngineFact]
    public async Task A_command_of_a_package_is_there_and_members_are_compiled_for_good()
    {
        Container site = await workspace.Stack.Project.Container("site", Cancellation);
        Assert.Equal("settings of site_app", (await site.Exec(["site-settings"], Cancellation)).Text);
        Assert.Equal("1", (await site.Exec(["python", "-c", "import acme_shared; print(open(acme_shared.__cached__, 'rb').read()[4])"], Cancellation)).Text);
    }

    [EngineTheory]
    [InlineData("packages/unused/src/unused/__init__.py", "# ")]
    [InlineData("packages/unused/pyproject.toml", "# ")]
    [InlineData("apps/site/src/site_app/__init__.py", "# ")]
    [InlineData("pyproject.toml", "[tool.ruff]\nline-length = ")]
    public async Task An_edit_that_does_not_concern_it_leaves_every_step_cached(string path, string edit)
    {
        await Build("before");
        string text = await File.ReadAllTextAsync(workspace.Folder[path], Cancellation);
        await File.WriteAllTextAsync(workspace.Folder[path], $"{text}\n{edit}{RandomNumberGenerator.GetInt32(1, int.MaxValue)}\n", Cancellation);
        try
        {
            ImageBuild after = await Build("after");
            Assert.NotEmpty(after.Steps);
            Assert.Equal(["workspace"], Ran(after));
        }
        finally
        {
            await File.WriteAllTextAsync(workspace.Folder[path], text, Cancellation);
        }
    }

    [EngineFact]
    public async Task An_edit_in_a_shared_package_installs_that_alone()
    {
        await Build("before");
        string edited = $"edited {Guid.NewGuid()}";
        workspace.Folder.Edit(Shared, "from shared", edited);
        try
        {
            ImageBuild after = await Build("edited");
            Assert.Equal(["production-members", "published", "runtime", "workspace"], Ran(after));
            ProcessOutcome said = await TestEngine.Shared.Docker("run", "--rm", workspace.Stack.FurtherImage("edited"), "python", "-c", "import acme_shared; print(acme_shared.greeting('you'))").Run(Cancellation);
            Assert.Equal($"hello you {edited}", said.Text);
        }
        finally
        {
            workspace.Folder.Edit(Shared, edited, "from shared");
        }
    }

    [EngineFact]
    public async Task An_edit_of_the_service_installs_no_other_package()
    {
        await Build("before");
        await File.AppendAllTextAsync(workspace.Folder["apps/api/src/main.py"], $"# {Guid.NewGuid()}\n", Cancellation);
        Assert.Equal(["build", "published", "runtime", "workspace"], Ran(await Build("own")));
    }

    [EngineFact]
    public async Task A_lockfile_that_does_not_fit_ends_the_build()
    {
        workspace.Folder.Edit("packages/shared/pyproject.toml", "\"structlog\"", "\"structlog\", \"idna\"");
        try
        {
            ImageBuild build = await workspace.Build("never", Cancellation);
            Assert.False(build.Succeeded);
            Assert.Contains("The lockfile at `uv.lock` needs to be updated", build.Log, StringComparison.Ordinal);
        }
        finally
        {
            workspace.Folder.Edit("packages/shared/pyproject.toml", "\"structlog\", \"idna\"", "\"structlog\"");
        }
    }

    [EngineTheory]
    [InlineData("alpine")]
    [InlineData("distroless")]
    [InlineData("minimal")]
    public async Task Every_base_runs_it(string foundation)
    {
        workspace.Render(foundation);
        try
        {
            await Build(foundation);
            ProcessOutcome said = await TestEngine.Shared.Docker("run", "--rm", "--read-only", "--cap-drop=ALL", workspace.Stack.FurtherImage(foundation), "python", "-c", "import os, src.main; print(src.main.root()['greeting'], os.stat('.').st_uid, os.stat('..').st_uid)").Run(Cancellation);
            Assert.Equal("hello api from shared 0 0", said.Succeeded ? said.Text : said.Errors);
        }
        finally
        {
            workspace.Render("slim");
        }
    }

    private async Task<ImageBuild> Build(string suffix)
    {
        ImageBuild build = await workspace.Build(suffix, Cancellation);
        Assert.True(build.Succeeded, build.Log);
        return build;
    }

    /// <summary>Stages of which a step ran.</summary>
    private static IEnumerable<string> Ran(ImageBuild build) =>
        build.Steps.Where(s => !s.Cached && s.Stage is not null && !s.Name.Contains("] FROM ", StringComparison.Ordinal)).Select(s => s.Stage!).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex("^opt/venv/lib/python[^/]+/site-packages/(?<name>[^/]+)-[^/-]+\\.dist-info$")]
    private static partial Regex Installed();
}

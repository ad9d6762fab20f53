using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Xunit;

namespace DuskStack.Containers.Tests.Workspaces;

/// <summary>What holds for the images of every package manager's workspace.</summary>
public abstract partial class Packages_of_a_workspace(WorkspaceStack workspace)
{
    private const string Links =
        """
        const fs = require('node:fs');
        const look = (folder) => fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
          const path = `${folder}/${entry.name}`;
          if (entry.isDirectory()) return look(path);
          return entry.isSymbolicLink() ? [`${path} ${fs.readlinkSync(path).startsWith('/') || !fs.existsSync(path) ? 'leads nowhere' : 'fits'}`] : [];
        });
        console.log(look('/app').join('\n'));
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    public async Task Both_services_say_what_the_shared_package_says()
    {
        Assert.Equal("""{"service":"api","greeting":"hello api, 1 minute from shared","hour":3600000}""", await workspace.Stack.Client.GetStringAsync("/", Cancellation));
        using var mail = new HttpClient { BaseAddress = new($"http://127.0.0.1:{workspace.Stack.Port("MAIL_PORT")}") };
        Assert.Equal("""{"service":"mail","greeting":"hello mail, 1 minute from shared","deprecate":"function"}""", await mail.GetStringAsync("/", Cancellation));
    }

    [EngineTheory]
    [InlineData(0, "api", "ms")]
    [InlineData(1, "mail", "depd ms")]
    public async Task An_image_has_the_service_what_its_packages_publish_and_their_dependencies(int image, string service, string dependencies)
    {
        ImmutableArray<ImageFile> files = await ImageFiles.List(TestEngine.Shared, workspace.Stack.Images[image], Cancellation);
        string[] own = [.. files.Select(f => f.Path).Where(p => p.StartsWith("app/", StringComparison.Ordinal) && Path.HasExtension(p) && !p.Contains("node_modules", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal([$"app/apps/{service}/dist/server.js", $"app/apps/{service}/package.json", "app/packages/shared/dist/index.js", "app/packages/shared/package.json"], own);
        string[] installed = [.. files.Select(f => Installed().Match(f.Path)).Where(m => m.Success).Select(m => m.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(dependencies.Split(' '), installed);
        Assert.All(files.Where(f => f.Path.StartsWith("app", StringComparison.Ordinal)), f => Assert.Equal(0, f.Owner));
    }

    [EngineTheory]
    [InlineData("api")]
    [InlineData("mail")]
    public async Task Its_links_lead_somewhere_and_are_relative(string service)
    {
        string[] links = (await (await workspace.Stack.Project.Container(service, Cancellation)).Exec(["node", "-e", Links], Cancellation)).Text.Split('\n');
        Assert.Contains(links, l => l.EndsWith("/@acme/shared fits", StringComparison.Ordinal));
        Assert.DoesNotContain(links, l => l.EndsWith("leads nowhere", StringComparison.Ordinal));
    }

    [EngineTheory]
    [InlineData("packages/unused/src/index.js")]
    [InlineData("packages/unused/package.json")]
    [InlineData("apps/mail/src/server.ts")]
    public async Task An_edit_that_does_not_concern_it_leaves_every_step_cached(string path)
    {
        await Build("before");
        // Another length each time: BuildKit remembers every content that it has seen.
        await File.AppendAllTextAsync(workspace.Folder[path], new string('\n', RandomNumberGenerator.GetInt32(1, 10_000)), Cancellation);
        ImageBuild after = await Build("after");
        Assert.NotEmpty(after.Steps);
        Assert.Equal(["workspace"], Ran(after));
    }

    [EngineFact]
    public async Task An_edit_in_a_shared_package_builds_and_installs_nothing_again()
    {
        await Build("before");
        string edited = $"edited {Guid.NewGuid()}";
        workspace.Folder.Edit("packages/shared/src/index.ts", "from shared", edited);
        try
        {
            ImageBuild after = await Build("edited");
            Assert.Equal(["build", "packages", "published", "runtime", "workspace"], Ran(after));
            ProcessOutcome said = await TestEngine.Shared.Docker("run", "--rm", workspace.Stack.FurtherImage("edited"), "node", "-e", "import('@acme/shared').then(({ greeting }) => console.log(greeting('you')))").Run(Cancellation);
            Assert.Equal($"hello you, 1 minute {edited}", said.Text);
        }
        finally
        {
            workspace.Folder.Edit("packages/shared/src/index.ts", edited, "from shared");
        }
    }

    [EngineFact]
    public async Task An_edit_of_the_service_builds_nothing_else()
    {
        await Build("before");
        await File.AppendAllTextAsync(workspace.Folder["apps/api/src/server.ts"], $"// {Guid.NewGuid()}\n", Cancellation);
        Assert.Equal(["build", "runtime", "workspace"], Ran(await Build("own")));
    }

    [EngineFact]
    public async Task A_lockfile_that_does_not_fit_ends_the_build()
    {
        workspace.Folder.Edit("packages/shared/package.json", "\"ms\": \"2.0.0\"", "\"ms\": \"2.1.1\"");
        try
        {
            ImageBuild build = await workspace.Build("never", Cancellation);
            Assert.False(build.Succeeded);
            Assert.Matches("can only install packages when|ERR_PNPM_OUTDATED_LOCKFILE|specifiers in the lockfile|lockfile would have been modified", build.Log);
        }
        finally
        {
            workspace.Folder.Edit("packages/shared/package.json", "\"ms\": \"2.1.1\"", "\"ms\": \"2.0.0\"");
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

    /// <summary>pnpm keeps packages in <c>node_modules/.pnpm/NAME@VERSION/node_modules/NAME</c>.</summary>
    [GeneratedRegex(@"^app/.*node_modules/(?<name>(@(?!acme/)[^/.]+/)?[^/.@]+)/package\.json$")]
    private static partial Regex Installed();
}

public sealed class Packages_of_an_npm_workspace(NpmWorkspace workspace) : Packages_of_a_workspace(workspace), IClassFixture<NpmWorkspace>;

public sealed class Packages_of_a_pnpm_workspace(PnpmWorkspace workspace) : Packages_of_a_workspace(workspace), IClassFixture<PnpmWorkspace>;

public sealed class Packages_of_a_yarn_workspace(YarnWorkspace workspace) : Packages_of_a_workspace(workspace), IClassFixture<YarnWorkspace>;

using System.Text.Json;
using Xunit;

namespace DuskStack.Containers.Tests.Images;

/// <summary>ECMAScript modules, installed by pnpm: machine code, a worker thread, files that code looks for beside itself; on a base without tools.</summary>
public sealed class ModulesStack() : AppStack(
    "bundled-modules",
    """
    version: 1
    name: bundled-modules
    services:
      api:
        stack: node
        base: minimal
        packageManager: pnpm
        build: { command: [cp, -r, src, dist], bundle: { scripts: [dist/threads/shout.js] } }
    """);

public sealed class A_bundled_application_of_modules(ModulesStack modules) : IClassFixture<ModulesStack>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    public async Task Runs_machine_code() => Assert.StartsWith("$argon2id$", await Ask("/hash"), StringComparison.Ordinal);

    [EngineFact]
    public async Task Starts_a_thread_that_has_dependencies_of_its_own() => Assert.Equal("hello-bundle", await Ask("/thread"));

    [EngineFact]
    public async Task Finds_what_lies_beside_a_file_that_is_now_part_of_another() => Assert.Equal("""["a page","a page"]""", await Ask("/page"));

    [EngineFact]
    public async Task Ships_the_packages_with_machine_code_and_no_others()
    {
        IEnumerable<string> packages = from f in await ImageFiles.List(TestEngine.Shared, modules.Stack.Images[0], Cancellation)
                                       where f.Path.StartsWith("app/node_modules/", StringComparison.Ordinal) && f.Path.EndsWith("/package.json", StringComparison.Ordinal)
                                       let folder = Path.GetDirectoryName(f.Path)!
                                       select folder[(folder.LastIndexOf("node_modules/", StringComparison.Ordinal) + "node_modules/".Length)..];
        Assert.All(packages, p => Assert.StartsWith("@node-rs/argon2", p, StringComparison.Ordinal));
        Assert.Contains("@node-rs/argon2-linux-x64-gnu", packages);
    }

    [EngineFact]
    public async Task Is_not_built_when_it_loads_a_script_that_nobody_named()
    {
        modules.Folder.Edit("services/api/Dockerfile", " \\\n    --loaded=dist/threads/shout.js", "");
        ImageBuild build = await ImageBuild.Run(TestEngine.Shared, new(modules.Folder["services/api"], modules.Stack.FurtherImage("unnamed")) { Target = "bundle" }, Cancellation);
        Assert.False(build.Succeeded);
        Assert.Contains("name those scripts under build.bundle.scripts", build.Log, StringComparison.Ordinal);
    }

    private Task<string> Ask(string path) => modules.Stack.Client.GetStringAsync(path, Cancellation);
}

/// <summary>CommonJS, with a logger that writes from a worker thread and so has to stay a package.</summary>
public sealed class CommonStack() : AppStack(
    "bundled-commonjs",
    """
    version: 1
    name: bundled-commonjs
    services:
      api: { stack: node, build: { command: [cp, -r, src, dist], bundle: { external: [pino] } } }
    """);

public sealed class A_bundled_application_in_commonjs(CommonStack common) : IClassFixture<CommonStack>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    public async Task Finds_what_lies_beside_a_file_that_is_now_part_of_another() => Assert.Equal("a page", await common.Stack.Client.GetStringAsync("/page", Cancellation));

    [EngineFact]
    public async Task Logs_through_the_package_that_stays_outside()
    {
        await common.Stack.Client.GetStringAsync("/page", Cancellation);
        using JsonDocument line = JsonDocument.Parse((await (await common.Stack.Project.Container("api", Cancellation)).Logs(Cancellation)).Split('\n')[0]);
        Assert.Equal("/page", line.RootElement.GetProperty("url").GetString());
    }
}

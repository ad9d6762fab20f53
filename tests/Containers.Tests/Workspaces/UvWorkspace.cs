using DuskStack.Planning;
using Xunit;

namespace DuskStack.Containers.Tests.Workspaces;

/// <summary>
/// A uv workspace: a service without a build system and one with, a package that both need, one for tests alone, and one that nobody
/// needs, which cannot be built. Its lockfile is made here, because it names the index of the machine.
/// </summary>
/// <param name="production">False for development.</param>
public abstract class UvWorkspace(bool production) : IAsyncLifetime
{
    private TestStack? stack;

    public TestFolder Folder { get; } = new("workspace-uv");

    public TestStack Stack => stack!;

    public async ValueTask InitializeAsync()
    {
        if (!TestEngine.IsThere)
            return;
        Folder.Copy(Repository.App("workspace-uv"));
        if (!production)
            WithoutHatchling();
        Plan plan = Render("slim");
        stack = TestStack.Of(Folder, plan, production);
        try
        {
            await Lock();
            // A private umask: what only its owner may read has to be readable in the image.
            foreach (string file in Directory.EnumerateFiles(Folder.Path, "*", SearchOption.AllDirectories))
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            (await stack.Project.Build(CancellationToken.None)).OrThrow();
            await stack.Up(CancellationToken.None);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes the files for a first service on another base.</summary>
    public Plan Render(string foundation) => Rendered.Into(Folder, $$"""
        version: 1
        name: workspace-uv{{(production ? "" : "-dev")}}
        services:
          api: { stack: python, path: ., workspace: apps/api, packageManager: uv, base: {{foundation}}, health: / }
          site: { stack: python, path: ., workspace: apps/site, packageManager: uv, base: minimal, start: [gunicorn, "site_app:app"], health: / }
        """);

    public Task<ImageBuild> Build(string suffix, CancellationToken cancellation, string target = "runtime") =>
        ImageBuild.Run(TestEngine.Shared, new(Folder.Path, Stack.FurtherImage(suffix)) { Dockerfile = "apps/api/Dockerfile", Target = target }, cancellation);

    public async ValueTask DisposeAsync()
    {
        if (stack is not null)
            await stack.DisposeAsync();
        // Once: a fixture that could not start is disposed again.
        stack = null;
        Folder.Dispose();
    }

    /// <summary>To install a member where it lies, hatchling wants a package that not every index of tests has.</summary>
    private void WithoutHatchling()
    {
        Folder.Edit("packages/shared/pyproject.toml", "[\"hatchling\"]", "[\"uv_build\"]");
        Folder.Edit("packages/shared/pyproject.toml", "\"hatchling.build\"", "\"uv_build\"");
    }

    private async Task Lock()
    {
        ImageBuild tools = await Build("tools", CancellationToken.None, "toolchain");
        if (!tools.Succeeded)
            throw new InvalidOperationException(tools.Log);
        (await TestEngine.Shared.Docker("run", "--rm", "--volume", $"{Folder.Path}:/workspace", "--workdir", "/workspace", $"{Stack.Images[0]}-tools", "uv", "lock").Run(CancellationToken.None)).OrThrow();
    }
}

public sealed class UvProduction() : UvWorkspace(production: true);

public sealed class UvDevelopment() : UvWorkspace(production: false);

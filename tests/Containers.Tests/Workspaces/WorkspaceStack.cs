using DuskStack.Planning;
using Xunit;

namespace DuskStack.Containers.Tests.Workspaces;

/// <summary>
/// A workspace of two services with different dependencies, a package that both need and that has to be built, a package of settings for
/// its compiler, and one that nobody needs, whose build fails. The lockfile is the package manager's, all else is the same.
/// </summary>
/// <param name="packageManager">npm, pnpm or yarn.</param>
/// <param name="mailBase">What the second service runs on; the first runs on slim.</param>
/// <param name="production">False for development.</param>
public abstract class WorkspaceStack(string packageManager, string mailBase, bool production = true) : IAsyncLifetime
{
    private TestStack? stack;

    public TestFolder Folder { get; } = new($"workspace-{packageManager}");

    public TestStack Stack => stack!;

    public async ValueTask InitializeAsync()
    {
        if (!TestEngine.IsThere)
            return;
        Folder.Copy(Repository.App("workspace"));
        Folder.Copy(Repository.App($"workspace-{packageManager}"));
        if (packageManager == "npm")
            WithoutWorkspaceProtocol();
        Plan plan = Rendered.Into(Folder, Manifest);
        // A private umask: what only its owner may read has to be readable in the image.
        foreach (string file in Directory.EnumerateFiles(Folder.Path, "*", SearchOption.AllDirectories))
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        stack = TestStack.Of(Folder, plan, production);
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

    public Task<ImageBuild> Build(string suffix, CancellationToken cancellation) =>
        ImageBuild.Run(TestEngine.Shared, new(Folder.Path, Stack.FurtherImage(suffix)) { Dockerfile = "apps/api/Dockerfile", Target = "runtime" }, cancellation);

    public async ValueTask DisposeAsync()
    {
        if (stack is not null)
            await stack.DisposeAsync();
        // Once: a fixture that could not start is disposed again.
        stack = null;
        Folder.Dispose();
    }

    private string Manifest =>
        $$"""
        version: 1
        name: workspace-{{packageManager}}{{(production ? "" : "-dev")}}
        services:
          api: { stack: node, path: ., workspace: apps/api, packageManager: {{packageManager}}, health: / }
          mail: { stack: node, path: ., workspace: apps/mail, packageManager: {{packageManager}}, base: {{mailBase}}, health: / }
        """;

    private void WithoutWorkspaceProtocol()
    {
        foreach (string file in Directory.EnumerateFiles(Folder.Path, "package.json", SearchOption.AllDirectories))
            File.WriteAllText(file, File.ReadAllText(file).Replace("workspace:*", "*", StringComparison.Ordinal));
    }
}

public sealed class NpmWorkspace() : WorkspaceStack("npm", "minimal");

public sealed class PnpmWorkspace() : WorkspaceStack("pnpm", "distroless");

public sealed class YarnWorkspace() : WorkspaceStack("yarn", "alpine");

public sealed class NpmDevelopment() : WorkspaceStack("npm", "slim", production: false);

public sealed class PnpmDevelopment() : WorkspaceStack("pnpm", "slim", production: false);

public sealed class YarnDevelopment() : WorkspaceStack("yarn", "slim", production: false);

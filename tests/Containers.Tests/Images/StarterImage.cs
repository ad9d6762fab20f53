using DuskStack.Planning;
using Xunit;

namespace DuskStack.Containers.Tests.Images;

/// <summary>The starter of a package manager: rendered, built, and running as production runs it.</summary>
public abstract class StarterImage(string packageManager, bool databases, bool bundle = false) : IAsyncLifetime
{
    private TestFolder? folder;
    private TestStack? stack;

    public string PackageManager => packageManager;

    public bool Databases => databases;

    public TestFolder Folder => folder!;

    public TestStack Stack => stack!;

    public string Image => Stack.Images[0];

    public Task<Container> Api => Stack.Project.Container("api", CancellationToken.None);

    private string Manifest =>
        $$"""
        version: 1
        name: starter-{{packageManager}}-{{(bundle ? "bundle" : databases ? "full" : "plain")}}
        services:
          api:
            stack: node
            packageManager: {{packageManager}}
            {{(databases ? """needs: [postgres, redis]""" : "")}}
            {{(bundle ? """build: { bundle: true }""" : "")}}
            {{(bundle ? """processes: { worker: { start: ["node", "dist/worker.js"] } }""" : "")}}
            {{(databases ? """migrate: ["node", "dist/migrate.js"]""" : "")}}
        {{(databases ? "postgres: { version: 17 }" : "")}}
        {{(databases ? "redis: { version: 8 }" : "")}}
        """;

    public async ValueTask InitializeAsync()
    {
        if (!TestEngine.IsThere)
            return;
        folder = new($"starter-{packageManager}");
        Plan plan = Rendered.Into(folder, Manifest, starter: true);
        // What lies about in real repositories, and must not get into an image.
        folder.Write("services/api/.env", "DATABASE_URL=postgresql://real:password@db/real\n");
        folder.Write("services/api/.git/config", "[remote \"origin\"]\n");
        folder.Write("services/api/test/left-behind.test.ts", "export {};\n");
        stack = TestStack.Of(folder, plan, production: true);
        try
        {
            ImageBuild build = await BuildAs(Image, CancellationToken.None);
            if (!build.Succeeded)
                throw new InvalidOperationException(build.Log);
            if (databases)
                (await new ProcessCall("bash", ["scripts/secrets.sh"]) { Folder = folder.Path }.Run(CancellationToken.None)).OrThrow();
            await stack.Up(CancellationToken.None);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public Task<ImageBuild> BuildAs(string image, CancellationToken cancellation) =>
        ImageBuild.Run(TestEngine.Shared, new(Folder["services/api"], image) { Target = "runtime" }, cancellation);

    public async ValueTask DisposeAsync()
    {
        if (stack is not null)
            await stack.DisposeAsync();
        folder?.Dispose();
    }
}

public sealed class NpmStarter() : StarterImage("npm", databases: true);

public sealed class PnpmStarter() : StarterImage("pnpm", databases: true);

public sealed class YarnStarter() : StarterImage("yarn", databases: true);

public sealed class PlainStarter() : StarterImage("npm", databases: false);

public sealed class BundledStarter() : StarterImage("npm", databases: true, bundle: true);

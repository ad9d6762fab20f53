using System.Diagnostics;
using DuskStack.Planning;

namespace DuskStack.Containers.Tests.Shop;

/// <summary>examples/shop as a clone of the repository has it, generated and running.</summary>
public sealed class ShopProject : IAsyncDisposable
{
    private readonly TestFolder folder;

    private ShopProject(TestFolder folder, TestStack stack, TimeSpan untilHealthy)
    {
        this.folder = folder;
        Stack = stack;
        UntilHealthy = untilHealthy;
    }

    public TestFolder Folder => folder;

    public TestStack Stack { get; }

    /// <summary>How long <c>up --wait</c> took once the images existed.</summary>
    public TimeSpan UntilHealthy { get; }

    public static async Task<ShopProject> Start(bool production, params (string Name, string Value)[] variables)
    {
        var folder = new TestFolder(production ? "shop" : "shop-dev");
        folder.Copy(Path.Combine(Repository.Root, "examples", "shop"));
        Plan plan = Rendered.Into(folder, await File.ReadAllTextAsync(folder["duskstack.yaml"]));
        TestStack stack = TestStack.Of(folder, plan, production, variables);
        try
        {
            if (production)
                (await Secrets(folder).Run(CancellationToken.None)).OrThrow();
            (await stack.Project.Build(CancellationToken.None)).OrThrow();
            long start = Stopwatch.GetTimestamp();
            await stack.Up(CancellationToken.None, "--build");
            return new(folder, stack, Stopwatch.GetElapsedTime(start));
        }
        catch
        {
            await stack.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    public static ProcessCall Secrets(TestFolder folder, params string[] arguments) => new("bash", ["scripts/secrets.sh", .. arguments]) { Folder = folder.Path };

    public async ValueTask DisposeAsync()
    {
        await Stack.DisposeAsync();
        folder.Dispose();
    }
}

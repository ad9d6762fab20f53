using System.Collections.Immutable;
using DuskStack.Containers.Tests.Shop;
using DuskStack.Planning;

namespace DuskStack.Containers.Tests.Data;

/// <summary>The backing services of a manifest, in production, without the services that need them.</summary>
public sealed class BackingStack : IAsyncDisposable
{
    private readonly TestFolder folder;
    private readonly TestStack stack;
    private readonly ImmutableArray<string> services;

    private BackingStack(TestFolder folder, TestStack stack, ImmutableArray<string> services)
    {
        this.folder = folder;
        this.stack = stack;
        this.services = services;
    }

    public ComposeProject Project => stack.Project;

    public static async Task<BackingStack> Start(string sections, string needs, CancellationToken cancellation)
    {
        var folder = new TestFolder("data");
        Plan plan = Rendered.Into(folder, $"version: 1\nname: data\nservices: {{ api: {{ stack: node, needs: [{needs}] }} }}\n{sections}\n");
        (await ShopProject.Secrets(folder).Run(cancellation)).OrThrow();
        var data = new BackingStack(folder, TestStack.Of(folder, plan, production: true), [.. plan.Containers.Where(c => c.Role == ContainerRole.Backing).Select(c => c.Name)]);
        try
        {
            await data.Up(cancellation);
            return data;
        }
        catch
        {
            await data.DisposeAsync();
            throw;
        }
    }

    public Task Up(CancellationToken cancellation) => stack.Up(cancellation, services);

    public string Secret(string name) => File.ReadAllText(folder[$"secrets/{name}"]);

    /// <summary>As a service would: over the network, with the password of the secret file.</summary>
    public Task<ProcessOutcome> Sql(string statement, CancellationToken cancellation) =>
        Project.Call("exec", "-T", "--env", $"PGPASSWORD={Secret("POSTGRES_PASSWORD")}", "postgres", "psql", "-h", "postgres", "-U", "data", "-d", "data", "-v", "ON_ERROR_STOP=1", "-At", "-c", statement).Run(cancellation);

    public async ValueTask DisposeAsync()
    {
        await stack.DisposeAsync();
        folder.Dispose();
    }
}

using DuskStack.Planning;
using Xunit;

namespace DuskStack.Containers.Tests;

/// <summary>A manifest with one of the small applications of this folder, built and running as in production.</summary>
public abstract class AppStack(string app, string manifest, params (string Name, string Value)[] variables) : IAsyncLifetime
{
    private TestStack? stack;

    public TestFolder Folder { get; } = new(app);

    public TestStack Stack => stack!;

    protected virtual bool Production => true;

    public async ValueTask InitializeAsync()
    {
        if (!TestEngine.IsThere)
            return;
        Plan plan = Rendered.Into(Folder, manifest);
        string context = plan.Images[0].Context;
        Folder.Copy(Repository.App(app), context);
        // A secret is no part of what BuildKit compares: without a change in the sources a new one would meet the layers of the last.
        Folder.Write($"{context}/stamp.txt", Path.GetRandomFileName());
        Prepare();
        stack = TestStack.Of(Folder, plan, Production, variables);
        try
        {
            if (Production && File.Exists(Folder["scripts/secrets.sh"]))
                (await new ProcessCall("bash", ["scripts/secrets.sh"]) { Folder = Folder.Path }.Run(CancellationToken.None)).OrThrow();
            (await stack.Project.Build(CancellationToken.None)).OrThrow();
            await stack.Up(CancellationToken.None);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>The last word on the folder before it is built.</summary>
    protected virtual void Prepare()
    {
    }

    public async ValueTask DisposeAsync()
    {
        if (stack is not null)
            await stack.DisposeAsync();
        Folder.Dispose();
    }
}

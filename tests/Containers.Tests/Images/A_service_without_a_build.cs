using DuskStack.Planning;
using Xunit;

namespace DuskStack.Containers.Tests.Images;

/// <summary>Plain JavaScript, run as it lies there, by a user of its own, with a volume and a writable folder.</summary>
public sealed class A_service_without_a_build : IAsyncLifetime
{
    private const string Manifest =
        """
        version: 1
        name: bare
        services:
          api:
            stack: node
            user: 1000
            build: { command: [] }
            volumes: { data: /app/data }
            writable: [/app/.cache, /var/lib/scratch]
            env: { GREETING: "it's 100 % \"odd\": ${HOME} # $PATH" }
        """;

    private readonly TestFolder folder = new("bare");
    private TestStack? stack;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (!TestEngine.IsThere)
            return;
        Plan plan = Rendered.Into(folder, Manifest);
        folder.Copy(Repository.App("bare"), "services/api");
        stack = TestStack.Of(folder, plan, production: true);
        (await stack.Project.Build(Cancellation)).OrThrow();
        await stack.Up(Cancellation);
    }

    [EngineFact]
    public async Task It_runs_and_writes_where_it_may_and_nowhere_else()
    {
        Assert.Equal("""{"uid":1000,"name":"node"}""", await Ask("/user"));
        foreach (string path in new[] { "/app/data/file", "/app/.cache/file", "/var/lib/scratch/file", "/tmp/file" })
            Assert.Equal("\"ok\"", await Ask($"/write?path={path}"));
        foreach (string path in new[] { "/app/file", "/app/src/server.js", "/app/node_modules/file", "/etc/passwd", "/file" })
            Assert.Contains(await Ask($"/write?path={path}"), new[] { "\"EROFS\"", "\"EACCES\"" });
        Assert.Equal("\"EACCES\"", await Ask("/write?path=/root/file"));
    }

    [EngineFact]
    public async Task Its_environment_is_what_the_manifest_says_to_the_letter() =>
        Assert.Equal("""it's 100 % "odd": ${HOME} # $PATH""", System.Text.Json.JsonSerializer.Deserialize<string>(await Ask("/env?name=GREETING")));

    [EngineFact]
    public async Task What_it_wrote_into_its_volume_is_there_for_the_next_container()
    {
        await Ask("/write?path=/app/data/kept");
        await Ask("/write?path=/app/.cache/lost");
        await stack!.Project.Down(volumes: false, Cancellation);
        await stack.Up(Cancellation);
        Assert.Equal("\"written\"", await Ask("/read?path=/app/data/kept"));
        Assert.Equal("\"ENOENT\"", await Ask("/read?path=/app/.cache/lost"));
    }

    public async ValueTask DisposeAsync()
    {
        if (stack is not null)
            await stack.DisposeAsync();
        folder.Dispose();
    }

    private Task<string> Ask(string path) => stack!.Client.GetStringAsync(path, Cancellation);
}

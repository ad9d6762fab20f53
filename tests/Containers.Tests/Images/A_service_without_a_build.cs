using Xunit;

namespace DuskStack.Containers.Tests.Images;

/// <summary>Plain JavaScript, run as it lies there, by a user of its own, with a volume and a writable folder.</summary>
public sealed class BareStack() : AppStack(
    "bare",
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
    """);

public sealed class A_service_without_a_build(BareStack bare) : IClassFixture<BareStack>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
        await bare.Stack.Project.Down(volumes: false, Cancellation);
        await bare.Stack.Up(Cancellation);
        Assert.Equal("\"written\"", await Ask("/read?path=/app/data/kept"));
        Assert.Equal("\"ENOENT\"", await Ask("/read?path=/app/.cache/lost"));
    }

    private Task<string> Ask(string path) => bare.Stack.Client.GetStringAsync(path, Cancellation);
}

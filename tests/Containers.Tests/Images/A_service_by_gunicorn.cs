using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text.Json;
using DuskStack.Images;
using Xunit;

namespace DuskStack.Containers.Tests.Images;

public sealed class WsgiStack() : AppStack(
    "wsgi",
    """
    version: 1
    name: wsgi
    services:
      api:
        stack: python
        start: [gunicorn, "app:app"]
        workers: 2
        volumes: { uploads: /app/uploads }
    """);

/// <summary>WSGI: gunicorn finds its port, its workers and its deadlines without a word in `start`.</summary>
public sealed class A_service_by_gunicorn(WsgiStack wsgi) : IClassFixture<WsgiStack>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    public async Task Several_workers_answer_under_one_master()
    {
        JsonElement who = await wsgi.Stack.Client.GetFromJsonAsync<JsonElement>("/who", Cancellation);
        Assert.Contains("gunicorn app:app", who.GetProperty("parent").GetString(), StringComparison.Ordinal);
        Container container = await wsgi.Stack.Project.Container("api", Cancellation);
        ImmutableArray<ContainerProcess> processes = await container.Processes(ImageCatalog.Shared.Default("python", "slim").Reference, Cancellation);
        // The master and two workers, below the init that has their words as well.
        Assert.Equal(3, processes.Skip(1).Count(p => p.Command.Contains("app:app")));
    }

    [EngineFact]
    public async Task Workers_show_in_memory_that_they_are_alive()
    {
        Container container = await wsgi.Stack.Project.Container("api", Cancellation);
        ProcessOutcome files = await container.Exec(["sh", "-c", "ls -l /proc/*/fd 2>/dev/null | grep -c '/dev/shm/wgunicorn'"], Cancellation);
        Assert.NotEqual("0", files.Text);
    }

    [EngineFact]
    public async Task A_request_under_way_is_answered_before_it_stops()
    {
        var limit = TimeSpan.FromSeconds(5);
        ServiceStop stop = Assert.Single(await RepeatedStop.Within(limit, async () =>
        {
            Task<string> slow = wsgi.Stack.Client.GetStringAsync("/slow", Cancellation);
            await Task.Delay(500, Cancellation);
            ImmutableArray<ServiceStop> once = await wsgi.Stack.Project.Stop(Cancellation);
            await wsgi.Stack.Up(Cancellation);
            Assert.Equal("done", await slow);
            return once;
        }));
        Assert.Equal(0, stop.ExitCode);
        Assert.True(stop.Duration < limit, $"it took {stop.Duration.TotalSeconds:0.0} s");
    }

    [EngineFact]
    public async Task Its_volume_belongs_to_its_user()
    {
        Container container = await wsgi.Stack.Project.Container("api", Cancellation);
        Assert.Equal("10001:10001", (await container.Exec(["stat", "-c", "%u:%g", "/app/uploads"], Cancellation)).Text);
    }
}

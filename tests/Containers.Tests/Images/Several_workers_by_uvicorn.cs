using System.Globalization;
using System.Text.RegularExpressions;
using DuskStack.Planning;
using Xunit;

namespace DuskStack.Containers.Tests.Images;

/// <summary>The python starter by two workers, whose start takes longer than uvicorn has patience for by itself (5 s).</summary>
public sealed class Several_workers_by_uvicorn : IAsyncLifetime
{
    private readonly TestFolder folder = new("workers");
    private TestStack? stack;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (!TestEngine.IsThere)
            return;
        Plan plan = Rendered.Into(folder, "version: 1\nname: workers\nservices:\n  api: { stack: python, workers: 2, metrics: /metrics, env: { PYTHONPATH: /app } }\n", starter: true);
        // As on a busy machine: a worker is here before it can answer its master.
        folder.Write("services/api/sitecustomize.py", "import sys, time\nif '--multiprocessing-fork' in sys.orig_argv:\n    time.sleep(7)\n");
        stack = TestStack.Of(folder, plan, production: true);
        (await stack.Project.Build(Cancellation)).OrThrow();
        await stack.Up(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (stack is not null)
            await stack.DisposeAsync();
        folder.Dispose();
    }

    [EngineFact]
    public async Task Start_count_together_and_stop_in_time()
    {
        Assert.DoesNotContain("died", await stack!.Project.Logs(Cancellation), StringComparison.Ordinal);

        for (int i = 0; i < 20; i++)
            await stack.Client.GetStringAsync("/api/items", Cancellation);
        for (int i = 0; i < 5; i++)
            Assert.Equal(20, Counted(await stack.Client.GetStringAsync("/metrics", Cancellation)));

        var limit = TimeSpan.FromSeconds(5);
        ServiceStop stop = Assert.Single(await RepeatedStop.Within(limit, async () =>
        {
            await stack.Up(Cancellation);
            using (await OpenConnections.To(stack.Client.BaseAddress!, Cancellation))
            using (await OpenConnections.To(stack.Client.BaseAddress!, Cancellation))
                return await stack.Project.Stop(Cancellation);
        }));
        Assert.True(stop is { ExitCode: 0 } && stop.Duration < limit, $"{stop}");
    }

    private static double Counted(string metrics) => double.Parse(
        Regex.Match(metrics, """http_request_duration_seconds_count\{method="GET",route="/api/items",status="200"\} (\S+)""").Groups[1].Value, CultureInfo.InvariantCulture);
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using DuskStack.Images;
using DuskStack.Planning;
using Xunit;

namespace DuskStack.Containers.Tests.Monitoring;

/// <summary>The starters of an api and of a Python service with databases, in production, watched every second; and somebody who is told.</summary>
public sealed partial class WatchedStack : IAsyncLifetime
{
    private const string Manifest =
        """
        version: 1
        name: mon-watched
        services:
          api:
            stack: node
            needs: [postgres, redis]
            migrate: [node, dist/migrate.js]
            metrics: /metrics
            processes:
              second: { start: [node, dist/server.js], port: 3100, metrics: /metrics, replicas: 2 }
              worker: { start: [node, dist/worker.js] }
          ml: { stack: python, workers: 2, metrics: /metrics }
        postgres: {}
        redis: {}
        monitoring: { scrapeInterval: 1s, receiver: { webhook: ALERT_WEBHOOK_URL } }
        """;

    private readonly TestFolder folder = new("mon-watched");
    private HttpClient? prometheus;
    private Container? receiver;
    private TestStack? stack;
    private Plan? plan;

    public TestFolder Folder => folder;

    public TestStack Stack => stack!;

    public Plan Plan => plan!;

    public async ValueTask InitializeAsync()
    {
        if (!TestEngine.IsThere)
            return;
        plan = Rendered.Into(folder, Manifest, starter: true);
        stack = TestStack.Of(folder, plan, production: true);
        try
        {
            var secrets = new ProcessCall("bash", ["scripts/secrets.sh"]) { Folder = folder.Path, Environment = ImmutableDictionary<string, string?>.Empty.Add("ALERT_WEBHOOK_URL", "http://pager:8080/alerts") };
            (await secrets.Run(CancellationToken.None)).OrThrow();
            (await stack.Project.Build(CancellationToken.None)).OrThrow();
            await stack.Up(CancellationToken.None);
            prometheus = stack.ClientTo("PROMETHEUS_PORT");
            receiver = await Receiver();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        prometheus?.Dispose();
        if (receiver is not null)
            await receiver.Remove(CancellationToken.None);
        if (stack is not null)
            await stack.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>What Prometheus' API answers: its <c>data</c>.</summary>
    public async Task<JsonElement> Ask(string path, CancellationToken cancellation)
    {
        using HttpResponseMessage answer = await prometheus!.GetAsync($"/api/v1/{path}", cancellation);
        string text = await answer.Content.ReadAsStringAsync(cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return JsonDocument.Parse(text).RootElement.GetProperty("data");
    }

    /// <summary>How many series an expression has now.</summary>
    public async Task<int> Count(string expression, CancellationToken cancellation) =>
        (await Ask($"query?query={Uri.EscapeDataString(expression)}", cancellation)).GetProperty("result").GetArrayLength();

    /// <summary>Everything that the receiver got so far.</summary>
    public Task<string> Told(CancellationToken cancellation) => receiver!.Logs(cancellation);

    /// <summary>Requests to both services, one of which there is no such thing.</summary>
    public async Task Traffic(CancellationToken cancellation)
    {
        using HttpClient ml = stack!.ClientTo("ML_PORT");
        foreach (HttpClient client in new[] { stack.Client, ml })
        {
            for (int i = 0; i < 3; i++)
                (await client.GetAsync("/api/items", cancellation)).EnsureSuccessStatusCode();
        }
    }

    /// <summary>Names of metrics in an expression, by what remains when strings, labels and words of PromQL are gone.</summary>
    public static IEnumerable<string> Metrics(string expression) =>
        Name().Matches(Noise().Replace(expression, " ")).Select(m => m.Value).Distinct();

    private async Task<Container> Receiver()
    {
        const string Server = "require('node:http').createServer((q, s) => { q.setEncoding('utf8').on('data', (d) => process.stdout.write(d)).on('end', () => s.end()) }).listen(8080)";
        string id = (await TestEngine.Shared.Docker("run", "--detach", "--name", $"mon-pager-{stack!.Project.Name}", "--network", $"{stack.Project.Name}_monitoring", "--network-alias", "pager", ImageCatalog.Shared.Default("node", "slim").Reference, "node", "-e", Server).Run(CancellationToken.None)).Text;
        return new(TestEngine.Shared, id.Trim());
    }

    /// <summary>Strings, selectors, ranges, label lists and functions.</summary>
    [GeneratedRegex("""\{[^}]*\}|"[^"]*"|\[[^\]]*\]|\b(by|on|group_left|ignoring)\b\s*(\([^)]*\))?|\b(and|or|unless|bool|sum|min|max|avg|count)\b|\b[a-z_0-9]+(?=\s*\()|\b\d[\d.]*\b""")]
    private static partial Regex Noise();

    [GeneratedRegex("[a-zA-Z_:][a-zA-Z0-9_:]*")]
    private static partial Regex Name();
}

/// <summary>One stack for the tests, which run one after the other.</summary>
[CollectionDefinition(nameof(WatchedStack))]
public sealed class WatchedStackTests : ICollectionFixture<WatchedStack>;

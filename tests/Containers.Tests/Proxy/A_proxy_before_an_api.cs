using System.Collections.Immutable;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using DuskStack.Images;
using Xunit;

namespace DuskStack.Containers.Tests.Proxy;

/// <summary>What people get through the proxy, and what it keeps from them.</summary>
[Collection(nameof(ProxyStack))]
public sealed class A_proxy_before_an_api(ProxyStack stack)
{
    private static readonly ImmutableDictionary<string, string> Security = ImmutableDictionary.CreateRange(new Dictionary<string, string>
    {
        ["Content-Security-Policy"] = "default-src 'self'; connect-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
        ["X-Content-Type-Options"] = "nosniff",
        ["X-Frame-Options"] = "SAMEORIGIN",
        ["Referrer-Policy"] = "strict-origin-when-cross-origin",
        ["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ["Cross-Origin-Opener-Policy"] = "same-origin",
    });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineTheory]
    [InlineData("/", 200)]
    [InlineData("/any/page", 200)]
    [InlineData("/script.js", 200)]
    [InlineData("/health", 200)]
    [InlineData("/api/echo", 200)]
    [InlineData("/api/hashed", 200)]
    [InlineData("/api/missing", 404)]
    [InlineData("/api/busy", 429)]
    [InlineData("/api/broken", 500)]
    [InlineData("/api/limited/echo", 429)]
    [InlineData("/api/upload", 413)]
    [InlineData("/gone/echo", 502)]
    [InlineData("/api/metrics", 404)]
    [InlineData("/API/Metrics/", 404)]
    [InlineData("/.git/config", 404)]
    [InlineData("/api/.env", 404)]
    [InlineData("/teapot", 418)]
    public async Task Every_answer_has_each_security_header_once(string path, int status)
    {
        HttpResponseMessage answer = await Ask(path);
        for (int i = 0; i < 3 && status == 429; i++)
            answer = await Ask(path);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(["max-age=63072000"], Values(answer, "Strict-Transport-Security"));
        Assert.All(Security, header => Assert.Equal([header.Value], Values(answer, header.Key)));
        Assert.Equal(["nginx"], Values(answer, "Server"));
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.DoesNotContain("nginx", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        async Task<HttpResponseMessage> Ask(string asked)
        {
            using HttpClient client = stack.Client();
            return status == 413 ? await Upload(client, asked, 11 << 20) : await client.GetAsync(asked, Cancellation);
        }
    }

    [EngineFact]
    public async Task Http_leads_to_https_with_the_same_headers()
    {
        using var client = new HttpClient(ProxyStack.Handler());
        HttpResponseMessage answer = await client.GetAsync($"http://{ProxyStack.Domain}:{stack.HttpPort}/api/echo?a=b%20c", Cancellation);
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal($"https://{ProxyStack.Domain}:{stack.HttpsPort}/api/echo?a=b%20c", answer.Headers.Location!.OriginalString);
        Assert.All(Security, header => Assert.Equal([header.Value], Values(answer, header.Key)));
        // Over HTTP it would mean nothing.
        Assert.Empty(Values(answer, "Strict-Transport-Security"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"http://{ProxyStack.Domain}:{stack.HttpPort}/health", Cancellation)).StatusCode);
    }

    [EngineFact]
    public async Task A_service_with_headers_of_its_own_is_taken_at_its_word()
    {
        using HttpClient client = stack.Client();
        HttpResponseMessage answer = await client.GetAsync("/api/own", Cancellation);
        Assert.Equal(["default-src 'none'"], Values(answer, "Content-Security-Policy"));
        Assert.Equal(["DENY"], Values(answer, "X-Frame-Options"));
        Assert.Equal(["nosniff"], Values(answer, "X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], Values(answer, "Referrer-Policy"));
        Assert.Equal(["camera=(self)"], Values(answer, "Permissions-Policy"));
        Assert.Equal(["unsafe-none"], Values(answer, "Cross-Origin-Opener-Policy"));
        Assert.Equal(["max-age=63072000"], Values(answer, "Strict-Transport-Security"));
    }

    [EngineFact]
    public async Task Texts_are_compressed_and_nothing_is_cached_by_its_ending()
    {
        using HttpClient client = stack.Client();
        client.DefaultRequestHeaders.AcceptEncoding.Add(new("gzip"));
        HttpResponseMessage text = await client.GetAsync("/api/text", Cancellation);
        Assert.Equal(["gzip"], text.Content.Headers.ContentEncoding);
        Assert.Equal(["Accept-Encoding"], text.Headers.Vary);
        Assert.Empty((await client.GetAsync("/api/download?bytes=5000", Cancellation)).Content.Headers.ContentEncoding);
        Assert.Empty(Values(await client.GetAsync("/script.js", Cancellation), "Cache-Control"));
        Assert.Equal(["public, max-age=31536000, immutable"], Values(await client.GetAsync("/api/hashed", Cancellation), "Cache-Control"));
    }

    [EngineFact]
    public async Task A_rate_holds_for_its_route_and_says_when_to_come_back()
    {
        using HttpClient client = stack.Client();
        var answers = new List<HttpResponseMessage>();
        HttpResponseMessage? rejected = null;
        for (int i = 0; i < 6 && rejected is null; i++)
        {
            answers.Add(await client.GetAsync("/api/limited/echo", Cancellation));
            rejected = answers.LastOrDefault(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        }

        Assert.NotNull(rejected);
        Assert.Equal(["2"], Values(rejected, "Retry-After"));
        Assert.Equal("429 Too many requests. Wait a moment, then try again.\n", await rejected.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/echo", Cancellation)).StatusCode);
        // A service's own.
        Assert.Equal(["77"], Values(await client.GetAsync("/api/busy", Cancellation), "Retry-After"));
    }

    [EngineFact]
    public async Task Nobody_is_believed_about_who_he_is()
    {
        using HttpClient client = stack.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/echo?a=%2F&b");
        foreach ((string name, string value) in new[] { ("X-Forwarded-For", "203.0.113.7"), ("X-Real-IP", "203.0.113.7"), ("Forwarded", "for=203.0.113.7"), ("X-Forwarded-Proto", "http"), ("X-Forwarded-Host", "evil.example.com") })
            request.Headers.Add(name, value);
        JsonElement seen = JsonDocument.Parse(await (await client.SendAsync(request, Cancellation)).Content.ReadAsStringAsync(Cancellation)).RootElement;
        JsonElement headers = seen.GetProperty("headers");
        Assert.Equal("/api/echo?a=%2F&b", seen.GetProperty("url").GetString());
        Assert.DoesNotContain("203.0.113.7", seen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("evil", seen.ToString(), StringComparison.Ordinal);
        Assert.True(IPAddress.TryParse(headers.GetProperty("x-forwarded-for").GetString(), out _));
        Assert.Equal("https", headers.GetProperty("x-forwarded-proto").GetString());
        Assert.Equal($"{ProxyStack.Domain}:{stack.HttpsPort}", headers.GetProperty("host").GetString());
        Assert.False(headers.TryGetProperty("connection", out JsonElement connection), connection.ToString());
    }

    [EngineFact]
    public async Task A_trusted_proxy_is_believed()
    {
        using var folder = new TestFolder("trusting");
        Rendered.Into(folder, "version: 1\nname: gate\nservices: { api: { stack: node, build: { command: [] }, routes: [/] } }\nproxy: { trusted: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16] }\n");
        Container proxy = await Container.Start(
            TestEngine.Shared,
            RunRequest.Hardened(ImageCatalog.Shared.Default("nginx", "alpine").Reference) with { Network = $"{stack.Stack.Project.Name}_edge", Volumes = [$"{folder["nginx"]}:/etc/nginx:ro"], Publish = [8080], User = "101:101", Command = ["sh", "/etc/nginx/start.sh", "nginx"] },
            Cancellation);
        try
        {
            using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{await proxy.PublishedPort(8080, Cancellation)}") };
            string? seen = await Polling.Until(
                async () =>
                {
                    try
                    {
                        using var request = new HttpRequestMessage(HttpMethod.Get, "/echo");
                        request.Headers.Add("X-Forwarded-For", "198.51.100.9, 203.0.113.7, 10.1.2.3");
                        request.Headers.Add("X-Forwarded-Proto", "https");
                        HttpResponseMessage answer = await client.SendAsync(request, Cancellation);
                        return answer.IsSuccessStatusCode && Values(answer, "Strict-Transport-Security").Length == 1 ? await answer.Content.ReadAsStringAsync(Cancellation) : null;
                    }
                    catch (HttpRequestException)
                    {
                        return null;
                    }
                },
                TimeSpan.FromSeconds(20),
                Cancellation);
            Assert.NotNull(seen);
            JsonElement headers = JsonDocument.Parse(seen).RootElement.GetProperty("headers");
            Assert.Equal("203.0.113.7", headers.GetProperty("x-forwarded-for").GetString());
            Assert.Equal("203.0.113.7", headers.GetProperty("x-real-ip").GetString());
            Assert.Equal("https", headers.GetProperty("x-forwarded-proto").GetString());
        }
        finally
        {
            await proxy.Remove(CancellationToken.None);
        }
    }

    [EngineFact]
    public async Task A_websocket_echoes()
    {
        using var socket = new ClientWebSocket();
        using var invoker = new HttpMessageInvoker(ProxyStack.Handler());
        await socket.ConnectAsync(new($"wss://{ProxyStack.Domain}:{stack.HttpsPort}/api/socket"), invoker, Cancellation);
        foreach (string word in new[] { "one", "two" })
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(word), WebSocketMessageType.Text, endOfMessage: true, Cancellation);
            byte[] buffer = new byte[64];
            WebSocketReceiveResult result = await socket.ReceiveAsync(buffer, Cancellation);
            Assert.Equal(word, Encoding.UTF8.GetString(buffer, 0, result.Count));
        }
    }

    [EngineTheory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task An_event_arrives_before_the_next_one_is_sent(string version)
    {
        using HttpClient client = stack.Client(kept: true, new(version));
        using HttpResponseMessage events = await client.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(new(version), events.Version);
        var reader = new StreamReader(await events.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal("data: first", await reader.ReadLineAsync(Cancellation));
        using HttpClient other = stack.Client();
        Assert.Equal("released", await other.GetStringAsync("/api/release", Cancellation));
        await reader.ReadLineAsync(Cancellation);
        Assert.Equal("data: second", await reader.ReadLineAsync(Cancellation));
    }

    [EngineTheory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Sixty_megabytes_go_through_thirty_two(string version)
    {
        const int size = 60_000_000;
        using HttpClient client = stack.Client(kept: true, new(version));
        string[] uploads = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ => await (await Upload(client, "/api/large/upload", size)).Content.ReadAsStringAsync(Cancellation)));
        Assert.All(uploads, answer => Assert.Equal($"{{\"bytes\":{size}}}", answer));

        // Slow readers beside a fast one: what they have not taken yet must wait at the service.
        HttpResponseMessage[] slow = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => client.GetAsync($"/api/download?bytes={size}", HttpCompletionOption.ResponseHeadersRead, Cancellation)));
        Assert.Equal(size, (await client.GetByteArrayAsync($"/api/download?bytes={size}", Cancellation)).Length);
        long memory = await MemoryUse.Of(TestEngine.Shared, (await stack.Proxy).Id, Cancellation);
        Assert.True(memory < 24 << 20, $"it takes {memory >> 20} MiB");
        foreach (HttpResponseMessage response in slow)
        {
            await (await response.Content.ReadAsStreamAsync(Cancellation)).ReadExactlyAsync(new byte[1 << 20], Cancellation);
            response.Dispose();
        }

        ContainerFacts facts = await (await stack.Proxy).Facts(Cancellation);
        Assert.Equal((true, false), (facts.Running, facts.OutOfMemory));
        ProcessOutcome files = await (await stack.Proxy).Exec(["find", "/tmp", "-type", "f"], Cancellation);
        Assert.Equal(["/tmp/nginx.pid", "/tmp/nginx/https.conf", "/tmp/nginx/resolver.conf"], files.Text.Split('\n').Order(StringComparer.Ordinal));
    }

    [EngineFact]
    public async Task Gaps_around_the_time_for_which_a_service_keeps_connections_cost_no_request()
    {
        // Node closes an idle connection after 5 s.
        double[] gaps = [3.9, 4.0, 4.1, 4.9, 5.0, 5.1, 5.9, 6.0];
        HttpStatusCode[][] answers = await Task.WhenAll(gaps.Select(async gap =>
        {
            using HttpClient client = stack.Client(kept: true);
            var statuses = new List<HttpStatusCode>();
            for (int i = 0; i < 6; i++)
            {
                statuses.Add((await client.PostAsync("/api/upload", new StringContent("hello"), Cancellation)).StatusCode);
                await Task.Delay(TimeSpan.FromSeconds(gap), Cancellation);
            }

            return statuses.ToArray();
        }));
        Assert.All(answers.SelectMany(a => a), status => Assert.Equal(HttpStatusCode.OK, status));

        // Luck or not: whoever ends an idle connection cannot be surprised by it.
        ProcessOutcome closings = await (await stack.Stack.Project.Container("api", Cancellation)).Exec(["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/closings`).then((r) => r.json()).then(({ byProxy, byService }) => console.log(byProxy > 0, byService))"], Cancellation);
        Assert.Equal("true 0", closings.Text);
    }

    [EngineFact]
    public async Task A_replica_that_stops_costs_no_request()
    {
        ImmutableArray<ServiceContainer> pair = [.. (await stack.Stack.Project.Containers(Cancellation)).Where(c => c.Service == "pair")];
        Assert.Equal(2, pair.Length);
        using HttpClient client = stack.Client(kept: true);
        var seen = new HashSet<string>();
        Assert.NotNull(await Polling.Until(async () => seen.Add(await Host(client)) && seen.Count == 2 ? seen : null, TimeSpan.FromSeconds(20), Cancellation));

        Task<StopOutcome> stop = pair[0].Container.Stop(Cancellation);
        int requests = 0;
        do
        {
            string[] hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Host(client)));
            requests += hosts.Length;
        }
        while (!stop.IsCompleted);
        for (int i = 0; i < 50; i++)
            Assert.Equal(pair[1].Container.Id[..12], await Host(client));
        Assert.Equal(0, (await stop).ExitCode);
        Assert.True(requests > 0);
        await stack.Stack.Up(Cancellation, "--no-deps", "pair");

        async Task<string> Host(HttpClient asking) => JsonDocument.Parse(await asking.GetStringAsync("/pair/echo", Cancellation)).RootElement.GetProperty("host").GetString()!;
    }

    [EngineFact]
    public async Task A_service_is_found_again_when_it_was_replaced()
    {
        ComposeProject project = stack.Stack.Project;
        using HttpClient client = stack.Client();
        string before = await Address();
        (await project.Call("rm", "--stop", "--force", "api").Run(Cancellation)).OrThrow();
        // Someone else takes the address meanwhile.
        Container other = await Container.Start(TestEngine.Shared, new(stack.Stack.Images[0]) { Network = $"{project.Name}_edge", Entrypoint = "sleep", Command = ["300"] }, Cancellation);
        try
        {
            HttpResponseMessage gone = await client.GetAsync("/api/echo", Cancellation);
            Assert.Equal((HttpStatusCode.BadGateway, "502 The service does not answer. Try again in a moment.\n"), (gone.StatusCode, await gone.Content.ReadAsStringAsync(Cancellation)));
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/any/page", Cancellation)).StatusCode);
            await stack.Stack.Up(Cancellation, "--no-deps", "api");
            Assert.NotEqual(before, await Address());
            Assert.NotNull(await Polling.Until(async () => (await client.GetAsync("/api/echo", Cancellation)) is { IsSuccessStatusCode: true } found ? found : null, TimeSpan.FromSeconds(10), Cancellation));
            for (int i = 0; i < 30; i++)
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/echo", Cancellation)).StatusCode);
        }
        finally
        {
            await other.Remove(CancellationToken.None);
        }

        async Task<string> Address() =>
            (await TestEngine.Shared.Docker("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", (await project.Container("api", Cancellation)).Id).Run(Cancellation)).Text;
    }

    [EngineFact]
    public async Task Its_own_metrics_are_for_containers_only()
    {
        Container web = await stack.Stack.Project.Container("web", Cancellation);
        ProcessOutcome status = await web.Exec(["node", "-e", "fetch('http://proxy:8082/stub_status').then((r) => r.text()).then(console.log)"], Cancellation);
        Assert.Contains("Active connections:", status.Output, StringComparison.Ordinal);
        using HttpClient client = stack.Client();
        Assert.DoesNotContain("Active connections:", await client.GetStringAsync("/stub_status", Cancellation), StringComparison.Ordinal);
        ContainerFacts facts = await (await stack.Proxy).Facts(Cancellation);
        Assert.Equal(["8080/tcp", "8443/tcp"], facts.Ports.Select(p => p.Container).Distinct().Order(StringComparer.Ordinal));
    }

    private static string[] Values(HttpResponseMessage answer, string header) =>
        answer.Headers.TryGetValues(header, out IEnumerable<string>? values) || answer.Content.Headers.TryGetValues(header, out values) ? [.. values] : [];

    /// <summary>A status of nginx comes before the body is over, on a connection that it then closes.</summary>
    private static async Task<HttpResponseMessage> Upload(HttpClient client, string path, int bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(new byte[bytes]), Version = client.DefaultRequestVersion, VersionPolicy = client.DefaultVersionPolicy };
        request.Headers.ExpectContinue = client.DefaultRequestVersion == HttpVersion.Version11;
        return await client.SendAsync(request, Cancellation);
    }
}

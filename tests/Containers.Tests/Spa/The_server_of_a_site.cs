using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using DuskStack.Images;
using Xunit;

namespace DuskStack.Containers.Tests.Spa;

/// <summary>What nginx says with each answer, and what it keeps to itself.</summary>
[Collection(nameof(ProductionSite))]
public sealed class The_server_of_a_site(ProductionSite project)
{
    private const string Forever = "public, max-age=31536000, immutable";

    private static readonly ImmutableArray<string> Always =
        ["Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineTheory]
    [InlineData("/", 200, "no-cache", "text/html")]
    [InlineData("/index.html", 200, "no-cache", "text/html")]
    [InlineData("/deep/link", 200, "no-cache", "text/html")]
    [InlineData("/healthz", 200, "no-cache", "text/html")]
    [InlineData("/apix", 200, "no-cache", "text/html")]
    [InlineData("/icon.svg", 200, "no-cache", "image/svg+xml")]
    [InlineData("{script}", 200, Forever, "text/javascript")]
    [InlineData("/config.js", 200, "no-store", "text/javascript")]
    [InlineData("/health", 200, "no-store", "text/plain")]
    [InlineData("/api/items", 200, null, "application/json")]
    [InlineData("/api/nothing", 404, null, "application/json")]
    [InlineData("/api/missing.png", 404, null, "application/json")]
    [InlineData("/assets/missing.js", 404, null, "text/html")]
    [InlineData("/assets/", 404, null, "text/html")]
    [InlineData("/missing.png", 404, null, "text/html")]
    [InlineData("/.git/config", 404, null, "text/html")]
    [InlineData("/deep/.env", 404, null, "text/html")]
    [InlineData("/teapot", 418, null, "application/octet-stream")]
    public async Task Sends_its_headers_once_with_every_answer(string path, int status, string? cacheControl, string type)
    {
        HttpResponseMessage answer = await project.Client.GetAsync(path == "{script}" ? await project.Script(Cancellation) : path, Cancellation);
        Assert.Equal(status, (int)answer.StatusCode);
        foreach (string header in Always)
            Assert.Single(answer.Headers.GetValues(header));
        Assert.Equal("nginx", answer.Headers.Server.ToString());
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.Equal(cacheControl, answer.Headers.TryGetValues("Cache-Control", out IEnumerable<string>? values) ? string.Join(" and ", values) : null);
        // Debian and Alpine disagree on the name of JavaScript.
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType?.Replace("application/javascript", "text/javascript", StringComparison.Ordinal) ?? "application/octet-stream");
        if (status == 404)
            Assert.DoesNotContain("<div id=\"root\">", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task Speaks_of_TLS_only_behind_a_balancer_that_ends_it()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("X-Forwarded-Proto", "https");
        HttpResponseMessage answer = await project.Client.SendAsync(request, Cancellation);
        Assert.Equal(["max-age=63072000"], answer.Headers.GetValues("Strict-Transport-Security"));
    }

    [EngineFact]
    public async Task Sends_what_was_compressed_while_it_was_built()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, await project.Script(Cancellation));
        request.Headers.AcceptEncoding.Add(new("gzip"));
        // Before the body is read: afterwards every answer has a length.
        HttpResponseMessage answer = await project.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
        // nginx knows the length of a file only.
        Assert.True(answer.Content.Headers.ContentLength > 0);
    }

    [EngineFact]
    public async Task Logs_requests_as_JSON_and_no_probes()
    {
        await project.Client.GetAsync("/logged?a=\"b\"", Cancellation);
        string log = (await (await project.Stack.Project.Container("web", Cancellation)).Logs(Cancellation)).Trim();
        ImmutableArray<JsonElement> lines = [.. log.Split('\n').Where(l => l.StartsWith('{')).Select(l => JsonDocument.Parse(l).RootElement)];
        JsonElement line = lines.Last(l => l.GetProperty("uri").GetString()!.StartsWith("/logged", StringComparison.Ordinal));
        Assert.Equal(200, line.GetProperty("status").GetInt32());
        Assert.DoesNotContain(lines, l => l.GetProperty("uri").GetString() == "/health");
    }

    [EngineFact]
    public async Task Runs_as_nobody_in_little_memory()
    {
        Container web = await project.Stack.Project.Container("web", Cancellation);
        ImmutableArray<ContainerProcess> processes = [.. (await web.Processes(ImageCatalog.Shared.Default("node", "slim").Reference, Cancellation)).Where(p => p.Command[0].StartsWith("nginx", StringComparison.Ordinal))];
        Assert.Equal(2, processes.Length);
        Assert.Equal("10001", (await web.Exec(["id", "-u"], Cancellation)).Text);
        Assert.True(await MemoryUse.Of(TestEngine.Shared, web.Id, Cancellation) < 32 << 20);
    }

    [EngineFact]
    public async Task Becomes_the_first_process_and_starts_before_the_api()
    {
        Container alone = await Container.Start(TestEngine.Shared, RunRequest.Hardened(project.Image) with { Publish = [8080] }, Cancellation);
        try
        {
            Assert.Equal("healthy", (await alone.WaitForHealth(TimeSpan.FromSeconds(30), Cancellation))?.Health);
            Assert.StartsWith("nginx: master process", (await alone.Exec(["cat", "/proc/1/cmdline"], Cancellation)).Text, StringComparison.Ordinal);
            using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{await alone.PublishedPort(8080, Cancellation)}") };
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/", Cancellation)).StatusCode);
            Assert.Equal(HttpStatusCode.BadGateway, (await client.GetAsync("/api/items", Cancellation)).StatusCode);
            Assert.Equal(0, (await alone.Stop(Cancellation)).ExitCode);
        }
        finally
        {
            await alone.Remove(CancellationToken.None);
        }
    }

    [EngineFact]
    public async Task Holds_no_more_than_the_site_above_its_base()
    {
        ImageFacts image = await ImageFacts.Of(TestEngine.Shared, project.Image, Cancellation);
        ImageFacts nginx = await ImageFacts.Of(TestEngine.Shared, ImageCatalog.Shared.Default("nginx", "alpine").Reference, Cancellation);
        Assert.True(image.Size - nginx.Size < 1_000_000, $"{image.Size - nginx.Size} bytes");
        Assert.Equal("10001:10001", image.User);
        ImmutableArray<ImageFile> files = await ImageFiles.List(TestEngine.Shared, project.Image, Cancellation);
        ImmutableArray<ImageFile> own = [.. files.Where(f => f.Path == "app" || f.Path.StartsWith("app/", StringComparison.Ordinal) || f.Path is "etc/nginx/nginx.conf" or "etc/nginx/custom/teapot.conf" or "usr/local/bin/start.sh")];
        Assert.Contains(own, f => f.Path == "app");
        Assert.Contains(own, f => f.Path == "app/site/index.html");
        Assert.Contains(own, f => f.Path == "etc/nginx/nginx.conf");
        Assert.DoesNotContain(own, f => f.Owner != 0 || (!f.IsLink && f.Mode.HasFlag(UnixFileMode.OtherWrite)));
        Assert.DoesNotContain(own, f => f.Path.Contains("node_modules", StringComparison.Ordinal) || f.Path.EndsWith(".ts", StringComparison.Ordinal) || f.Path.EndsWith(".tsx", StringComparison.Ordinal));
    }
}

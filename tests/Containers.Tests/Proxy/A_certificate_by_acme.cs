using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using DuskStack.Images;
using DuskStack.Planning;
using Xunit;

namespace DuskStack.Containers.Tests.Proxy;

/// <summary><c>tls: letsencrypt</c> against a real ACME server: the first start without a certificate, its arrival, its renewal.</summary>
public sealed class A_certificate_by_acme : IAsyncLifetime
{
    private const string Domain = "shop.example.com", Further = "admin.example.com";

    private static readonly string Manifest =
        $$"""
        version: 1
        name: acme
        services:
          site: { image: "{{ImageCatalog.Shared.Default("nginx", "alpine").Reference}}", port: 8080, routes: [/, { path: /, host: {{Further}} }] }
        proxy: { domain: {{Domain}}, tls: letsencrypt, email: ops@example.com, acme: "https://pebble:14000/dir" }
        """;

    /// <summary>Serial numbers of the certificates that clients were shown.</summary>
    private readonly ConcurrentQueue<string> seen = [];
    private TestFolder? folder;
    private TestStack? stack;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ComposeProject Project => stack!.Project;

    public ValueTask InitializeAsync()
    {
        if (!TestEngine.IsThere)
            return ValueTask.CompletedTask;
        folder = new("acme");
        Plan plan = Rendered.Into(folder, Manifest);
        AcmeServer.Write(folder, Domain, Further);
        stack = TestStack.Of(folder, plan, production: true, AcmeServer.ComposeFile, (AcmeServer.ManagementPort, TestStack.FreePort().ToString(CultureInfo.InvariantCulture)));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (stack is not null)
            await stack.DisposeAsync();
        folder?.Dispose();
    }

    [EngineFact]
    public async Task Arrives_and_is_renewed_while_requests_run()
    {
        // The first start, before there is a certificate: the proxy is healthy and answers over HTTP, and shows nobody a false certificate.
        (await Project.Up(Cancellation, "proxy", "pebble")).OrThrow();
        using (HttpClient plain = Client(null))
        {
            HttpResponseMessage redirect = await plain.GetAsync($"http://{Domain}/a?b=c", Cancellation);
            Assert.Equal((301, $"https://{Domain}:{stack!.Port("HTTPS_PORT")}/a?b=c"), ((int)redirect.StatusCode, redirect.Headers.Location?.ToString()));
            await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetAsync($"https://{Domain}/", Cancellation));
        }

        await stack.Up(Cancellation);
        using X509Certificate2 root = await AcmeServer.Root(stack.Port(AcmeServer.ManagementPort), Cancellation);
        using HttpClient client = Client(root);
        foreach (string host in new[] { Domain, Further })
            Assert.Equal("OK", await Polling.Until(async () => await Answer(client, host) is "OK" and var ok ? ok : null, TimeSpan.FromSeconds(30), Cancellation));

        string first = seen.Last();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var failures = new ConcurrentBag<string>();
        int requests = 0;
        Task[] load = [.. Enumerable.Range(0, 4).Select(_ => Load())];
        (await (await Project.Container("certbot", Cancellation)).Exec(["certbot", "renew", "--force-renewal", "--no-random-sleep-on-renew", "--config-dir", "/tmp/letsencrypt", "--work-dir", "/run/certbot", "--logs-dir", "/run/certbot"], Cancellation)).OrThrow();
        string? second = await Polling.Until(() => Task.FromResult(seen.Last() is var last && last != first ? last : null), TimeSpan.FromSeconds(60), Cancellation);
        int then = requests;
        await Polling.Until(() => Task.FromResult(Volatile.Read(ref requests) > then + 50 ? "" : null), TimeSpan.FromSeconds(30), Cancellation);
        await end.CancelAsync();
        await Task.WhenAll(load);
        Assert.NotNull(second);
        Assert.Empty(failures);
        Assert.True(requests > 50, $"{requests} requests");

        foreach (ServiceStop stop in (await Project.Stop(Cancellation)).Where(s => s.Service is "proxy" or "certbot"))
            Assert.True(stop.ExitCode == 0, $"{stop}");

        async Task Load()
        {
            while (!end.IsCancellationRequested)
            {
                if (await Answer(client, Domain) is not "OK" and var other)
                    failures.Add(other ?? "nothing");
                Interlocked.Increment(ref requests);
            }
        }
    }

    [EngineFact]
    public async Task Keeps_its_key_from_everybody_else()
    {
        await stack!.Up(Cancellation);
        Container certbot = await Project.Container("certbot", Cancellation);
        string modes = (await certbot.Exec(["sh", "-c", $"stat -c '%a %u' /tmp/letsencrypt/archive/{Domain}/privkey1.pem /tmp/letsencrypt/live /tmp/letsencrypt/archive"], Cancellation)).Text;
        Assert.Equal(["600 101", "700 101", "700 101"], modes.Split('\n'));
        ContainerFacts facts = await certbot.Facts(Cancellation);
        Assert.Equal(("101:101", true), (facts.User, facts.ReadOnly));
        Assert.Equal(["ALL"], facts.DroppedCapabilities);
        Assert.False((await (await Project.Container("proxy", Cancellation)).Exec(["sh", "-c", "echo x > /var/lib/certificates/x"], Cancellation)).Succeeded);
    }

    private static async Task<string?> Answer(HttpClient client, string host)
    {
        try
        {
            using HttpResponseMessage answer = await client.GetAsync($"https://{host}/", Cancellation);
            return answer.StatusCode.ToString();
        }
        catch (HttpRequestException failure)
        {
            return failure.ToString();
        }
    }

    /// <summary>Finds both names at this machine's published ports, and notes each certificate; every request has a connection of its own.</summary>
    private HttpClient Client(X509Certificate2? root)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, stack!.Port(context.DnsEndPoint.Port == 80 ? "HTTP_PORT" : "HTTPS_PORT"), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions = new()
            {
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                {
                    if (root is null || certificate is not X509Certificate2 leaf || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
                        return false;
                    chain!.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                    chain.ChainPolicy.CustomTrustStore.Add(root);
                    chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
                    seen.Enqueue(leaf.SerialNumber);
                    return chain.Build(leaf);
                },
            },
        };
        return new(handler) { Timeout = TimeSpan.FromSeconds(20), DefaultRequestHeaders = { ConnectionClose = true } };
    }
}

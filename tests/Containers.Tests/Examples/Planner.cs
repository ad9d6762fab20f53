using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using DuskStack.Containers.Tests.Proxy;
using Xunit;

namespace DuskStack.Containers.Tests.Examples;

/// <summary>FastAPI, pgvector, Redis, nginx with TLS. Its certificate comes from Pebble, a small ACME server, in place of Let's Encrypt.</summary>
public sealed class Planner() : Example("planner")
{
    public const string Domain = "planner.example.com";

    public override bool EveryTime => true;

    public override (string Path, object Body) Write => ("/api/notes", new { text = "The key of the shed hangs behind the mirror" });

    public override (string Path, string Text) Read => ("/api/notes/search?q=shed", "behind the mirror");

    public override ImmutableArray<string> Migrations => ["-> 0001, plans", "0001 -> 0002, notes"];

    /// <summary>Of a machine of 1 GB.</summary>
    public override long? Memory => 736L << 20;

    public override string Manifest(string text) => text.Replace("  tls: letsencrypt\n", "  tls: letsencrypt\n  acme: \"https://pebble:14000/dir\"\n", StringComparison.Ordinal);

    public override (string File, (string Name, string Value)[] Variables) Prepare(TestFolder folder)
    {
        AcmeServer.Write(folder, Domain);
        return (AcmeServer.ComposeFile, [(AcmeServer.ManagementPort, TestStack.FreePort().ToString(CultureInfo.InvariantCulture))]);
    }

    /// <summary>Finds the domain here, and trusts the certificate authority of this stack alone.</summary>
    public override async Task<HttpClient> Client(TestStack stack, CancellationToken cancellation)
    {
        X509Certificate2 root = await AcmeServer.Root(stack.Port(AcmeServer.ManagementPort), cancellation);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (context, connecting) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, stack.Port(context.DnsEndPoint.Port == 80 ? "HTTP_PORT" : "HTTPS_PORT"), connecting);
                return new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Trusts(root, certificate, chain!, errors) },
        };
        return new(handler)
        {
            BaseAddress = new($"https://{Domain}"),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Timeout = TimeSpan.FromSeconds(20),
        };
    }

    private static bool Trusts(X509Certificate2 root, X509Certificate? certificate, X509Chain chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return false;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(leaf);
    }
}

public sealed class The_example_planner(RunningExamples examples) : Every_example(examples, new Planner())
{
    [EngineFact]
    public async Task It_speaks_http2_over_tls_and_leads_there()
    {
        HttpClient client = (await Running).Client;
        using HttpResponseMessage plain = await client.GetAsync($"http://{Planner.Domain}/api/plans?a=b", Cancellation);
        Assert.Equal(HttpStatusCode.MovedPermanently, plain.StatusCode);
        Assert.StartsWith($"https://{Planner.Domain}", plain.Headers.Location!.ToString(), StringComparison.Ordinal);
        using HttpResponseMessage health = await client.GetAsync("/health", Cancellation);
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (health.StatusCode, health.Version));
        Assert.Equal("max-age=63072000", health.Headers.GetValues("Strict-Transport-Security").Single());
    }

    /// <summary>30 a minute, and 5 at once beside the first: both in one test, as they share the count.</summary>
    [EngineFact]
    public async Task The_webhook_takes_what_telegram_sends_and_no_flood()
    {
        HttpClient client = (await Running).Client;
        var update = new { update_id = 1, message = new { chat = new { id = 42 }, text = "/plan water the flowers" } };
        using HttpResponseMessage taken = await Send(new Planner().Secret("TELEGRAM_SECRET_TOKEN"));
        Assert.Contains("Planned: water the flowers", await taken.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        HttpResponseMessage[] flood = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Send("guessed")));
        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.TooManyRequests], flood.Select(f => f.StatusCode).Distinct().Order());
        Assert.InRange(flood.Count(f => f.StatusCode == HttpStatusCode.Forbidden), 5, 8);

        Task<HttpResponseMessage> Send(string token) =>
            client.SendAsync(new(HttpMethod.Post, "/webhook/telegram") { Content = JsonContent.Create(update), Headers = { { "x-telegram-bot-api-secret-token", token } }, Version = HttpVersion.Version20 }, Cancellation);
    }
}

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Xunit;

namespace DuskStack.Containers.Tests.Proxy;

/// <summary>An api, two replicas of another service and pages behind the proxy, which has a certificate and 32 MB.</summary>
public sealed class ProxyStack() : AppStack("proxied", Manifest)
{
    public const string Domain = "shop.example.com";

    private const string Manifest =
        $$"""
        version: 1
        name: gate
        services:
          api:
            stack: node
            build: { command: [] }
            metrics: /api/metrics
            routes: [/api, { path: /api/limited, rate: 30r/m, burst: 2 }, { path: /api/large, bodySize: 70m }]
            processes:
              silent: { start: [node, -e, "setInterval(() => {}, 1e6)"], port: 3999, routes: [/gone] }
          pair: { stack: node, path: services/api, build: { command: [] }, routes: [/pair], replicas: 2 }
          web: { stack: node, path: services/api, build: { command: [] }, routes: [/] }
        proxy: { domain: {{Domain}}, tls: files, resources: { memory: 32M } }
        """;

    public int HttpPort => Stack.Port("HTTP_PORT");

    public int HttpsPort => Stack.Port("HTTPS_PORT");

    public Task<Container> Proxy => Stack.Project.Container("proxy", TestContext.Current.CancellationToken);

    /// <summary>A client that finds the domain here and takes any certificate.</summary>
    /// <param name="kept">True when it keeps its connections.</param>
    /// <param name="version">HTTP/1.1 by default.</param>
    public HttpClient Client(bool kept = false, Version? version = null)
    {
        var client = new HttpClient(Handler())
        {
            BaseAddress = new($"https://{Domain}:{HttpsPort}"),
            DefaultRequestVersion = version ?? HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = TimeSpan.FromSeconds(60),
        };
        if (!kept && version is null)
            client.DefaultRequestHeaders.ConnectionClose = true;
        return client;
    }

    /// <summary>Any name is this machine.</summary>
    public static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = Anyone },
        ConnectCallback = static async (context, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    public static bool Anyone(object sender, object? certificate, object? chain, SslPolicyErrors errors) => true;

    protected override void Prepare()
    {
        TestCertificate.Write(Folder, "nginx/certs", Domain);
        Folder.Write("nginx/custom/teapot.conf", "location = /teapot { return 418; }\n");
    }
}

/// <summary>One project for all tests, which run one after the other.</summary>
[CollectionDefinition(nameof(ProxyStack))]
public sealed class ProxyStackTests : ICollectionFixture<ProxyStack>;

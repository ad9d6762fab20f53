using System.Collections.Immutable;
using DuskStack.Manifests;

namespace DuskStack.Planning.Proxy;

/// <summary>The reverse proxy, through which production is reached.</summary>
public sealed record ProxyPlan
{
    /// <summary>Its Compose name.</summary>
    public const string Container = "proxy";

    /// <summary>Ports inside, none of which needs root; the last one is not published: metrics of nginx at <see cref="StatusPath"/>, and its health.</summary>
    public const int HttpPort = 8080, HttpsPort = 8443, StatusPort = 8082;
    public const string StatusPath = "/stub_status", HealthPath = "/health";

    /// <summary>Addresses that containers have.</summary>
    public static ImmutableArray<string> PrivateNetworks { get; } = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8"];

    /// <summary>Null: it answers to any name.</summary>
    public required string? Domain { get; init; }

    /// <summary>Null for HTTP only.</summary>
    public required ProxyTls? Tls { get; init; }

    /// <summary>One for each name; the one without a name, if any, comes first.</summary>
    public required ImmutableArray<ProxySite> Sites { get; init; }

    /// <summary>The services behind all routes, once each.</summary>
    public required ImmutableArray<ProxyUpstream> Upstreams { get; init; }
    public required ByteSize BodySize { get; init; }

    /// <summary>Networks of proxies in front of this one.</summary>
    public required ImmutableArray<string> Trusted { get; init; }

    /// <summary>Content security policy of the manifest; null for the default.</summary>
    public required string? Csp { get; init; }
    public required int Workers { get; init; }

    /// <summary>Open at the same time in one worker, towards clients and services.</summary>
    public required int Connections { get; init; }

    /// <summary>Memory in which each rate is counted, and in which TLS sessions are kept.</summary>
    public required ByteSize Counters { get; init; }
    public required ByteSize Sessions { get; init; }

    /// <summary>Time for what is open at a stop and at a reload.</summary>
    public required TimeSpan ShutdownTimeout { get; init; }
}

/// <summary>Where the certificate lies inside the container; one for all names.</summary>
/// <param name="Certificate">With its chain.</param>
/// <param name="Key">Its private key.</param>
/// <param name="OwnFiles">True when the user puts both into <c>nginx/certs/</c>.</param>
/// <param name="Acme">Null when nobody fetches it.</param>
public sealed record ProxyTls(string Certificate, string Key, bool OwnFiles, ProxyAcme? Acme);

/// <summary>A certificate by ACME.</summary>
/// <param name="Webroot">The folder below which answers to challenges lie, inside the container.</param>
/// <param name="Domains">Names of the certificate, the first one its own.</param>
/// <param name="Email">Null for none.</param>
/// <param name="Directory">Null for Let's Encrypt.</param>
public sealed record ProxyAcme(string Webroot, ImmutableArray<string> Domains, string? Email, string? Directory);

/// <summary>What is served under one name.</summary>
/// <param name="Host">Null for any name.</param>
/// <param name="Routes">In the order of the manifest.</param>
/// <param name="Hidden">Paths below a route that nobody outside may see: metrics.</param>
public sealed record ProxySite(string? Host, ImmutableArray<UpstreamPlan> Routes, ImmutableArray<string> Hidden);

/// <summary>A service behind the proxy.</summary>
/// <param name="Name">Its Compose name, which is its host name.</param>
/// <param name="Port">Where it listens.</param>
/// <param name="InlineScripts">True when its pages carry scripts within themselves.</param>
public sealed record ProxyUpstream(string Name, int Port, bool InlineScripts);

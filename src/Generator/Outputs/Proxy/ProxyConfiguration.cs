using System.Collections.Immutable;
using System.Globalization;
using DuskStack.Nginx;
using DuskStack.Planning.Proxy;

namespace DuskStack.Outputs.Proxy;

/// <summary>What <c>nginx/nginx.conf.hbs</c> prints.</summary>
public sealed record ProxyConfiguration
{
    public required string Project { get; init; }
    public required int Workers { get; init; }
    public required string ShutdownTimeout { get; init; }
    public required int Connections { get; init; }
    public required int OpenFiles { get; init; }
    public required string BodySize { get; init; }
    public required bool Tls { get; init; }
    public required string Certificate { get; init; }
    public required string Key { get; init; }
    public required string SessionCache { get; init; }
    public required bool Acme { get; init; }
    public required string Webroot { get; init; }
    public required ImmutableArray<string> Trusted { get; init; }

    /// <summary>The variable with the scheme that the client uses.</summary>
    public string ForwardedScheme => Trusted.IsEmpty ? "$scheme" : "$client_scheme";
    public string Secured => ForwardedScheme;

    /// <summary>The default for pages, as a value of nginx.</summary>
    public required string Policy { get; init; }

    /// <summary>Services whose pages need another one.</summary>
    public required ImmutableArray<ProxyPolicy> Policies { get; init; }

    /// <summary>Services may send headers of their own.</summary>
    public bool Own => true;
    public required ImmutableArray<NginxUpstream> Upstreams { get; init; }
    public ImmutableArray<NginxRoute> Limits => [.. Sites.SelectMany(s => s.Routes).Where(r => r.Limited)];
    public required string ZoneSize { get; init; }

    /// <summary>True when names that are not ours are turned away.</summary>
    public bool Rejects => Sites.All(s => s.Name != ProxySiteModel.AnyName);
    public string HealthPath => ProxyPlan.HealthPath;
    public string StatusPath => ProxyPlan.StatusPath;
    public ImmutableArray<string> PrivateNetworks => ["127.0.0.0/8", "::1", .. ProxyPlan.PrivateNetworks];
    public string HttpPort => Port(ProxyPlan.HttpPort);
    public string HttpsPort => Port(ProxyPlan.HttpsPort);
    public string StatusPort => Port(ProxyPlan.StatusPort);

    /// <summary>The names of all sites.</summary>
    public string Names => string.Join(' ', Sites.Select(s => s.Name));
    public required ImmutableArray<ProxySiteModel> Sites { get; init; }

    public static ProxyConfiguration Of(string project, ProxyPlan proxy)
    {
        string standard = Quoted(proxy.Csp ?? NginxText.ContentPolicy());
        ImmutableArray<ProxyPolicy> policies = proxy.Csp is not null ? [] : [.. proxy.Upstreams.Where(u => u.InlineScripts).Select(u => new ProxyPolicy(u.Name, Quoted(NginxText.ContentPolicy(inlineScripts: true))))];
        var zones = new HashSet<string>(StringComparer.Ordinal);
        return new()
        {
            Project = project,
            Workers = proxy.Workers,
            ShutdownTimeout = NginxText.Seconds(proxy.ShutdownTimeout),
            Connections = proxy.Connections,
            OpenFiles = proxy.Connections * 4,
            BodySize = NginxText.Size(proxy.BodySize),
            Tls = proxy.Tls is not null,
            Certificate = proxy.Tls?.Certificate ?? "",
            Key = proxy.Tls?.Key ?? "",
            SessionCache = NginxText.Size(proxy.Sessions),
            Acme = proxy.Tls?.Acme is not null,
            Webroot = proxy.Tls?.Acme?.Webroot ?? "",
            Trusted = proxy.Trusted,
            Policy = policies.IsEmpty ? standard : "$policy",
            DefaultPolicy = standard,
            Policies = policies,
            Upstreams = [.. proxy.Upstreams.Select(u => new NginxUpstream(u.Name, u.Port))],
            ZoneSize = NginxText.Size(proxy.Counters),
            Sites = [.. proxy.Sites.Select(s => ProxySiteModel.Of(s, proxy, zones))],
        };
    }

    /// <summary>What the map of <see cref="Policies"/> falls back to.</summary>
    public required string DefaultPolicy { get; init; }

    private static string Quoted(string policy) => $"\"{policy}\"";

    private static string Port(int port) => port.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The policy for pages of one service.</summary>
public sealed record ProxyPolicy(string Upstream, string Value);

/// <summary>One server of the configuration.</summary>
public sealed record ProxySiteModel
{
    public const string AnyName = "_";

    public required string Name { get; init; }
    public required bool Tls { get; init; }

    /// <summary>What follows <c>listen</c>.</summary>
    public required string Listen { get; init; }

    /// <summary>Empty where it is not asked here, or where a service has this path.</summary>
    public required string HealthPath { get; init; }
    public required ImmutableArray<string> Hidden { get; init; }
    public required ImmutableArray<NginxRoute> Routes { get; init; }
    public bool HasRoot => Routes.Any(r => r.Root);

    public static ProxySiteModel Of(ProxySite site, ProxyPlan proxy, HashSet<string> zones)
    {
        bool tls = proxy.Tls is not null, any = site.Host is null;
        return new()
        {
            Name = site.Host ?? AnyName,
            Tls = tls,
            Listen = $"{(tls ? $"{ProxyPlan.HttpsPort} ssl" : $"{ProxyPlan.HttpPort}")}{(any ? " default_server" : "")}",
            HealthPath = site.Routes.Any(r => r.Route.Path.Value == ProxyPlan.HealthPath) ? "" : ProxyPlan.HealthPath,
            Hidden = site.Hidden,
            Routes = NginxRoute.Of(site.Routes, zones, proxy.BodySize),
        };
    }
}

using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Nginx;
using DuskStack.Planning;

namespace DuskStack.Stacks.Spa;

/// <summary>What <c>stacks/spa/nginx/nginx.conf.hbs</c> prints.</summary>
public sealed record SpaServer
{
    public const string DefaultHealthPath = "/health";
    private const int DefaultPort = 8080;

    /// <summary>Short, since a stream never ends by itself: a stop of the whole project waits for it.</summary>
    private static readonly TimeSpan DefaultShutdown = TimeSpan.FromSeconds(3);

    public required string Service { get; init; }
    public required int Port { get; init; }
    public required string HealthPath { get; init; }

    /// <summary>A time of nginx, <c>3s</c>.</summary>
    public required string ShutdownTimeout { get; init; }
    public bool PassesOn => !Routes.IsEmpty;

    /// <summary>The services behind the routes, once each.</summary>
    public required ImmutableArray<NginxUpstream> Upstreams { get; init; }
    public required ImmutableArray<NginxRoute> Routes { get; init; }
    public ImmutableArray<NginxRoute> Limits => [.. Routes.Where(r => r.Limited)];

    /// <summary>One zone of counters each.</summary>
    public string ZoneSize => "10m";

    public string Policy => $"\"{NginxText.ContentPolicy(origins: "$public_origins")}\"";

    /// <summary>TLS ends at the proxy or the load balancer before this server.</summary>
    public string Secured => "$http_x_forwarded_proto";
    public string ForwardedScheme => "$scheme";

    /// <summary>Services behind it may send headers of their own.</summary>
    public bool Own => PassesOn;

    public static int PortOf(StackRequest request) => request.Port ?? DefaultPort;

    public static SpaServer Of(StackRequest request, DiagnosticBag bag)
    {
        string health = request.Probe?.Path ?? DefaultHealthPath;
        ImmutableArray<UpstreamPlan> passed = [.. request.Upstreams.Where(u => IsPassedOn(u, request.Service, health, bag))];
        return new()
        {
            Service = request.Service.Name.Value,
            Port = PortOf(request),
            HealthPath = health,
            ShutdownTimeout = NginxText.Seconds(request.Service.Stop is { } stop ? stop.Value - TimeSpan.FromSeconds(2) : DefaultShutdown),
            Upstreams = [.. passed.Select(u => new NginxUpstream(u.Service, u.Port)).Distinct()],
            Routes = NginxRoute.Of(passed, []),
        };
    }

    /// <summary>Pages, assets and settings are the site's own.</summary>
    private static bool IsPassedOn(UpstreamPlan upstream, StackService site, string health, DiagnosticBag bag)
    {
        Located<string> path = upstream.Route.Path;
        if (upstream.Route.Host is { } host)
        {
            bag.Warning(DiagnosticCodes.NotReachable, host.Span, $"`{site.Name.Value}` passes on routes of its own host only, so {host.Value}{path.Value} of `{upstream.Service}` is not reachable", "add a `proxy` section, or leave `host` out");
            return false;
        }

        bool own = path.Value is "/" or "/config.js" || path.Value == health || path.Value == "/assets" || path.Value.StartsWith("/assets/", StringComparison.Ordinal);
        if (own)
            bag.Warning(DiagnosticCodes.NotReachable, path.Span, $"`{path.Value}` is that of the site `{site.Name.Value}`, so this route of `{upstream.Service}` is not reachable", "give it another path, such as `/api`");
        return !own;
    }
}

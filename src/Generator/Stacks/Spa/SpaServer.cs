using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
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
    public required ImmutableArray<SpaUpstream> Upstreams { get; init; }

    /// <summary>The longest path first, so that it wins.</summary>
    public required ImmutableArray<SpaRoute> Routes { get; init; }
    public ImmutableArray<SpaRoute> Limits => [.. Routes.Where(r => r.Limited)];

    public static int PortOf(StackRequest request) => request.Port ?? DefaultPort;

    public static SpaServer Of(StackRequest request, DiagnosticBag bag)
    {
        string health = request.Probe?.Path ?? DefaultHealthPath;
        ImmutableArray<UpstreamPlan> passed = [.. request.Upstreams.Where(u => IsPassedOn(u, request.Service, health, bag))];
        var zones = new HashSet<string>(StringComparer.Ordinal);
        return new()
        {
            Service = request.Service.Name.Value,
            Port = PortOf(request),
            HealthPath = health,
            ShutdownTimeout = Seconds(request.Service.Stop is { } stop ? stop.Value - TimeSpan.FromSeconds(2) : DefaultShutdown),
            Upstreams = [.. passed.Select(u => new SpaUpstream(u.Service, u.Port)).Distinct()],
            Routes = [.. passed.OrderByDescending(u => u.Route.Path.Value.Length).ThenBy(u => u.Route.Path.Value, StringComparer.Ordinal).Select(u => SpaRoute.Of(u, zones))],
        };
    }

    /// <summary>A time of nginx, at least one second.</summary>
    internal static string Seconds(TimeSpan time) => Math.Max(1, (long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture) + "s";

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

/// <summary>A service by its name in the network.</summary>
public sealed record SpaUpstream(string Name, int Port);

/// <summary>A path that nginx passes on with all below it.</summary>
public sealed partial record SpaRoute
{
    public required string Path { get; init; }
    public required string Upstream { get; init; }
    public required string BodySize { get; init; }
    public required string ReadTimeout { get; init; }
    public bool Limited => Rate.Length > 0;

    /// <summary>Names the memory in which nginx counts.</summary>
    public required string Zone { get; init; }

    /// <summary><c>30r/m</c>; empty when there is no limit.</summary>
    public required string Rate { get; init; }

    /// <summary>What follows the zone in <c>limit_req</c>, with a space before it, or nothing. Requests within the burst are not held back: they would only time out.</summary>
    public required string BurstWords { get; init; }

    /// <summary>Seconds until the rate lets the next request through.</summary>
    public required int RetryAfter { get; init; }

    /// <param name="upstream">The route.</param>
    /// <param name="zones">Names that are taken.</param>
    public static SpaRoute Of(UpstreamPlan upstream, HashSet<string> zones)
    {
        Route route = upstream.Route;
        string rate = route.Rate?.Value ?? "";
        return new()
        {
            Path = route.Path.Value,
            Upstream = upstream.Service,
            BodySize = route.BodySize is { } size ? Size(size.Value) : "10m",
            ReadTimeout = SpaServer.Seconds(route.ReadTimeout?.Value ?? TimeSpan.FromSeconds(60)),
            Rate = rate,
            Zone = rate.Length == 0 ? "" : Free(NotOfNames().Replace(route.Path.Value, "_").Trim('_'), zones),
            BurstWords = route.Burst is { Value: > 0 } burst ? $" burst={burst.Value} nodelay" : "",
            RetryAfter = rate.Length == 0 ? 0 : Wait(rate),
        };
    }

    private static int Wait(string rate)
    {
        string[] parts = rate.Split("r/");
        int period = parts[1] == "m" ? 60 : 1;
        return (int)Math.Ceiling(period / double.Parse(parts[0], CultureInfo.InvariantCulture));
    }

    private static string Size(ByteSize size) => size.ToString().TrimEnd('B').ToLowerInvariant();

    private static string Free(string name, HashSet<string> taken)
    {
        string free = name;
        for (int number = 2; !taken.Add(free); number++)
            free = $"{name}_{number}";
        return free;
    }

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotOfNames();
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using DuskStack.Manifests;
using DuskStack.Planning;

namespace DuskStack.Nginx;

/// <summary>A service by its name in the network.</summary>
public sealed record NginxUpstream(string Name, int Port);

/// <summary>A path that nginx passes on with all below it.</summary>
public sealed partial record NginxRoute
{
    private static readonly ByteSize DefaultBody = ByteSize.Mebibytes(10);
    private static readonly TimeSpan DefaultRead = TimeSpan.FromSeconds(60);

    public required string Path { get; init; }

    /// <summary>True for the path <c>/</c>, which is everything that no other route takes.</summary>
    public bool Root => Path == "/";
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

    /// <summary>Routes of one server, the longest first, so that it wins.</summary>
    /// <param name="routes">In any order.</param>
    /// <param name="zones">Names of counters that are taken.</param>
    /// <param name="body">Largest body where the route names none.</param>
    public static ImmutableArray<NginxRoute> Of(IEnumerable<UpstreamPlan> routes, HashSet<string> zones, ByteSize? body = null) =>
        [.. routes.OrderByDescending(u => u.Route.Path.Value.Length).ThenBy(u => u.Route.Path.Value, StringComparer.Ordinal).Select(u => Of(u, zones, body ?? DefaultBody))];

    private static NginxRoute Of(UpstreamPlan upstream, HashSet<string> zones, ByteSize body)
    {
        Route route = upstream.Route;
        string rate = route.Rate?.Value ?? "";
        return new()
        {
            Path = route.Path.Value,
            Upstream = upstream.Service,
            BodySize = NginxText.Size(route.BodySize?.Value ?? body),
            ReadTimeout = NginxText.Seconds(route.ReadTimeout?.Value ?? DefaultRead),
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

    private static string Free(string name, HashSet<string> taken)
    {
        string first = name.Length == 0 ? "root" : name, free = first;
        for (int number = 2; !taken.Add(free); number++)
            free = $"{first}_{number}";
        return free;
    }

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotOfNames();
}

using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;

namespace DuskStack.Planning;

/// <summary>Routes match whole segments and the longest wins, so only equal ones overlap: same host, same path.</summary>
public static class RoutePlanning
{
    public static void Check(Manifest manifest, DiagnosticBag bag)
    {
        var taken = new Dictionary<(string Host, string Path), string>();
        foreach (Service service in manifest.Services)
        {
            foreach ((string owner, ImmutableArray<Route> routes) in Owned(service))
                Check(owner, routes);
            if (manifest.Proxy is not null && service.Routes.IsEmpty && service is StackService { WithoutPort: false } && manifest.Services.Length > 1)
                bag.Warning(DiagnosticCodes.NotReachable, service.Name.Span, $"`{service.Name.Value}` has no `routes`: the proxy does not reach it", "add for example `routes: [{ path: /api }]`");
        }

        void Check(string owner, IEnumerable<Route> routes)
        {
            foreach (Route route in routes)
            {
                string path = route.Path.Value.Length > 1 ? route.Path.Value.TrimEnd('/') : route.Path.Value;
                if (!taken.TryAdd((route.Host?.Value ?? "", path), owner))
                    bag.Error(DiagnosticCodes.RouteOverlap, route.Path.Span, $"the route `{route.Host?.Value}{path}` of `{owner}` is that of `{taken[(route.Host?.Value ?? "", path)]}`", "change one of them, or separate the two by `host`");
            }
        }
    }

    /// <summary>The routes of all services but one that listen somewhere, in the order of the manifest.</summary>
    public static ImmutableArray<UpstreamPlan> Upstreams(Manifest manifest, ImmutableDictionary<string, int> ports, Service except) =>
    [
        .. from service in manifest.Services
           where service.Name.Value != except.Name.Value
           from owned in Owned(service)
           where ports.ContainsKey(owned.Owner)
           from route in owned.Routes
           select new UpstreamPlan(owned.Owner, ports[owned.Owner], route),
    ];

    private static IEnumerable<(string Owner, ImmutableArray<Route> Routes)> Owned(Service service) =>
        [(service.Name.Value, service.Routes), .. service is StackService stack ? stack.Processes.Select(p => (NameChecks.ProcessName(stack, p), p.Routes)) : []];
}

using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Stacks;

namespace DuskStack.Planning;

/// <summary>Routes match whole segments and the longest wins, so only equal ones overlap: same host, same path.</summary>
public static class RoutePlanning
{
    public static void Check(Manifest manifest, ImmutableDictionary<string, int> ports, DiagnosticBag bag)
    {
        var taken = new Dictionary<(string Host, string Path), string>();
        foreach (Service service in manifest.Services)
        {
            foreach ((string owner, ImmutableArray<Route> routes) in Owned(service))
                Check(owner, routes);
            if (manifest.Proxy is not null && service.Routes.IsEmpty && service is StackService { WithoutPort: false } && service != Whole(manifest))
                bag.Warning(DiagnosticCodes.NotReachable, service.Name.Span, $"`{service.Name.Value}` has no `routes`: the proxy does not reach it", "add for example `routes: [{ path: /api }]`");
        }

        void Check(string owner, IEnumerable<Route> routes)
        {
            foreach (Route route in routes)
            {
                if (!ports.ContainsKey(owner))
                    bag.Error(DiagnosticCodes.RouteWithoutPort, route.Path.Span, $"`{owner}` has a route, but no port on which it could be asked", "give it a `port`, or delete the route");
                string path = route.Path.Value.Length > 1 ? route.Path.Value.TrimEnd('/') : route.Path.Value;
                string host = (route.Host ?? manifest.Proxy?.Domain)?.Value.ToLowerInvariant() ?? "";
                if (!taken.TryAdd((host, path), owner))
                    bag.Error(DiagnosticCodes.RouteOverlap, route.Path.Span, $"the route `{route.Host?.Value}{path}` of `{owner}` is that of `{taken[(host, path)]}`", "change one of them, or separate the two by `host`");
            }
        }
    }

    /// <summary>All routes, with `/` for the service that has the whole site.</summary>
    public static ImmutableArray<UpstreamPlan> OfProxy(Manifest manifest, ImmutableDictionary<string, int> ports) =>
        Whole(manifest) is { } whole && ports.TryGetValue(whole.Name.Value, out int port)
            ? [.. Upstreams(manifest, ports), new(whole.Name.Value, port, new() { Path = whole.Name.With("/") })]
            : Upstreams(manifest, ports);

    /// <summary>The service that gets `/` although it has no `routes`: the only one at all, or of those that browsers talk to. Null when `/` is somebody's.</summary>
    private static Service? Whole(Manifest manifest)
    {
        if (manifest.Services.Any(s => Owned(s).Any(o => o.Routes.Any(r => r.Path.Value == "/" && r.Host is null))))
            return null;
        ImmutableArray<Service> open = [.. manifest.Services.Where(s => s is { Routes.IsEmpty: true, WithoutPort: false })];
        ImmutableArray<Service> pages = [.. open.Where(s => s is StackService stack && StackList.Find(stack.Stack.Value)?.ServesBrowsers == true)];
        return manifest.Services.Length == 1 ? open.FirstOrDefault() : pages.Length == 1 ? pages[0] : null;
    }

    /// <summary>The routes of all services but one that listen somewhere, in the order of the manifest.</summary>
    public static ImmutableArray<UpstreamPlan> Upstreams(Manifest manifest, ImmutableDictionary<string, int> ports, Service? except = null) =>
    [
        .. from service in manifest.Services
           where service.Name.Value != except?.Name.Value && (!service.Routes.IsEmpty || service is StackService { Processes.IsEmpty: false })
           from owned in Owned(service)
           where ports.ContainsKey(owned.Owner)
           from route in owned.Routes
           select new UpstreamPlan(owned.Owner, ports[owned.Owner], route),
    ];

    private static IEnumerable<(string Owner, ImmutableArray<Route> Routes)> Owned(Service service) =>
        [(service.Name.Value, service.Routes), .. service is StackService stack ? stack.Processes.Select(p => (NameChecks.ProcessName(stack, p), p.Routes)) : []];
}

using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Images;
using DuskStack.Manifests;
using DuskStack.Stacks;

namespace DuskStack.Planning.Proxy;

/// <summary>Resolves <c>proxy:</c> and the routes of all services.</summary>
public static class ProxyPlanning
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(10);

    /// <summary>Streams never end by themselves: a stop of the whole project waits for them.</summary>
    private static readonly TimeSpan Shutdown = TimeSpan.FromSeconds(3);

    private static readonly ByteSize DefaultMemory = ByteSize.Mebibytes(64), DefaultBody = ByteSize.Mebibytes(10);

    /// <summary>Null without the section.</summary>
    public static ProxyPlan? Plan(Manifest manifest, ImmutableDictionary<string, int> ports, IEnumerable<ContainerPlan> containers, DiagnosticBag bag)
    {
        if (manifest.Proxy is not { } section)
            return null;
        ImmutableArray<UpstreamPlan> routes = RoutePlanning.OfProxy(manifest, ports);
        if (routes.IsEmpty)
            bag.Warning(DiagnosticCodes.NothingBehindProxy, section.Key.Span, "no service has `routes`: the proxy answers everything with 404", "add for example `routes: [/api]` to a service");
        ImmutableArray<ProxySite> sites = Sites(section.Domain?.Value, routes, [.. containers]);
        ResourcesPlan resources = ResourcePlanning.Plan(section.Resources, DefaultMemory);
        long memory = resources.Memory.Bytes / ByteSize.Mebibyte;
        int limits = Math.Max(1, routes.Count(r => r.Route.Rate is not null));
        return new()
        {
            Domain = section.Domain?.Value,
            Tls = section.Tls?.Value switch
            {
                "files" => new("/etc/nginx/certs/fullchain.pem", "/etc/nginx/certs/privkey.pem", OwnFiles: true, Acme: null),
                "letsencrypt" when section.Domain is not null => CertbotPlanning.Tls(section, sites.Select(s => s.Host).OfType<string>()),
                _ => null,
            },
            Sites = sites,
            Upstreams = [.. routes.Select(r => new ProxyUpstream(r.Service, r.Port, InlineScripts(manifest, r.Service))).Distinct()],
            BodySize = section.BodySize?.Value ?? DefaultBody,
            Trusted = [.. section.Trusted.Select(t => t.Value)],
            Csp = section.Csp?.Value,
            // Each worker takes some 10 MiB before it does anything.
            Workers = (int)Math.Clamp(Math.Min((long)Math.Ceiling(resources.Cpus), memory / 64), 1, 32),
            Connections = (int)Math.Clamp(memory * 16, 256, 2048),
            // Memory of counters is taken as addresses come in: all of it together leaves a third for the rest.
            Counters = ByteSize.Mebibytes(Math.Clamp(memory * 2 / 3 / limits, 1, 10)),
            Sessions = ByteSize.Mebibytes(memory < 128 ? 1 : 10),
            ShutdownTimeout = Shutdown,
        };
    }

    /// <summary>The container, and what goes with it.</summary>
    public static SectionParts Parts(Manifest manifest, ProxyPlan proxy, IEnumerable<ContainerPlan> containers)
    {
        ProxySection section = manifest.Proxy!;
        BaseImage image = ImageCatalog.Shared.Default("nginx", "alpine");
        ResourcesPlan resources = ResourcePlanning.Plan(section.Resources, DefaultMemory);
        ImmutableArray<string> probe = ["CMD", "wget", "-q", "--spider", "-T", "3", $"http://127.0.0.1:{ProxyPlan.StatusPort}{ProxyPlan.HealthPath}"];
        bool tls = proxy.Tls is not null;
        ContainerPlan container = new()
        {
            Name = ProxyPlan.Container,
            Role = ContainerRole.Proxy,
            Comment = "Reverse proxy: the one door to the services. Its settings are in nginx/.",
            Image = null,
            Reference = ImagePlanning.Reference(image, manifest.Images),
            Port = ProxyPlan.HttpPort,
            Health = new HealthPlan.Check(probe, probe, HealthTiming.Application with { Interval = TimeSpan.FromSeconds(10), StartPeriod = TimeSpan.FromSeconds(20), StartInterval = TimeSpan.FromSeconds(1) }),
            // It waits for them once. Restarted with each of them, it would drop the requests to all the others.
            DependsOn =
            [
                .. from upstream in proxy.Upstreams
                   // A service of an unknown stack has no container, and its error is reported.
                   join target in containers on upstream.Name equals target.Name
                   select new DependencyPlan(upstream.Name, target.Health.IsChecked ? DependencyCondition.Healthy : DependencyCondition.Started, Restarts: false),
            ],
            StopGrace = StopGrace,
            Replicas = 1,
            Resources = resources,
            Logs = ResourcePlanning.Plan(section.Logs),
            Development = null,
            Production = new()
            {
                Command = ["sh", "/etc/nginx/start.sh", "nginx"],
                Environment = tls ? [new("HTTPS_PORT", "${HTTPS_PORT:-443}", "For redirects from HTTP.")] : [],
                Ports = [new("HTTP_PORT", 80, ProxyPlan.HttpPort, Loopback: false), .. tls ? [new PortPlan("HTTPS_PORT", 443, ProxyPlan.HttpsPort, Loopback: false)] : Array.Empty<PortPlan>()],
                Mounts = [new("./nginx", "/etc/nginx", File: true), .. proxy.Tls?.Acme is null ? [] : new[] { CertbotPlanning.Mount }],
                Tmpfs = [new("/tmp", ByteSize.Mebibytes(Math.Clamp(resources.Memory.Bytes / ByteSize.Mebibyte / 8, 1, 16)), "1777", null)],
                Networks = [NetworkNames.Edge],
                User = image.User,
                ReadOnly = true,
                DropCapabilities = true,
            },
        };
        SectionParts certbot = proxy.Tls?.Acme is { } acme ? CertbotPlanning.Parts(manifest, acme) : SectionParts.None;
        return certbot with
        {
            Containers = [container, .. certbot.Containers],
            Variables = [new(ProxyPlan.Ipv6Variable, "false", "IPv6 of the network edge, true when it is not set; for machines whose kernel has none.", VariableScope.Production)],
            Ignored = proxy.Tls is { OwnFiles: true } ? ["/nginx/certs/*.pem"] : [],
        };
    }

    private static ImmutableArray<ProxySite> Sites(string? domain, ImmutableArray<UpstreamPlan> routes, ImmutableArray<ContainerPlan> containers)
    {
        var hosts = routes.Select(r => r.Route.Host?.Value ?? domain).Prepend(domain).Distinct(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. from host in hosts
               let own = routes.Where(r => string.Equals(r.Route.Host?.Value ?? domain, host, StringComparison.OrdinalIgnoreCase)).ToImmutableArray()
               // A project whose routes all name a host has nothing for other names.
               where host is not null || !own.IsEmpty || routes.IsEmpty
               select new ProxySite(host, own, Hidden(own, containers)),
        ];
    }

    private static ImmutableArray<string> Hidden(ImmutableArray<UpstreamPlan> routes, ImmutableArray<ContainerPlan> containers) =>
    [
        .. (from container in containers
            let metrics = container.Metrics
            where metrics is not null
            let taken = routes.Where(r => IsBelow(metrics.Path, r.Route.Path.Value)).MaxBy(r => r.Route.Path.Value.Length)
            where taken is not null && taken.Service == container.Name && taken.Port == metrics.Port
            select metrics.Path).Distinct().Order(StringComparer.Ordinal),
    ];

    private static bool IsBelow(string path, string route) => route == "/" || path == route || path.StartsWith($"{route}/", StringComparison.Ordinal);

    private static bool InlineScripts(Manifest manifest, string container) =>
        manifest.Services.OfType<StackService>().FirstOrDefault(s => s.Name.Value == container) is { } service && StackList.Find(service.Stack.Value)?.InlineScripts == true;
}

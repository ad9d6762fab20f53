using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Stacks;

namespace DuskStack.Planning;

/// <summary>
/// Ports of services and processes, by container name. In development all of them, and those of backing services, share this
/// machine's loopback address: a port that somebody wrote never moves, a default moves to the next free one.
/// </summary>
public static class PortPlanning
{
    public static ImmutableDictionary<string, int> Assign(Manifest manifest, DiagnosticBag bag) => Assign(manifest, bag, out _);

    /// <summary>The first port, from one on, that nothing of this manifest has.</summary>
    public static int NextFree(Manifest manifest, int from)
    {
        Assign(manifest, new(), out ImmutableHashSet<int> taken);
        return Enumerable.Range(from, 65536 - from).First(port => !taken.Contains(port));
    }

    private static ImmutableDictionary<string, int> Assign(Manifest manifest, DiagnosticBag bag, out ImmutableHashSet<int> takenByAll)
    {
        var taken = new Dictionary<int, string>();
        var ports = ImmutableDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);

        foreach ((string name, Located<int> port) in Written(manifest))
        {
            ports[name] = port.Value;
            if (!taken.TryAdd(port.Value, name))
                bag.Error(DiagnosticCodes.PortClash, port.Span, $"port {port.Value} of `{name}` is taken by `{taken[port.Value]}`", "each port is published on this machine in development: give one of them another number");
        }

        foreach (Located<int> page in MonitoringPages(manifest))
        {
            if (taken.TryGetValue(page.Value, out string? owner))
                bag.Error(DiagnosticCodes.PortClash, page.Span, $"port {page.Value} is that of a monitoring page, and of `{owner}`", $"give `{owner}` another port");
            taken.TryAdd(page.Value, "monitoring");
        }

        // A backing service's default is what every client expects: a service's default gives way to it.
        Reserve(manifest.Postgres is { External: null or { Value: false }, Port: null }, "postgres", 5432);
        Reserve(manifest.Cache is { External: null or { Value: false }, Port: null }, manifest.Cache?.Key.Value ?? "redis", 6379);

        foreach (StackService service in manifest.Services.OfType<StackService>().Where(s => s is { Port: null, WithoutPort: false }))
        {
            int port = StackList.Find(service.Stack.Value)?.DefaultPort ?? 3000;
            while (taken.ContainsKey(port))
                port++;
            taken[port] = service.Name.Value;
            ports[service.Name.Value] = port;
        }

        foreach (StackService service in manifest.Services.OfType<StackService>())
        {
            if (StackList.Find(service.Stack.Value)?.DebugPort is not { } port)
                continue;
            while (taken.ContainsKey(port))
                port++;
            taken[port] = service.Name.Value;
            ports[Debugger(service.Name.Value)] = port;
        }

        takenByAll = [.. taken.Keys];
        return ports.ToImmutable();

        void Reserve(bool wanted, string name, int port)
        {
            if (wanted && !taken.TryAdd(port, name))
            {
                Located<int> written = Written(manifest).First(w => w.Port.Value == port).Port;
                bag.Error(DiagnosticCodes.PortClash, written.Span, $"port {port} of `{taken[port]}` is that of `{name}`", $"give one of them another number: `{name}: {{ port: {port + 1} }}` moves the published one");
            }
        }
    }

    /// <summary>The key of a service's debugger, which is no container's name.</summary>
    public static string Debugger(string service) => $"{service}#debugger";

    private static IEnumerable<(string Name, Located<int> Port)> Written(Manifest manifest)
    {
        foreach (Service service in manifest.Services)
        {
            if (service.Port is { } port)
                yield return (service.Name.Value, port);
            foreach (Process process in service is StackService stack ? stack.Processes : [])
            {
                if (process.Port is { } processPort)
                    yield return (NameChecks.ProcessName((StackService)service, process), processPort);
            }
        }

        if (manifest.Postgres?.Port is { } postgres)
            yield return ("postgres", postgres);
        if (manifest.Cache?.Port is { } cache)
            yield return (manifest.Cache.Key.Value, cache);
    }

    private static IEnumerable<Located<int>> MonitoringPages(Manifest manifest)
    {
        if (manifest.Monitoring is not { } monitoring)
            yield break;
        yield return monitoring.Key.With(9090);
        yield return monitoring.Key.With(9093);
        if (monitoring.Grafana?.Value != false)
            yield return monitoring.Key.With(3300);
    }
}

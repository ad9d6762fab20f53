using DuskStack.Backing;
using DuskStack.Diagnostics;
using DuskStack.Manifests;

namespace DuskStack.Planning;

/// <summary>replicas x workers x pool of all processes, and one for each migration, must fit into what the database accepts.</summary>
public static class ConnectionChecks
{
    /// <summary>Connections of one process when <c>pool</c> is not given.</summary>
    public const int DefaultPool = 5;

    public static void Check(Manifest manifest, IEnumerable<BackingPlan> backing, DiagnosticBag bag)
    {
        foreach (BackingPlan store in backing.Where(b => b.Connections is not null))
        {
            var uses = manifest.Services.OfType<StackService>().Where(s => s.Needs.Any(n => n.Value == store.Name)).SelectMany(Uses).ToList();
            if (manifest.Monitoring is not null && store.Exporter is { Connections: > 0 } exporter)
                uses.Add((exporter.Name, exporter.Connections, null));
            int sum = uses.Sum(u => u.Count);
            if (sum <= store.Connections)
                continue;
            Located<int>? written = uses.Select(u => u.Written).FirstOrDefault(w => w is not null);
            bag.Error(
                DiagnosticCodes.TooManyConnections,
                written?.Span ?? manifest.Postgres!.Key.Span,
                $"services may open {sum} connections to {store.Name}, which keeps {store.Connections} for them",
                $"{string.Join(", ", uses.Select(u => $"{u.Name} {u.Count}"))}: lower `pool`, `workers` or `replicas`, or raise `postgres.maxConnections`");
        }
    }

    private static IEnumerable<(string Name, int Count, Located<int>? Written)> Uses(StackService service)
    {
        int workers = service.Workers?.Value ?? 1, pool = service.Pool?.Value ?? DefaultPool;
        yield return (service.Name.Value, (service.Replicas?.Value ?? 1) * workers * pool, service.Pool ?? service.Workers ?? service.Replicas);
        foreach (Process process in service.Processes)
        {
            int count = (process.Replicas?.Value ?? 1) * (process.Workers?.Value ?? workers) * (process.Pool?.Value ?? pool);
            yield return (NameChecks.ProcessName(service, process), count, process.Pool ?? process.Workers ?? process.Replicas);
        }

        if (service.Migrate is not null)
            yield return (NameChecks.MigrateName(service), 1, null);
    }
}

using System.Collections.Immutable;
using DuskStack.Images;
using DuskStack.Planning;
using DuskStack.Planning.Monitoring;

namespace DuskStack.Backing;

/// <summary>Redis or Valkey as monitoring sees it, by redis_exporter, which speaks to both.</summary>
public static class CacheMonitoring
{
    /// <summary>Its password file is a JSON object: passwords by address.</summary>
    private const string PasswordFile = "REDIS_EXPORTER_PASSWORDS";

    /// <param name="name"><c>redis</c> or <c>valkey</c>.</param>
    /// <param name="title">As people say it.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="evicts">True when it makes room by itself: a full memory is its ordinary state then.</param>
    /// <param name="keeps">True when it writes to disk.</param>
    public static ExporterPlan Exporter(string name, string title, int port, bool evicts, bool keeps)
    {
        string address = $"redis://{name}:{port}";
        return new()
        {
            Name = MonitoringNames.Exporter(name),
            Image = ImageCatalog.Shared.Default("redis-exporter"),
            Port = 9121,
            Environment = [new("REDIS_ADDR", address), new("REDIS_PASSWORD_FILE", $"/run/secrets/{PasswordFile}")],
            Secrets = [new(PasswordFile, new SecretOrigin.Derived($"{{\"{address}\":\"", "REDIS_PASSWORD", "\"}") { Json = true })],
            Watch = pace => new(name, title, new(name, $"{title}: there, with room, and safe on disk where it should be.", [
                new($"{name}:memory:ratio", "redis_memory_used_bytes / redis_memory_max_bytes"),
            ], Alerts(name, title, pace, evicts, keeps)), Panels(name, title, pace)),
        };
    }

    private static ImmutableArray<AlertRule> Alerts(string name, string title, Pace pace, bool evicts, bool keeps)
    {
        string instance = $"job=\"{name}-exporter\",instance=\"{name}-exporter:9121\"";
        return
        [
            new()
            {
                Name = $"{title}Down",
                Severity = AlertSeverity.Critical,
                Expression = "redis_up == 0",
                For = pace.Soon,
                Summary = $"{title} does not answer",
                Description = $"Services that need it fail. docker compose -f compose.prod.yaml logs {name}; exit code 137 without a word is the kernel, for lack of memory.",
                Fires = pace.Test(($"redis_up{{{instance}}}", "0")),
                Silent = pace.Test(($"redis_up{{{instance}}}", "1")),
            },
            evicts ? Evictions(title, instance, pace) : Memory(name, title, instance, pace),
            new()
            {
                Name = $"{title}RejectsConnections",
                Severity = AlertSeverity.Warning,
                Expression = $"increase(redis_rejected_connections_total[{pace.Rate}]) > 0",
                For = pace.Soon,
                Summary = $"{title} turns clients away",
                Description = "It has as many clients as it accepts (maxclients). A service that opens a connection per request and never closes it is the usual reason.",
                Fires = pace.Test(($"redis_rejected_connections_total{{{instance}}}", "0+1")),
                Silent = pace.Test(($"redis_rejected_connections_total{{{instance}}}", "9")),
            },
            .. keeps ? [Saving(name, title, instance, pace)] : ImmutableArray<AlertRule>.Empty,
        ];
    }

    private static AlertRule Memory(string name, string title, string instance, Pace pace) => new()
    {
        Name = $"{title}Memory",
        Severity = AlertSeverity.Critical,
        Expression = $"{name}:memory:ratio > 0.9",
        Comment = "It evicts nothing (noeviction): when it is full, writes fail.",
        For = pace.Lasting,
        Summary = $"{title} uses {{{{ $value | humanizePercentage }}}} of its memory",
        Description = $"When it is full, writes fail. Raise `{name}.maxMemory` and its `resources.memory`, or find the keys that nobody deletes: {name}-cli --bigkeys.",
        Fires = pace.Test(($"redis_memory_used_bytes{{{instance}}}", "95"), ($"redis_memory_max_bytes{{{instance}}}", "100")),
        Silent = pace.Test(($"redis_memory_used_bytes{{{instance}}}", "85"), ($"redis_memory_max_bytes{{{instance}}}", "100")),
    };

    private static AlertRule Evictions(string title, string instance, Pace pace) => new()
    {
        Name = $"{title}Evicts",
        Severity = AlertSeverity.Warning,
        Expression = $"rate(redis_evicted_keys_total[{pace.Rate}]) > 10",
        Comment = "A cache that is full and evicts a little is as it should be; one that evicts all the time is too small to help.",
        For = pace.Lasting,
        Summary = $"{title} evicts {{{{ $value | humanize }}}} keys a second",
        Description = "What was cached is gone before it is asked for again. Compare with the panel of hits; raise maxMemory, or let keys expire sooner.",
        Fires = pace.Test(($"redis_evicted_keys_total{{{instance}}}", pace.PerSecond(15))),
        Silent = pace.Test(($"redis_evicted_keys_total{{{instance}}}", pace.PerSecond(5))),
    };

    private static AlertRule Saving(string name, string title, string instance, Pace pace) => new()
    {
        Name = $"{title}DoesNotSave",
        Severity = AlertSeverity.Critical,
        Expression = "redis_rdb_last_bgsave_status == 0 or redis_aof_last_write_status == 0",
        For = pace.Soon,
        Summary = $"{title} cannot write to disk",
        Description = $"After a restart its newest data is missing, and it may refuse writes until then. Disk full, or too little memory to fork: docker compose -f compose.prod.yaml logs {name}",
        Fires = pace.Test(($"redis_rdb_last_bgsave_status{{{instance}}}", "1"), ($"redis_aof_last_write_status{{{instance}}}", "0")),
        Silent = pace.Test(($"redis_rdb_last_bgsave_status{{{instance}}}", "1"), ($"redis_aof_last_write_status{{{instance}}}", "1")),
    };

    private static ImmutableArray<PanelPlan> Panels(string name, string title, Pace pace) =>
    [
        new("Memory", "percentunit", $"Of maxMemory. At 100 % {title} evicts keys, or refuses writes where its policy is noeviction.", ($"{name}:memory:ratio", "used")),
        new("Commands", "ops", "Per second.", ($"rate(redis_commands_processed_total[{pace.Rate}])", "commands")),
        new("Keys found", "ops", "Lookups that found their key, and those that did not.",
            ($"rate(redis_keyspace_hits_total[{pace.Rate}])", "hits"), ($"rate(redis_keyspace_misses_total[{pace.Rate}])", "misses")),
        new("Evicted keys", "ops", "Thrown out to make room.", ($"rate(redis_evicted_keys_total[{pace.Rate}])", "evicted")),
        new("Clients", "short", "Open connections.", ("redis_connected_clients", "clients")),
    ];
}

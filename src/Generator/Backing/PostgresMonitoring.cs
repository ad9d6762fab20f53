using System.Collections.Immutable;
using DuskStack.Images;
using DuskStack.Planning;
using DuskStack.Planning.Monitoring;

namespace DuskStack.Backing;

/// <summary>PostgreSQL as monitoring sees it, by postgres_exporter.</summary>
public static class PostgresMonitoring
{
    /// <summary>It asks as the owner of the database, over the same password file: a role of its own would have to be made by hand in a database that exists.</summary>
    public static ExporterPlan Exporter(string user, string database) => new()
    {
        Name = MonitoringNames.Exporter("postgres"),
        Image = ImageCatalog.Shared.Default("postgres-exporter"),
        Port = 9187,
        Environment =
        [
            // Within the network `data`, which leads nowhere.
            new("DATA_SOURCE_URI", $"postgres:5432/{database}?sslmode=disable"),
            new("DATA_SOURCE_USER", user),
            new("DATA_SOURCE_PASS_FILE", "/run/secrets/POSTGRES_PASSWORD"),
        ],
        Secrets = [new("POSTGRES_PASSWORD", new SecretOrigin.Random([]))],
        Connections = 3,
        Watch = pace => new("postgres", "PostgreSQL", new("postgres", "PostgreSQL: there, writable, with connections to spare.", [
            new("postgres:connections:ratio", "sum by (job) (pg_stat_activity_count) / on (job) pg_settings_max_connections"),
        ], Alerts(pace)), Panels(pace)),
    };

    private static ImmutableArray<AlertRule> Alerts(Pace pace)
    {
        const string Instance = "job=\"postgres-exporter\",instance=\"postgres-exporter:9187\"";
        const string Activity = "pg_stat_activity_count{" + Instance + ",datname=\"shop\",state=\"idle\"}", Limit = "pg_settings_max_connections{" + Instance + "}";
        const string Deadlocks = "pg_stat_database_deadlocks{" + Instance + ",datname=\"shop\"}", Transaction = "pg_stat_activity_max_tx_duration{" + Instance + ",datname=\"shop\",state=\"idle in transaction\"}";
        return
        [
            new()
            {
                Name = "PostgresDown",
                Severity = AlertSeverity.Critical,
                Expression = "pg_up == 0",
                For = pace.Soon,
                Summary = "PostgreSQL does not answer",
                Description = "Services that need it fail. docker compose -f compose.prod.yaml logs postgres; a password that was changed in secrets/ alone looks the same, see scripts/secrets.sh.",
                Fires = pace.Test(("pg_up{" + Instance + "}", "0")),
                Silent = pace.Test(("pg_up{" + Instance + "}", "1")),
            },
            new()
            {
                Name = "PostgresReadOnly",
                Severity = AlertSeverity.Critical,
                Expression = "pg_replication_is_replica == 1",
                Comment = "There is one server and no replica of it. As a standby, after a restore that went half way, it refuses every write.",
                For = pace.Soon,
                Summary = "The only PostgreSQL is a standby and refuses writes",
                Description = "Is there a standby.signal in its data folder? After a restore: docker compose -f compose.prod.yaml exec postgres pg_ctl promote, once you are sure that its data is complete.",
                Fires = pace.Test(("pg_replication_is_replica{" + Instance + "}", "1")),
                Silent = pace.Test(("pg_replication_is_replica{" + Instance + "}", "0")),
            },
            new()
            {
                Name = "PostgresConnections",
                Severity = AlertSeverity.Warning,
                Expression = "postgres:connections:ratio > 0.8",
                For = pace.Lasting,
                Summary = "{{ $value | humanizePercentage }} of PostgreSQL's connections are taken",
                Description = "At 100 % services get errors. Which of them holds so many: SELECT application_name, state, count(*) FROM pg_stat_activity GROUP BY 1, 2. Lower `pool` or `workers`, or raise `postgres.maxConnections`.",
                Fires = pace.Test((Activity, "85"), (Limit, "100")),
                Silent = pace.Test((Activity, "75"), (Limit, "100")),
            },
            new()
            {
                Name = "PostgresDeadlocks",
                Severity = AlertSeverity.Warning,
                Expression = $"increase(pg_stat_database_deadlocks[{pace.Rate}]) > 1",
                For = pace.Soon,
                Summary = "Transactions in {{ $labels.datname }} lock each other out",
                Description = "PostgreSQL ends one of them, and its request fails. Its log has both statements: take locks in the same order everywhere.",
                Fires = pace.Test((Deadlocks, "0+1")),
                Silent = pace.Test((Deadlocks, "7")),
            },
            new()
            {
                Name = "PostgresLongTransaction",
                Severity = AlertSeverity.Warning,
                Expression = "max by (job, datname, state) (pg_stat_activity_max_tx_duration) > 1800",
                For = pace.Lasting,
                Summary = "A transaction in {{ $labels.datname }} has been open for {{ $value | humanizeDuration }}",
                Description = "It keeps locks, and dead rows from being cleaned up. SELECT pid, state, query FROM pg_stat_activity ORDER BY xact_start LIMIT 5 shows it; pg_terminate_backend(pid) ends it. A backup may take that long rightly.",
                Fires = pace.Test((Transaction, "2000")),
                Silent = pace.Test((Transaction, "1500")),
            },
        ];
    }

    private static ImmutableArray<PanelPlan> Panels(Pace pace) =>
    [
        new("Connections", "percentunit", "Of those that it accepts. PostgresConnections fires above 80 %.", ("postgres:connections:ratio", "taken")),
        new("Connections by state", "short", "Many that are idle in transaction: somebody forgets to commit.", ("sum by (state) (pg_stat_activity_count)", "{{state}}")),
        new("Transactions", "ops", "Committed and rolled back per second.",
            ($"sum(rate(pg_stat_database_xact_commit[{pace.Rate}]))", "committed"), ($"sum(rate(pg_stat_database_xact_rollback[{pace.Rate}]))", "rolled back")),
        new("Reads from memory", "percentunit", "Share of pages that were in memory. Below 95 % for long: more `resources.memory` for postgres.",
            ($"sum(rate(pg_stat_database_blks_hit[{pace.Rate}])) / (sum(rate(pg_stat_database_blks_hit[{pace.Rate}])) + sum(rate(pg_stat_database_blks_read[{pace.Rate}])))", "hits")),
        new("Size", "bytes", "Of each database, on disk.", ("pg_database_size_bytes{datname!~\"template.*\"}", "{{datname}}")),
        new("Longest transaction", "s", "PostgresLongTransaction fires above half an hour.", ("max by (datname) (pg_stat_activity_max_tx_duration)", "{{datname}}")),
    ];
}

using System.Collections.Immutable;
using DuskStack.Manifests;

namespace DuskStack.Planning.Monitoring;

/// <summary>Monitoring itself: blind eyes raise no alerts.</summary>
public static class SelfRules
{
    public static Watched Of(Pace pace, ImmutableArray<ScrapeJob> parts, bool receiver)
    {
        string instance = "job=\"prometheus\",instance=\"127.0.0.1:9090\"", window = DurationText.Write(pace.Long);
        int lost = (int)(pace.Long / pace.Evaluation), found = (int)(pace.Soon / pace.Evaluation) + 2, enough = (int)(pace.Long / pace.Interval * 4 / 5);
        return new("monitoring", "Monitoring", new("monitoring", "Monitoring itself: what is blind says nothing.", [],
        [
            new()
            {
                Name = "MonitoringPartDown",
                Severity = AlertSeverity.Warning,
                Expression = "job:replicas:planned{part=\"monitoring\"}\n  unless on (job) (count by (job) (up == 1) >= on (job) job:replicas:planned)",
                For = pace.Lasting,
                Summary = "{{ $labels.job }} does not answer",
                Description = "Alerts that come from it stay away. docker compose -f compose.prod.yaml logs {{ $labels.job }}",
                Fires = pace.Test(ServiceRules.Up(parts, down: "prometheus")),
                Silent = pace.Test(ServiceRules.Up(parts)),
            },
            new()
            {
                Name = "ScrapesLost",
                Severity = AlertSeverity.Warning,
                Expression = $"avg_over_time(up[{window}]) < 0.9\n  and on (job, instance) up == 1\n  and on (job, instance) count_over_time(up[{window}]) > {enough}",
                Comment = "The last half: after a first start nothing is known yet.",
                For = pace.Soon,
                Summary = "{{ $labels.job }} answers only some of the time",
                Description = "{{ $value | humanizePercentage }} of the looks at {{ $labels.instance }} succeeded. It is too slow for the scrape interval, or restarts; its page of metrics may have grown too long.",
                Fires = new(pace.Evaluation, lost + found, [($"up{{{instance}}}", $"0x{lost} 1x{found}")]),
                Silent = pace.Test(($"up{{{instance}}}", "1")),
            },
            new()
            {
                Name = "RulesFail",
                Severity = AlertSeverity.Warning,
                Expression = $"increase(prometheus_rule_evaluation_failures_total[{pace.Rate}]) > 0",
                For = pace.Soon,
                Summary = "A rule cannot be evaluated",
                Description = "The page /rules of Prometheus shows which, and why: most often two series where one is expected.",
                Fires = pace.Test(($"prometheus_rule_evaluation_failures_total{{{instance},rule_group=\"services\"}}", "0+1")),
                Silent = pace.Test(($"prometheus_rule_evaluation_failures_total{{{instance},rule_group=\"services\"}}", "3")),
            },
            new()
            {
                Name = "StorageFails",
                Severity = AlertSeverity.Critical,
                Expression = $"increase(prometheus_tsdb_compactions_failed_total[{window}]) > 0\n  or increase(prometheus_tsdb_wal_corruptions_total[{window}]) > 0",
                For = pace.Soon,
                Summary = "Prometheus cannot keep its data",
                Description = "Its disk is full or broken. docker compose -f compose.prod.yaml logs prometheus names the file.",
                Fires = pace.Test(($"prometheus_tsdb_compactions_failed_total{{{instance}}}", "0+1"), ($"prometheus_tsdb_wal_corruptions_total{{{instance}}}", "0")),
                Silent = pace.Test(($"prometheus_tsdb_compactions_failed_total{{{instance}}}", "2"), ($"prometheus_tsdb_wal_corruptions_total{{{instance}}}", "1")),
            },
            .. receiver ? Notifications(pace, instance) : [],
        ]), Panels(pace, receiver));
    }

    private static ImmutableArray<AlertRule> Notifications(Pace pace, string instance)
    {
        const string Way = "alertmanager=\"http://alertmanager:9093/api/v2/alerts\"";
        return
        [
            new()
            {
                Name = "AlertsNotSent",
                Severity = AlertSeverity.Warning,
                Expression = $"rate(prometheus_notifications_errors_total[{pace.Rate}]) > 0.5 * rate(prometheus_notifications_sent_total[{pace.Rate}])",
                Comment = "Half of them: a restart of Alertmanager loses a few, and they are sent again.",
                For = pace.Soon,
                Summary = "Prometheus does not reach Alertmanager",
                Description = "Nobody hears of alerts. docker compose -f compose.prod.yaml ps alertmanager",
                Fires = pace.Test(($"prometheus_notifications_errors_total{{{instance},{Way}}}", "0+1"), ($"prometheus_notifications_sent_total{{{instance},{Way}}}", "0+1")),
                Silent = pace.Test(($"prometheus_notifications_errors_total{{{instance},{Way}}}", "0+1"), ($"prometheus_notifications_sent_total{{{instance},{Way}}}", "0+4")),
            },
            new()
            {
                Name = "AlertsNotDelivered",
                Severity = AlertSeverity.Warning,
                Expression = $"increase(alertmanager_notifications_failed_total{{integration=\"webhook\"}}[{pace.Rate}]) > 0",
                Comment = "It can be seen on Prometheus' page /alerts only: its own way out is the one that fails.",
                For = pace.Soon,
                Summary = "The receiver of alerts does not take them",
                Description = "Nobody hears of alerts. docker compose -f compose.prod.yaml logs alertmanager shows its answer; the address stands in the receiver's secret file.",
                Fires = pace.Test(("alertmanager_notifications_failed_total{job=\"alertmanager\",integration=\"webhook\",reason=\"serverError\"}", "0+1")),
                Silent = pace.Test(("alertmanager_notifications_failed_total{job=\"alertmanager\",integration=\"webhook\",reason=\"serverError\"}", "1")),
            },
        ];
    }

    private static ImmutableArray<PanelPlan> Panels(Pace pace, bool receiver) =>
    [
        new("Firing alerts", "short", "Alerts that fire now, by name. Prometheus' page /alerts says more.", ("sum by (alertname) (ALERTS{alertstate=\"firing\"}) or vector(0)", "{{alertname}}")) { Number = true },
        new("Targets", "short", "1: the last look succeeded.", ("up", "{{job}} {{instance}}")),
        new("Duration of looks", "s", "How long each target takes to show its metrics.", ("max by (job) (scrape_duration_seconds)", "{{job}}")),
        new("Series", "short", "Time series in memory. A steep rise: a label has too many values.", ("prometheus_tsdb_head_series", "series")),
        new("Size on disk", "bytes", "Blocks of Prometheus; retention bounds them.", ("prometheus_tsdb_storage_blocks_bytes", "blocks")),
        .. receiver ? [new PanelPlan("Notifications", "ops", "Sent to the receiver, and refused by it.", ($"sum(rate(alertmanager_notifications_total{{integration=\"webhook\"}}[{pace.Rate}]))", "sent"), ($"sum(rate(alertmanager_notifications_failed_total{{integration=\"webhook\"}}[{pace.Rate}]))", "refused"))] : ImmutableArray<PanelPlan>.Empty,
    ];
}

using System.Collections.Immutable;
using DuskStack.Manifests;

namespace DuskStack.Planning.Monitoring;

/// <summary>Services that serve metrics: by the histogram of the starters, and by what every client library says of its process.</summary>
public static class ServiceRules
{
    /// <param name="pace">How long to wait.</param>
    /// <param name="services">Of which at least one has metrics.</param>
    /// <param name="jobs">Their jobs.</param>
    public static Watched Of(Pace pace, ImmutableArray<ContainerPlan> services, ImmutableArray<ScrapeJob> jobs)
    {
        ImmutableArray<string> several = [.. services.Where(s => s.Metrics!.Processes > 1).Select(s => s.Name)];
        string sample = services[0].Name;
        return new("services", "Services", new("services", "Services that serve metrics: are they there, do they answer, how fast, within their memory?", Records(pace), Alerts(pace, sample, several, jobs)), Panels(pace));
    }

    private static ImmutableArray<RecordingRule> Records(Pace pace) =>
    [
        new("job:http_requests:rate", $"sum by (job) (rate(http_request_duration_seconds_count[{pace.Rate}]))"),
        new("job:http_errors:ratio", $"(sum by (job) (rate(http_request_duration_seconds_count{{status=~\"5..\"}}[{pace.Rate}])) or 0 * job:http_requests:rate) / job:http_requests:rate")
        {
            Comment = "Without a failed request there is no such series: the `or` makes it 0 then.",
        },
        new("job:http_request_duration:p95", $"histogram_quantile(0.95, sum by (job, le) (rate(http_request_duration_seconds_bucket[{pace.Rate}])))"),
    ];

    private static ImmutableArray<AlertRule> Alerts(Pace pace, string sample, ImmutableArray<string> several, ImmutableArray<ScrapeJob> jobs)
    {
        string instance = $"job=\"{sample}\",instance=\"10.0.0.2:80\"";
        return
        [
            new()
            {
                Name = "ServiceDown",
                Severity = AlertSeverity.Critical,
                Expression = "job:replicas:planned{part=\"service\"}\n  unless on (job) (count by (job) (up == 1) >= on (job) job:replicas:planned)",
                Comment = "A stopped container loses its name, and with it its target: it is missed by number, not by `up == 0`.",
                For = pace.Soon,
                Summary = "{{ $labels.job }} runs with fewer containers than planned",
                Description = "Fewer than {{ $value }} of them answer Prometheus. See what happened: docker compose -f compose.prod.yaml ps -a {{ $labels.job }}, then its logs. One that restarts again and again often lacks a secret or memory.",
                Fires = pace.Test(Up(jobs, down: sample)),
                Silent = pace.Test(Up(jobs)),
            },
            new()
            {
                Name = "ServiceFails",
                Severity = AlertSeverity.Critical,
                Expression = "job:http_errors:ratio > 0.05 and job:http_requests:rate > 0.02",
                Comment = "The second half: one failed request in a quiet night wakes nobody.",
                For = pace.Lasting,
                Summary = "{{ $labels.job }} fails {{ $value | humanizePercentage }} of its requests",
                Description = "More than 5 % of the answers are 5xx. Its logs name the errors: docker compose -f compose.prod.yaml logs --since 15m {{ $labels.job }}. If all routes fail, look at what it needs first: database, cache, other services.",
                Fires = pace.Test(Requests(instance, "200", pace.PerSecond(9)), Requests(instance, "500", pace.PerSecond(1))),
                Silent = pace.Test(Requests(instance, "200", pace.PerSecond(97)), Requests(instance, "500", pace.PerSecond(3))),
            },
            new()
            {
                Name = "ServiceSlow",
                Severity = AlertSeverity.Warning,
                Expression = "job:http_request_duration:p95 > 1",
                For = pace.Lasting,
                Summary = "{{ $labels.job }} takes {{ $value | humanizeDuration }} for one request of twenty",
                Description = "The slowest twentieth of its requests takes longer than a second. The panel of durations shows which routes; compare with its processor time and with the database.",
                Fires = pace.Test(Bucket(instance, "1", pace.PerSecond(8)), Bucket(instance, "2.5", pace.PerSecond(10)), Bucket(instance, "+Inf", pace.PerSecond(10))),
                Silent = pace.Test(Bucket(instance, "0.5", pace.PerSecond(8)), Bucket(instance, "1", pace.PerSecond(10)), Bucket(instance, "+Inf", pace.PerSecond(10))),
            },
            .. jobs.Select(j => j.Name).Except(several).FirstOrDefault() is { } single ? [Restarts(pace, single, several)] : ImmutableArray<AlertRule>.Empty,
            new()
            {
                Name = "ServiceMemory",
                Severity = AlertSeverity.Warning,
                Expression = "process_resident_memory_bytes / on (job) group_left job:memory_limit_bytes:planned > 0.9",
                For = pace.Lasting,
                Summary = "{{ $labels.job }} uses {{ $value | humanizePercentage }} of its memory",
                Description = "At the limit the kernel kills it. Raise `resources.memory` of {{ $labels.job }} in duskstack.yaml, or find what it keeps: a curve that only rises is a leak.",
                Fires = pace.Test(($"process_resident_memory_bytes{{{instance}}}", "1000000000000")),
                Silent = pace.Test(($"process_resident_memory_bytes{{{instance}}}", "1000000")),
            },
        ];
    }

    /// <param name="pace">How long to wait.</param>
    /// <param name="sample">A service with one process.</param>
    /// <param name="several">Services that it cannot be said of.</param>
    private static AlertRule Restarts(Pace pace, string sample, ImmutableArray<string> several)
    {
        string alone = several.IsEmpty ? "" : $"{{job!~\"{string.Join('|', several)}\"}}", instance = $"job=\"{sample}\",instance=\"10.0.0.2:80\"";
        return new()
        {
            Name = "ServiceRestarts",
            Severity = AlertSeverity.Warning,
            Expression = $"changes(process_start_time_seconds{alone}[{DurationText.Write(pace.Long)}]) > 2 and on (job) job:replicas:planned{{part=\"service\"}}",
            Comment = several.IsEmpty ? null : $"Of several workers another one answers each time: {string.Join(", ", several)} would seem to start again and again.",
            For = TimeSpan.Zero,
            Summary = "{{ $labels.job }} starts again and again",
            Description = "{{ $labels.instance }} started {{ $value }} times within " + DurationText.Write(pace.Long) + ". Why it ended: docker compose -f compose.prod.yaml logs {{ $labels.job }}; exit code 137 without a word is the kernel, for lack of memory.",
            Fires = pace.Test(pace.Long, ($"process_start_time_seconds{{{instance}}}", "0+1")),
            Silent = pace.Test(pace.Long, ($"process_start_time_seconds{{{instance}}}", "5")),
        };
    }

    /// <summary>Every target of these jobs up, but one of <paramref name="down"/>.</summary>
    public static ImmutableArray<(string Name, string Value)> Up(ImmutableArray<ScrapeJob> jobs, string? down = null) =>
    [
        .. from job in jobs
           from replica in Enumerable.Range(1, job.Replicas)
           select ($"up{{job=\"{job.Name}\",instance=\"{job.Name}-{replica}\"}}", job.Name == down && replica == 1 ? "0" : "1"),
    ];

    private static (string Name, string Values) Requests(string instance, string status, string growth) =>
        ($"http_request_duration_seconds_count{{{instance},method=\"GET\",route=\"/api/items\",status=\"{status}\"}}", growth);

    private static (string Name, string Values) Bucket(string instance, string limit, string growth) =>
        ($"http_request_duration_seconds_bucket{{{instance},method=\"GET\",route=\"/api/items\",status=\"200\",le=\"{limit}\"}}", growth);

    private static ImmutableArray<PanelPlan> Panels(Pace pace) =>
    [
        new("Containers that answer", "short", "Per service: how many of its containers answered the last look, beside how many there should be.",
            ("count by (job) (up == 1) and on (job) job:replicas:planned{part=\"service\"}", "{{job}}"), ("job:replicas:planned{part=\"service\"}", "{{job}} planned")) { Number = true },
        new("Requests", "reqps", "Answered requests per second, without probes and streams.", ("job:http_requests:rate", "{{job}}")),
        new("Failed requests", "percentunit", "Share of answers that are 5xx. ServiceFails fires above 5 %.", ("job:http_errors:ratio", "{{job}}")),
        new("Duration of requests", "s", "Nineteen of twenty requests are faster than this. ServiceSlow fires above a second.", ("job:http_request_duration:p95", "{{job}}")),
        new("Duration by route", "s", "The mean of each route: which one is slow?",
            ($"sum by (job, route) (rate(http_request_duration_seconds_sum[{pace.Rate}])) / sum by (job, route) (rate(http_request_duration_seconds_count[{pace.Rate}]) > 0)", "{{job}} {{route}}")),
        new("Memory of its limit", "percentunit", "Resident memory of each process as a share of what duskstack.yaml gives it. At 100 % the kernel kills it.",
            ("process_resident_memory_bytes / on (job) group_left job:memory_limit_bytes:planned", "{{job}} {{instance}}")),
        new("Processor time", "percentunit", "Of one core.", ($"rate(process_cpu_seconds_total[{pace.Rate}]) and on (job) job:memory_limit_bytes:planned", "{{job}} {{instance}}")),
        new("Starts", "short", "Starts of a process within this time. With several workers it counts their taking turns.",
            ($"changes(process_start_time_seconds[{DurationText.Write(pace.Long)}]) and on (job) job:memory_limit_bytes:planned", "{{job}} {{instance}}")),
    ];
}

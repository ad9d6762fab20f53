using System.Collections.Immutable;

namespace DuskStack.Planning.Monitoring;

/// <summary>The machine below the containers, by node_exporter.</summary>
public static class MachineRules
{
    public static Watched Of(Pace pace) => new("machine", "Machine", new("machine", "The machine: disks and memory.", Records, Alerts(pace)), Panels(pace));

    private static ImmutableArray<RecordingRule> Records =>
    [
        new("device:disk_free:ratio", "min by (device) (node_filesystem_avail_bytes{fstype!~\"tmpfs|overlay|squashfs|ramfs\"} / node_filesystem_size_bytes)")
        {
            Comment = "One disk is mounted at several places: it counts once.",
        },
    ];

    private static ImmutableArray<AlertRule> Alerts(Pace pace)
    {
        string instance = "job=\"node-exporter\",instance=\"node-exporter:9100\"", disk = $"{instance},device=\"/dev/sda1\",fstype=\"ext4\",mountpoint=\"/\"";
        TimeSpan step = TimeSpan.FromMinutes(5);
        return
        [
            new()
            {
                Name = "DiskAlmostFull",
                Severity = AlertSeverity.Critical,
                Expression = "device:disk_free:ratio < 0.1",
                For = pace.Lasting,
                Summary = "{{ $labels.device }} has {{ $value | humanizePercentage }} left",
                Description = "A full disk stops the database and every write. What takes the room: docker system df. Old images go by docker image prune -a; data of Prometheus shrinks with `monitoring.retention`.",
                Fires = AlertTest.Of(step, 85, ($"node_filesystem_avail_bytes{{{disk}}}", "9"), ($"node_filesystem_size_bytes{{{disk}}}", "100")),
                Silent = AlertTest.Of(step, 85, ($"node_filesystem_avail_bytes{{{disk}}}", "11"), ($"node_filesystem_size_bytes{{{disk}}}", "100")),
            },
            new()
            {
                Name = "DiskFillsUp",
                Severity = AlertSeverity.Warning,
                Expression = "device:disk_free:ratio < 0.4 and predict_linear(device:disk_free:ratio[6h:5m], 24 * 3600) < 0",
                For = TimeSpan.FromHours(1),
                Summary = "{{ $labels.device }} will be full within a day",
                Description = "At the speed of the last six hours it runs full; {{ $value | humanizePercentage }} are left. What grew: docker system df, and the size of the databases.",
                Fires = AlertTest.Of(step, 85, ($"node_filesystem_avail_bytes{{{disk}}}", "40-0.2"), ($"node_filesystem_size_bytes{{{disk}}}", "100")),
                Silent = AlertTest.Of(step, 85, ($"node_filesystem_avail_bytes{{{disk}}}", "40-0.01"), ($"node_filesystem_size_bytes{{{disk}}}", "100")),
            },
            new()
            {
                Name = "MachineMemory",
                Severity = AlertSeverity.Warning,
                Expression = "node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes < 0.1",
                For = pace.Lasting,
                Summary = "The machine has {{ $value | humanizePercentage }} of its memory left",
                Description = "When nothing is left the kernel ends processes. docker stats shows who uses it; compare with the limits in compose.prod.yaml.",
                Fires = AlertTest.Of(step, 85, ($"node_memory_MemAvailable_bytes{{{instance}}}", "9"), ($"node_memory_MemTotal_bytes{{{instance}}}", "100")),
                Silent = AlertTest.Of(step, 85, ($"node_memory_MemAvailable_bytes{{{instance}}}", "11"), ($"node_memory_MemTotal_bytes{{{instance}}}", "100")),
            },
        ];
    }

    private static ImmutableArray<PanelPlan> Panels(Pace pace) =>
    [
        new("Disk", "percentunit", "Room that is left on each disk. DiskAlmostFull fires below 10 %.", ("device:disk_free:ratio", "{{device}}")),
        new("Memory", "bytes", "What programs could still get, of what the machine has.", ("node_memory_MemAvailable_bytes", "available"), ("node_memory_MemTotal_bytes", "there is")),
        new("Processor", "percentunit", "Share of all cores that is not idle.", ($"1 - avg(rate(node_cpu_seconds_total{{mode=\"idle\"}}[{pace.Rate}]))", "busy")),
        new("Load", "short", "Processes that run or wait to, over a minute. Above the number of cores things queue.", ("node_load1", "load"), ("count(count by (cpu) (node_cpu_seconds_total))", "cores")),
        new("Disk traffic", "Bps", "Read and written per second.", ($"sum(rate(node_disk_read_bytes_total[{pace.Rate}]))", "read"), ($"sum(rate(node_disk_written_bytes_total[{pace.Rate}]))", "written")),
    ];
}

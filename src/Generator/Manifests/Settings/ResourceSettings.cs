using System.Collections.Immutable;
using DuskStack.Diagnostics;

namespace DuskStack.Manifests.Settings;

/// <summary><c>resources:</c></summary>
public static class ResourceSettings
{
    private static readonly DecimalType CpuCount = new(0.01m, 512m);

    public static readonly Setting<decimal> Cpus = new("cpus", CpuCount) { Summary = "Processors it may use at most; parts of one are possible.", DefaultInWords = "the kind's own", Example = "0.5" };
    public static readonly Setting<ByteSize> Memory = new("memory", ValueTypes.ContainerMemory) { Summary = "Memory it may use at most, in binary units as in Compose (256M is 256 MiB); beyond it the kernel ends the process.", DefaultInWords = "the kind's own", Example = "256M" };

    public static readonly Setting<decimal> ReserveCpus = new("cpus", CpuCount) { Summary = "Processors set aside for it.", Example = "0.25" };
    public static readonly Setting<ByteSize> ReserveMemory = new("memory", ValueTypes.ContainerMemory) { Summary = "Memory set aside for it, at most its limit.", DefaultInWords = "half of the limit", Example = "128M" };

    public static readonly Setting<Resources> Reserve = new("reserve", new ObjectType<Resources>(
        new("reserve", "What is set aside for a container.", [ReserveCpus, ReserveMemory]) { Example = "reserve: { cpus: 0.5, memory: 128M }" },
        values => new() { ReserveCpus = values.Get(ReserveCpus), ReserveMemory = values.Get(ReserveMemory) }))
    { Summary = "What is set aside for the container, so that it always gets it." };

    public static readonly ObjectType<Resources> Type = new(
        new("resources", "How much of the machine a container may use.", [Cpus, Memory, Reserve])
        {
            OtherWords = ImmutableDictionary.CreateRange(new Dictionary<string, string>
            {
                ["reservations"] = "reserve", ["requests"] = "reserve", ["limits"] = "write `cpus` and `memory` directly under `resources`", ["cpu"] = "cpus", ["mem"] = "memory", ["ram"] = "memory",
            }),
            Example = "resources: { cpus: 1, memory: 256M, reserve: { cpus: 0.5, memory: 128M } }",
        },
        Build);

    private static Resources Build(ObjectValues values)
    {
        var reserve = values.Get(Reserve)?.Value ?? new();
        var resources = reserve with { Cpus = values.Get(Cpus), Memory = values.Get(Memory) };
        if (resources is { Memory: { } limit, ReserveMemory: { } reserved } && reserved.Value.Bytes > limit.Value.Bytes)
            values.Bag.Error(DiagnosticCodes.OutOfRange, reserved.Span, $"{reserved.Value} are reserved, but the limit is {limit.Value}", "reserve at most the limit");
        if (resources is { Cpus: { } most, ReserveCpus: { } kept } && kept.Value > most.Value)
            values.Bag.Error(DiagnosticCodes.OutOfRange, kept.Span, $"{kept.Value} processors are reserved, but the limit is {most.Value}", "reserve at most the limit");
        return resources;
    }
}

/// <summary><c>logs:</c></summary>
public static class LogSettings
{
    public static readonly Setting<ByteSize> MaxSize = new("maxSize", ValueTypes.TransferSize) { Summary = "Size at which a log file is rotated, in binary units.", Default = "10m", Example = "50m" };
    public static readonly Setting<int> MaxFiles = new("maxFiles", new IntegerType(1, 100)) { Summary = "Log files that are kept, the current one included.", Default = "3", Example = "5" };

    public static readonly ObjectType<Logs> Type = new(
        new("logs", "How a container's log is rotated.", [MaxSize, MaxFiles])
        {
            OtherWords = ImmutableDictionary.CreateRange(new Dictionary<string, string> { ["max-size"] = "maxSize", ["max-file"] = "maxFiles", ["driver"] = "the driver is always `json-file`, rotated", ["options"] = "write `maxSize` and `maxFiles` directly under `logs`" }),
            Example = "logs: { maxSize: 50m, maxFiles: 5 }",
        },
        values => new() { MaxSize = values.Get(MaxSize), MaxFiles = values.Get(MaxFiles) });
}

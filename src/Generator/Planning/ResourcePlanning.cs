using DuskStack.Manifests;

namespace DuskStack.Planning;

/// <summary>Limits, reservations and log sizes where the manifest leaves them open.</summary>
public static class ResourcePlanning
{
    /// <summary>Memory reserved by default: half of the limit. Processor time: one core, nothing reserved.</summary>
    public static ResourcesPlan Plan(Resources resources, ByteSize defaultMemory)
    {
        ByteSize memory = resources.Memory?.Value ?? defaultMemory;
        return new(
            resources.Cpus?.Value ?? 1,
            memory,
            resources.ReserveCpus?.Value,
            resources.ReserveMemory?.Value ?? ByteSize.Mebibytes(Math.Max(6, memory.Bytes / ByteSize.Mebibyte / 2)),
            Pids: 200);
    }

    public static LogsPlan Plan(Logs logs) => new(logs.MaxSize?.Value ?? LogsPlan.Default.MaxSize, logs.MaxFiles?.Value ?? LogsPlan.Default.MaxFiles);
}

using System.Collections.Immutable;

namespace DuskStack.Planning.Ecs;

/// <summary>A pair that Fargate offers: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#task_size</summary>
/// <param name="Cpu">1024 are one processor.</param>
/// <param name="Memory">MiB.</param>
public sealed record FargateSize(int Cpu, int Memory)
{
    private const int Gibibyte = 1024;

    /// <summary>The cheapest first.</summary>
    public static ImmutableArray<FargateSize> All { get; } =
    [
        .. Pairs(256, 512, 512, 512), .. Pairs(256, Gibibyte, 2 * Gibibyte, Gibibyte),
        .. Pairs(512, Gibibyte, 4 * Gibibyte, Gibibyte),
        .. Pairs(1024, 2 * Gibibyte, 8 * Gibibyte, Gibibyte),
        .. Pairs(2048, 4 * Gibibyte, 16 * Gibibyte, Gibibyte),
        .. Pairs(4096, 8 * Gibibyte, 30 * Gibibyte, Gibibyte),
        .. Pairs(8192, 16 * Gibibyte, 60 * Gibibyte, 4 * Gibibyte),
        .. Pairs(16384, 32 * Gibibyte, 120 * Gibibyte, 8 * Gibibyte),
    ];

    /// <summary>The smallest that holds both; null when none does.</summary>
    public static FargateSize? Holding(decimal cpus, long mebibytes) => All.FirstOrDefault(s => s.Cpu >= cpus * 1024 && s.Memory >= mebibytes);

    private static IEnumerable<FargateSize> Pairs(int cpu, int from, int to, int step)
    {
        for (int memory = from; memory <= to; memory += step)
            yield return new(cpu, memory);
    }
}

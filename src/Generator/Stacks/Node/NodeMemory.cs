using DuskStack.Manifests;
using DuskStack.Planning;

namespace DuskStack.Stacks.Node;

/// <summary>How much of a container's memory Node may fill.</summary>
public static class NodeMemory
{
    /// <summary>Node itself takes about 259 MiB whatever the limit is: below 512 MiB the kernel kills it without a word.</summary>
    public static IEnumerable<EnvironmentPlan> Environment(ByteSize memory) =>
        [new("NODE_OPTIONS", $"--max-old-space-size={HeapMebibytes(memory)}", $"MiB; the rest of {memory} is for buffers and code: a leak ends in an error of JavaScript, not in a kill.")];

    private static long HeapMebibytes(ByteSize memory) => Math.Max(16, memory.Bytes * 6 / 10 / ByteSize.Mebibyte);
}

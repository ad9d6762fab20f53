namespace DuskStack.Manifests;

/// <summary>An amount of memory in bytes. Written as Compose writes it: <c>256M</c> is 256 MiB.</summary>
public readonly record struct ByteSize(long Bytes)
{
    public const long Mebibyte = 1024 * 1024;

    public static ByteSize Mebibytes(long count) => new(count * Mebibyte);

    /// <summary>The shortest exact Compose form: <c>1G</c>, <c>256M</c>, <c>1536K</c>, <c>100B</c>.</summary>
    public override string ToString() => Bytes switch
    {
        > 0 when Bytes % (1024 * Mebibyte) == 0 => $"{Bytes / (1024 * Mebibyte)}G",
        > 0 when Bytes % Mebibyte == 0 => $"{Bytes / Mebibyte}M",
        > 0 when Bytes % 1024 == 0 => $"{Bytes / 1024}K",
        _ => $"{Bytes}B",
    };
}

/// <summary>The size of an image in bytes. Written in decimal units, as registries do: <c>200MB</c> is 200,000,000 bytes.</summary>
public readonly record struct ImageSize(long Bytes)
{
    public override string ToString() => Bytes switch
    {
        > 0 when Bytes % 1_000_000_000 == 0 => $"{Bytes / 1_000_000_000}GB",
        > 0 when Bytes % 1_000_000 == 0 => $"{Bytes / 1_000_000}MB",
        > 0 when Bytes % 1_000 == 0 => $"{Bytes / 1_000}kB",
        _ => $"{Bytes}B",
    };
}

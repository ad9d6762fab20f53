namespace DuskStack.Tests.Regeneration.Merging;

/// <summary>The same throws for the same seed, on every version of .NET ("splitmix64").</summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>At least 0, less than <paramref name="sides"/>.</summary>
    public int Next(int sides) => (int)(Next() % (ulong)sides);

    /// <summary>At least <paramref name="from"/>, less than <paramref name="to"/>.</summary>
    public int Next(int from, int to) => from + Next(to - from);
}

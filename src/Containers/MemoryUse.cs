using System.Globalization;

namespace DuskStack.Containers;

/// <summary>Memory of running containers, as the kernel counts it against their limits.</summary>
public static class MemoryUse
{
    /// <returns>Bytes.</returns>
    public static async Task<long> Of(Engine engine, string container, CancellationToken cancellation)
    {
        string text = (await engine.Docker("stats", "--no-stream", "--format", "{{.MemUsage}}", container).Run(cancellation)).Text;
        return Parse(text.Split('/')[0].Trim());
    }

    /// <param name="text"><c>63.5MiB</c>.</param>
    public static long Parse(string text)
    {
        int unit = text.AsSpan().IndexOfAnyInRange('A', 'z');
        double factor = text[unit..] switch { "B" => 1, "KiB" => 1 << 10, "MiB" => 1 << 20, "GiB" => 1 << 30, var other => throw new FormatException($"`{other}` is no unit of memory") };
        return (long)(double.Parse(text[..unit], CultureInfo.InvariantCulture) * factor);
    }
}

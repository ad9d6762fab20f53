using System.Collections.Immutable;
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

    /// <summary>Of several containers in one look, by their ids as they were given.</summary>
    public static async Task<ImmutableDictionary<string, long>> Of(Engine engine, ImmutableArray<string> containers, CancellationToken cancellation)
    {
        string text = (await engine.Docker(["stats", "--no-stream", "--no-trunc", "--format", "{{.ID}} {{.MemUsage}}", .. containers]).Run(cancellation)).Text;
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ', 2)).ToImmutableDictionary(l => l[0], l => Parse(l[1].Split('/')[0].Trim()));
    }

    /// <param name="text"><c>63.5MiB</c>, as Docker says it; <c>66.6MB</c>, as Podman does.</param>
    public static long Parse(string text)
    {
        int unit = text.AsSpan().IndexOfAnyInRange('A', 'z');
        double factor = text[unit..] switch { "B" => 1, "kB" => 1e3, "MB" => 1e6, "GB" => 1e9, "KiB" => 1 << 10, "MiB" => 1 << 20, "GiB" => 1 << 30, var other => throw new FormatException($"`{other}` is no unit of memory") };
        return (long)(double.Parse(text[..unit], CultureInfo.InvariantCulture) * factor);
    }
}

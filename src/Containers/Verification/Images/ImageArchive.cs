using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace DuskStack.Containers.Verification.Images;

/// <summary>
/// An image as <c>docker save</c> writes it: all that it consists of, also files that later layers cover. Sizes are those of the files, so they are the same
/// whether the engine keeps layers packed (containerd's store) or not.
/// </summary>
public sealed record ImageArchive(string File, JsonElement Config, ImmutableArray<string> Layers)
{
    /// <summary>Large enough for any configuration.</summary>
    private const int Small = 1 << 20;

    /// <summary>Hashes of the uncompressed layers, by which layers of a base are known again.</summary>
    public ImmutableArray<string> Hashes => Config.GetProperty("rootfs").Texts("diff_ids");

    /// <summary>The instruction of each layer.</summary>
    public ImmutableArray<string> Instructions => [.. History().Where(h => !h.Flag("empty_layer")).Select(h => h.Text("created_by"))];

    public IEnumerable<JsonElement> History() => Config.TryGetProperty("history", out JsonElement history) ? history.EnumerateArray() : [];

    public static async Task<ImageArchive> Open(string file, CancellationToken cancellation)
    {
        var small = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await using FileStream stream = System.IO.File.OpenRead(file);
        await using var reader = new TarReader(stream);
        while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            if (entry.DataStream is not { Length: < Small } data)
                continue;
            byte[] bytes = new byte[data.Length];
            await data.ReadExactlyAsync(bytes, cancellation);
            small[entry.Name] = bytes;
        }

        using JsonDocument manifest = JsonDocument.Parse(small["manifest.json"]);
        JsonElement image = manifest.RootElement[0];
        using JsonDocument config = JsonDocument.Parse(small[image.Text("Config")]);
        return new(file, config.RootElement.Clone(), image.Texts("Layers"));
    }

    /// <summary>Every file of every layer. The stream is good for one call.</summary>
    public async Task Walk(Func<int, TarEntry, Task> visit, CancellationToken cancellation)
    {
        await using FileStream stream = System.IO.File.OpenRead(File);
        await using var reader = new TarReader(stream);
        while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            int[] places = [.. Layers.Select((name, index) => (name, index)).Where(l => l.name == entry.Name).Select(l => l.index)];
            if (places.Length == 0 || entry.DataStream is not { } data)
                continue;
            await using Stream layer = Unpacked(data);
            await using var files = new TarReader(layer);
            while (await files.GetNextEntryAsync(copyData: false, cancellation) is { } file)
            {
                // The same layer may stand in an image twice.
                foreach (int place in places)
                    await visit(place, file);
            }
        }
    }

    private static Stream Unpacked(Stream data)
    {
        Span<byte> magic = stackalloc byte[2];
        int read = data.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        data.Position -= read;
        return read == 2 && magic is [0x1f, 0x8b] ? new GZipStream(data, CompressionMode.Decompress) : data;
    }
}

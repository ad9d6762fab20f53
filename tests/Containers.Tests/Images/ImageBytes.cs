using System.Formats.Tar;
using System.IO.Compression;

namespace DuskStack.Containers.Tests.Images;

/// <summary>Searches all that an image consists of: every layer, also files that later ones cover, its history and its settings.</summary>
public static class ImageBytes
{
    public static async Task<bool> Contain(Engine engine, string image, byte[] needle, CancellationToken cancellation)
    {
        string archive = Path.Combine(Path.GetTempPath(), $"duskstack-image-{Path.GetRandomFileName()}.tar");
        try
        {
            (await engine.Docker("save", "--output", archive, image).Run(cancellation)).OrThrow();
            await using FileStream stream = File.OpenRead(archive);
            await using var reader = new TarReader(stream);
            while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
            {
                if (entry.DataStream is { } data && await Contains(Unpacked(data), needle, cancellation))
                    return true;
            }

            return false;
        }
        finally
        {
            File.Delete(archive);
        }
    }

    /// <summary>Layers are tar files, packed in containerd's image store and as they are in the other one.</summary>
    private static Stream Unpacked(Stream data)
    {
        Span<byte> magic = stackalloc byte[2];
        int read = data.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        data.Position -= read;
        return read == 2 && magic is [0x1f, 0x8b] ? new GZipStream(data, CompressionMode.Decompress) : data;
    }

    private static async Task<bool> Contains(Stream data, byte[] needle, CancellationToken cancellation)
    {
        byte[] buffer = new byte[1 << 20];
        int kept = 0, read;
        while ((read = await data.ReadAsync(buffer.AsMemory(kept), cancellation)) > 0)
        {
            if (buffer.AsSpan(0, kept + read).IndexOf(needle) >= 0)
                return true;
            // The end is looked at again, together with what follows.
            int end = kept + read;
            kept = Math.Min(needle.Length - 1, end);
            buffer.AsSpan(end - kept, kept).CopyTo(buffer);
        }

        return false;
    }
}

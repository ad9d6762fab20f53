using System.Collections.Immutable;
using System.Formats.Tar;

namespace DuskStack.Containers;

/// <summary>A file or folder of an image.</summary>
/// <param name="Path">From the root, without a leading slash: <c>app/dist/server.js</c>.</param>
/// <param name="Owner">Numeric uid.</param>
/// <param name="Mode">Permissions; those of a link mean nothing.</param>
/// <param name="IsLink">True for a symbolic link.</param>
public sealed record ImageFile(string Path, int Owner, UnixFileMode Mode, bool IsLink);

/// <summary>Looks into images from outside: works where there is no shell as well.</summary>
public static class ImageFiles
{
    public static async Task<ImmutableArray<ImageFile>> List(Engine engine, string image, CancellationToken cancellation)
    {
        string container = (await engine.Docker("create", image).Run(cancellation)).Text;
        string archive = Path.Combine(Path.GetTempPath(), $"duskstack-files-{Path.GetRandomFileName()}.tar");
        try
        {
            (await engine.Docker("export", "--output", archive, container).Run(cancellation)).OrThrow();
            var files = ImmutableArray.CreateBuilder<ImageFile>();
            await using FileStream stream = File.OpenRead(archive);
            await using var reader = new TarReader(stream);
            while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
                files.Add(new(entry.Name.TrimEnd('/'), entry.Uid, entry.Mode, entry.EntryType == TarEntryType.SymbolicLink));
            return files.ToImmutable();
        }
        finally
        {
            File.Delete(archive);
            await engine.Docker("rm", "--force", "--volumes", container).Run(CancellationToken.None);
        }
    }
}

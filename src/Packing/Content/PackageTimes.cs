using System.IO.Compression;

namespace DuskStack.Packing.Content;

/// <summary>NuGet stamps each file of a package with the time of packing, and has no switch for it. Without these stamps one commit makes one package, byte for byte.</summary>
public static class PackageTimes
{
    // The first that a zip can tell.
    private static readonly DateTimeOffset Start = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Settle(string package)
    {
        using ZipArchive archive = ZipFile.Open(package, ZipArchiveMode.Update);
        foreach (ZipArchiveEntry entry in archive.Entries)
            entry.LastWriteTime = Start;
    }
}

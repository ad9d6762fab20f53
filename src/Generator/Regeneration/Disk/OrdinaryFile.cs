using System.Formats.Tar;

namespace DuskStack.Regeneration.Disk;

/// <summary>Tells files from what only looks like one: opening a pipe may block for ever, and a device may never end.</summary>
public static class OrdinaryFile
{
    /// <summary>False for folders, links, pipes, sockets and devices. What is at <paramref name="full"/> must exist.</summary>
    public static bool Is(string full)
    {
        var file = new FileInfo(full);
        if ((file.Attributes & (FileAttributes.Directory | FileAttributes.ReparsePoint)) != 0)
            return false;

        return OperatingSystem.IsWindows() || file.Length > 0 || IsEmptyFile(full);
    }

    // Pipes and devices have no length. Making a tar entry is the framework's only public way to ask lstat for the kind of a file;
    // to be replaced by SafeFileHandle.Type once the framework has it.
    private static bool IsEmptyFile(string full)
    {
        using var memory = new MemoryStream();
        using (var writer = new TarWriter(memory, TarEntryFormat.Pax, leaveOpen: true))
            writer.WriteEntry(full, "x");

        memory.Position = 0;
        using var reader = new TarReader(memory);
        return reader.GetNextEntry()?.EntryType == TarEntryType.RegularFile;
    }
}

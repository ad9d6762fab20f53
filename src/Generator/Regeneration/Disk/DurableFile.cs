namespace DuskStack.Regeneration.Disk;

/// <summary>Bytes that are on the disk when the call returns, so that a rename after it never shows an empty file.</summary>
internal static class DurableFile
{
    private const UnixFileMode Ordinary = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <param name="full">Where; what is there already is replaced.</param>
    /// <param name="bytes">What.</param>
    /// <param name="mode">Set before the file gets its name, because a rename keeps the mode of the new file, not of the old; null for an ordinary one.</param>
    public static void Write(string full, ReadOnlyMemory<byte> bytes, UnixFileMode? mode)
    {
        File.Delete(full);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Ordinary;

        using var stream = new FileStream(full, options);
        stream.Write(bytes.Span);
        stream.Flush(flushToDisk: true);
        if (mode is { } bits && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(stream.SafeFileHandle, bits);
    }
}

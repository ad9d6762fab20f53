namespace DuskStack.Regeneration.Disk;

/// <summary>
/// One writer at a time. The operating system frees the lock when the process ends in any way; the file itself stays, because deleting
/// it would let two processes lock two files of one name.
/// </summary>
internal static class FolderLock
{
    // EAGAIN on Linux, EWOULDBLOCK on macOS, ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION on Windows.
    private static readonly int[] HeldByAnother = [11, 35, 32, 33];

    /// <summary>Null when another run holds it.</summary>
    public static IDisposable? TryTake(ProjectFolder folder)
    {
        Directory.CreateDirectory(folder.Full(OwnPaths.Folder));
        try
        {
            return new FileStream(folder.Full(OwnPaths.Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (HeldByAnother.Contains(e.HResult & 0xFFFF))
        {
            return null;
        }
    }
}

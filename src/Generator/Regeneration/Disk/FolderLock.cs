using DuskStack.Diagnostics;

namespace DuskStack.Regeneration.Disk;

/// <summary>
/// One writer at a time. The operating system frees the lock when the process ends in any way; the file itself stays, because deleting
/// it would let two processes lock two files of one name.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    // EAGAIN on Linux, EWOULDBLOCK on macOS, ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION on Windows.
    private static readonly int[] HeldByAnother = [11, 35, 32, 33];
    private const int ReadOnlyFileSystem = 30;

    private readonly FileStream? file;

    private FolderLock(ProjectFolder folder)
    {
        try
        {
            Directory.CreateDirectory(folder.Full(OwnPaths.Folder));
            file = new FileStream(folder.Full(OwnPaths.Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (HeldByAnother.Contains(e.HResult & 0xFFFF))
        {
            (Outcome, Finding) = (Outcome.Locked, Findings.Locked());
        }
        catch (Exception e) when (e is UnauthorizedAccessException || (e is IOException && (e.HResult & 0xFFFF) == ReadOnlyFileSystem))
        {
            (Outcome, Finding) = (Outcome.Refused, Findings.Refused(OwnPaths.Folder, "the project's folder is not writable"));
        }
    }

    public Outcome Outcome { get; }

    /// <summary>Why it was not taken; null when it was.</summary>
    public Diagnostic? Finding { get; }

    public static FolderLock Take(ProjectFolder folder) => new(folder);

    public void Dispose() => file?.Dispose();
}

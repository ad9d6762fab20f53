namespace DuskStack.Containers.Verification;

/// <summary>A copy of a project, in which everything happens: what verify writes, edits and builds never touches the user's own tree. Gone at the end.</summary>
public sealed class ProjectCopy : IDisposable
{
    /// <summary>Never copied: what git ignores anywhere, and what images do not want.</summary>
    private static readonly string[] LeftOut = [".git", "node_modules", ".venv", "__pycache__", ".next", ".pytest_cache", ".mypy_cache", ".turbo"];

    /// <summary>Never copied from the project's own folder: the user's secrets and settings, and what the tool keeps there.</summary>
    private static readonly string[] Private = ["secrets", "backups", ".duskstack", ".env"];

    private ProjectCopy(string folder) => Folder = folder;

    public string Folder { get; }

    public static ProjectCopy Of(string source)
    {
        // The engine has to see it: bind mounts and secret files lie in it.
        string folder = Directory.CreateTempSubdirectory("duskstack-verify-").FullName;
        try
        {
            Copy(new(source), folder, top: true);
            return new(folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public string At(string path) => Path.Combine(Folder, path);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // A container wrote a file there that is not ours to delete. It lies in the folder for such things.
        }
    }

    private static void Copy(DirectoryInfo from, string to, bool top)
    {
        foreach (FileSystemInfo entry in from.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }))
        {
            string target = Path.Combine(to, entry.Name);
            if (LeftOut.Contains(entry.Name) || (top && Private.Contains(entry.Name)))
                continue;
            if (entry.LinkTarget is { } link)
                File.CreateSymbolicLink(target, link);
            else if (entry is DirectoryInfo folder)
                Copy(folder, Directory.CreateDirectory(target).FullName, top: false);
            else if (entry is FileInfo file && IsOrdinary(file))
                file.CopyTo(target);
        }
    }

    /// <summary>Sockets and pipes would block, or fail.</summary>
    private static bool IsOrdinary(FileInfo file) => OperatingSystem.IsWindows() || (file.Attributes & FileAttributes.Device) == 0;
}

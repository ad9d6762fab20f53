using System.Collections.Immutable;

namespace DuskStack.Cli;

/// <summary>Finds which files a project has, for warnings such as a lockfile that contradicts the manifest.</summary>
internal static class ProjectFacts
{
    // Deep enough for a package in a workspace in a service's folder.
    private const int Depth = 6;

    private static readonly ImmutableHashSet<string> Skipped =
        ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, ".git", ".duskstack", "node_modules", ".venv", "venv", ".next", "__pycache__", "dist", "artifacts", "bin", "obj");

    public static Facts Of(string directory, DateOnly today) => new() { Today = today, Files = [.. FilesBelow(new DirectoryInfo(directory), "", Depth)] };

    private static IEnumerable<string> FilesBelow(DirectoryInfo folder, string prefix, int depth)
    {
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var entry in folder.EnumerateFileSystemInfos("*", options))
        {
            if (entry is not DirectoryInfo inner)
                yield return prefix + entry.Name;
            else if (depth > 1 && !Skipped.Contains(inner.Name))
            {
                foreach (var file in FilesBelow(inner, $"{prefix}{inner.Name}/", depth - 1))
                    yield return file;
            }
        }
    }
}

using DuskStack.Regeneration;

namespace DuskStack.Cli;

/// <summary>The generated files of a project, and how a person may name them.</summary>
internal static class KnownPaths
{
    /// <summary>For completion: nothing when there is no state that can be read.</summary>
    public static IEnumerable<string> In(ProjectLocation location, ToolVersion tool)
    {
        try
        {
            var (snapshot, _) = Regenerator.Look(location.FullDirectory, new() { Files = [], Tool = tool, Now = default });
            return snapshot?.State?.Files.Keys ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    /// <summary>
    /// Relative to the project. A person names a file from where they stand, as the shell completes it, or as <c>status</c> prints it; the first is
    /// meant when it lies in the project.
    /// </summary>
    public static string OfProject(ProjectLocation location, string written)
    {
        var plain = written.Replace('\\', '/');
        while (plain.StartsWith("./", StringComparison.Ordinal))
            plain = plain[2..];

        if (written.Length == 0 || written.Any(char.IsControl))
            return plain;

        var here = Path.GetRelativePath(location.FullDirectory, Path.GetFullPath(written)).Replace('\\', '/');
        return here.StartsWith("../", StringComparison.Ordinal) || here is ".." or "." || Path.IsPathRooted(here) ? plain : here;
    }
}

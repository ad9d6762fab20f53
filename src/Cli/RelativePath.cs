namespace DuskStack.Cli;

/// <summary>Where a file lies in a folder once every link is followed, so that one file has one name.</summary>
internal static class RelativePath
{
    public static string Real(string folder, string path) => Path.GetRelativePath(Follow(Path.GetFullPath(folder)), Follow(Path.GetFullPath(path))).Replace('\\', '/');

    private static string Follow(string full)
    {
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;

        var here = Path.Combine(Follow(parent), Path.GetFileName(full));
        // A folder that is about to be made is no link yet.
        if (!Path.Exists(here))
            return here;
        return new FileInfo(here).ResolveLinkTarget(returnFinalTarget: true) is { } target ? Follow(target.FullName) : here;
    }
}

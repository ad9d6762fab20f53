using System.Globalization;
using System.Text.RegularExpressions;

namespace DuskStack.Regeneration.Disk;

/// <summary>What was overwritten or deleted, one folder per run, the last ten of them.</summary>
internal static partial class Backups
{
    private const int Kept = 10;

    public static string NameOf(ProjectFolder folder, DateTimeOffset now)
    {
        var name = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? name : $"{name}-{n}").First(n => !Directory.Exists(folder.Full($"{OwnPaths.Backups}/{n}")));
    }

    /// <summary>A name that <see cref="NameOf"/> gives.</summary>
    public static bool IsName(string run) => Name().IsMatch(run);

    /// <summary>Removes the oldest; folders that a person put there are no backups of ours and stay.</summary>
    public static void Prune(ProjectFolder folder)
    {
        var all = new DirectoryInfo(folder.Full(OwnPaths.Backups));
        if (!all.Exists)
            return;

        foreach (var old in all.EnumerateDirectories().Where(d => Name().IsMatch(d.Name)).OrderByDescending(d => d.Name, StringComparer.Ordinal).Skip(Kept))
            old.Delete(recursive: true);
    }

    [GeneratedRegex(@"^\d{8}T\d{6}\.\d{3}Z(-\d+)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}

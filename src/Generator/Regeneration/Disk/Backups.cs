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

    /// <summary>The newest first.</summary>
    public static IEnumerable<string> Names(ProjectFolder folder) => folder.IsOrdinaryFolder(OwnPaths.Backups)
        ? new DirectoryInfo(folder.Full(OwnPaths.Backups)).EnumerateDirectories().Select(d => d.Name).Where(IsName).OrderDescending(Natural)
        : [];

    // Of two runs in one millisecond the one with the higher number is the later one: `...Z-2` comes after `...Z`.
    private static readonly Comparer<string> Natural = Comparer<string>.Create((a, b) =>
        a.Split('-')[0] == b.Split('-')[0] ? Number(a).CompareTo(Number(b)) : string.CompareOrdinal(a, b));

    private static int Number(string name) => name.Split('-') is [_, var number] && int.TryParse(number, out var n) ? n : 1;

    /// <summary>What the newest backup holds of a file, where that is not <paramref name="there"/>; null when none does.</summary>
    public static OnDisk.Regular? Find(ProjectFolder folder, string path, OnDisk there) => PathRules.Refusal(path) is not null ? null : Names(folder)
        .Select(name => folder.Look($"{OwnPaths.Backups}/{name}/{path}") as OnDisk.Regular)
        .FirstOrDefault(file => file is { Truncated: false } && (there as OnDisk.Regular)?.Text.Hash != file.Text.Hash);

    /// <summary>Removes the oldest; folders that a person put there are no backups of ours and stay.</summary>
    public static void Prune(ProjectFolder folder)
    {
        foreach (var old in Names(folder).Skip(Kept).ToList())
            Directory.Delete(folder.Full($"{OwnPaths.Backups}/{old}"), recursive: true);
    }

    [GeneratedRegex(@"^\d{8}T\d{6}\.\d{3}Z(-\d+)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}

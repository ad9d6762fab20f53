using System.Collections.Immutable;

namespace DuskStack.Regeneration;

/// <summary>
/// Which paths may be written at all. Rendered paths come from a manifest and those of <c>state.json</c> from a repository that
/// anybody may have sent, so none is believed; a path must also mean the same file on every system.
/// </summary>
public static class PathRules
{
    private static readonly ImmutableHashSet<string> Reserved =
        [.. new[] { "CON", "PRN", "AUX", "NUL" }.Concat(Enumerable.Range(0, 10).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" }))];

    /// <summary>Why the path is refused, as the end of a sentence; null when it is fine.</summary>
    public static string? Refusal(string path)
    {
        if (path.Length == 0)
            return "it is empty";

        if (path.Any(char.IsControl))
            return "it holds a control character";

        // Without ICU there is no normalisation, so `ö` in one character and in two could not be told to be the same file on macOS.
        if (path.Any(c => c is >= '\u0300' and <= '\u036F'))
            return "it holds a combining accent; write the accented letter as one character";

        if (path[0] == '/' || path.Contains('\\', StringComparison.Ordinal) || path.Contains(':', StringComparison.Ordinal))
            return "it is not relative to the project with `/` between its parts";

        var parts = path.Split('/');
        return IsName(parts[0], ".duskstack") ? "`.duskstack` belongs to the tool" : parts.Select(RefusalOfPart).OfType<string>().FirstOrDefault();
    }

    /// <summary>Paths that cannot all exist on every system: they differ in case only, or one is a folder of another. Gives the later of each.</summary>
    public static ImmutableHashSet<string> Clashes(IEnumerable<string> paths)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        var folders = new HashSet<string>(StringComparer.Ordinal);
        var clashes = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var key = Folded(path);
            var parents = Parents(key).ToList();
            if (folders.Contains(key) || parents.Exists(files.Contains) || !files.Add(key))
                clashes.Add(path);
            else
                folders.UnionWith(parents);
        }

        return clashes.ToImmutable();
    }

    /// <summary><c>a/b/c</c> has the parents <c>a</c> and <c>a/b</c>.</summary>
    public static IEnumerable<string> Parents(string path)
    {
        for (var at = path.IndexOf('/', StringComparison.Ordinal); at >= 0; at = path.IndexOf('/', at + 1))
            yield return path[..at];
    }

    private static string? RefusalOfPart(string part) => part switch
    {
        "" or "." or ".." => "it has an empty part, `.` or `..`",
        _ when part[^1] is '.' or ' ' => $"`{part}` ends with a dot or a space",
        _ when IsName(part, ".git") => "`.git` belongs to git",
        _ when Reserved.Contains(part.Split('.')[0].TrimEnd().ToUpperInvariant()) => $"`{part}` is a reserved name on Windows",
        _ => null,
    };

    private static bool IsName(string part, string name) => string.Equals(Folded(part), name, StringComparison.Ordinal);

    private static string Folded(string path) => path.ToLowerInvariant();
}

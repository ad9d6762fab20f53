using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace DuskStack.Tests.Bugs.Reading;

/// <summary>A .dockerignore, by Docker's rules: a pattern counts from the context's root, the last one that matches decides.</summary>
internal sealed record IgnoreFile(string Path, ImmutableArray<(Regex Pattern, bool Keeps)> Patterns)
{
    public static IgnoreFile Read(string path, string text) => new(path,
    [
        .. text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l[0] == '!' ? (Expression(l[1..]), true) : (Expression(l), false)),
    ]);

    /// <summary>True when the file does not reach the builder.</summary>
    public bool Ignores(string file)
    {
        string[] parts = file.Split('/');
        bool ignored = false;
        foreach ((Regex pattern, bool keeps) in Patterns)
        {
            if (Enumerable.Range(1, parts.Length).Any(n => pattern.IsMatch(string.Join('/', parts.Take(n))))) ignored = !keeps;
        }

        return ignored;
    }

    private static Regex Expression(string pattern)
    {
        pattern = pattern.Trim('/');
        var text = new StringBuilder("^");
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i..].StartsWith("**/", StringComparison.Ordinal)) { text.Append("(.*/)?"); i += 2; }
            else if (pattern[i..].StartsWith("**", StringComparison.Ordinal)) { text.Append(".*"); i++; }
            else if (pattern[i] == '*') text.Append("[^/]*");
            else if (pattern[i] == '?') text.Append("[^/]");
            else if (pattern[i] == '[' && pattern.IndexOf(']', i) is var end and > 0) { text.Append(pattern, i, end - i + 1); i = end; }
            else text.Append(Regex.Escape(pattern[i].ToString()));
        }

        return new Regex(text.Append('$').ToString(), RegexOptions.CultureInvariant);
    }
}

using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DuskStack.Packing;

namespace DuskStack.Tests.Sources;

/// <summary>Which tests there are, in every test project: read from their sources, as no project may refer to all others.</summary>
internal static partial class TestSources
{
    private static readonly Lazy<ImmutableHashSet<string>> Found = new(() => Read(Path.Combine(ReferenceFiles.Root(), "tests")));

    /// <summary>True for <c>Class.Method</c> of a test, inherited ones included.</summary>
    public static bool Has(string test) => Found.Value.Contains(test);

    private static ImmutableHashSet<string> Read(string folder)
    {
        var own = new List<(string Class, string Test)>();
        var bases = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            Match[] classes = Class().Matches(text).ToArray();
            foreach (Match found in classes.Where(c => c.Groups["base"].Success)) bases[found.Groups["name"].Value] = found.Groups["base"].Value;
            foreach (Match test in Test().Matches(text))
                own.Add((classes.Last(c => c.Index < test.Index).Groups["name"].Value, test.Groups["name"].Value));
        }

        ILookup<string, string> tests = own.ToLookup(t => t.Class, t => t.Test);
        return [.. own.Select(t => t.Class).Concat(bases.Keys).Distinct().SelectMany(name => Line(name).SelectMany(c => tests[c]).Select(t => $"{name}.{t}"))];

        IEnumerable<string> Line(string name) => bases.TryGetValue(name, out string? above) ? [name, .. Line(above)] : [name];
    }

    [GeneratedRegex(@"^\s*(?:public|internal) (?:(?:sealed|abstract|static|partial) )*class (?<name>\w+)(?:\([^)]*\))?(?: : (?<base>\w+))?", RegexOptions.Multiline)]
    private static partial Regex Class();

    /// <summary>An attribute that makes a test, further ones below it, and the method's name.</summary>
    [GeneratedRegex(@"^\s*\[(?:\w*Fact|\w*Theory|Property)\b[^\n]*\](?:\s*\[[^\n]*\]|\s*//[^\n]*)*\s*public (?:static )?(?:async )?(?:void|Task|ValueTask|Property|bool) (?<name>\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Test();
}

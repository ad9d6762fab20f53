using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DuskStack.Containers.Verification.Images;

/// <summary>A package that is installed in an image.</summary>
/// <param name="Name">As its registry knows it.</param>
/// <param name="Requires">What it asks for, in any way.</param>
public sealed record InstalledPackage(string Name, ImmutableArray<string> Requires);

/// <summary>Which packages an image holds, and which of them only development needs.</summary>
public static partial class Packages
{
    /// <summary>Tools that no service needs to run, whatever its project says.</summary>
    private static readonly ImmutableArray<string> Tools =
    [
        "typescript", "eslint", "prettier", "vitest", "jest", "mocha", "webpack", "vite", "tsx", "ts-node", "nodemon", "husky", "playwright", "cypress",
        "pytest", "mypy", "ruff", "black", "flake8", "pylint", "isort", "coverage", "tox", "pre-commit", "ipython",
    ];

    /// <summary>Of a path of an image: the package whose description it is; null for every other file.</summary>
    public static InstalledPackage? Read(string path, string text)
    {
        if (NodePackage().Match(path) is { Success: true } node)
            return new(node.Groups["name"].Value, Required(text));
        if (!PythonPackage().IsMatch(path))
            return null;
        string name = Header().Matches(text).FirstOrDefault(m => m.Groups["key"].Value == "Name")?.Groups["value"].Value ?? "";
        // What an extra asks for is asked for by nobody here.
        return new(Normal(name), [.. Header().Matches(text).Where(m => m.Groups["key"].Value == "Requires-Dist" && !m.Groups["value"].Value.Contains("extra ==", StringComparison.Ordinal)).Select(m => Normal(Requirement().Match(m.Groups["value"].Value).Value))]);
    }

    public static bool IsDescription(string path) => NodePackage().IsMatch(path) || PythonPackage().IsMatch(path);

    /// <summary>True below a folder of dependencies, where samples of keys and of everything else are usual.</summary>
    public static bool IsDependency(string path) => path.Contains("node_modules/", StringComparison.Ordinal) || path.Contains("site-packages/", StringComparison.Ordinal);

    /// <summary>Of <paramref name="installed"/>, those of development that nothing else asks for.</summary>
    public static ImmutableArray<string> OnlyDevelopment(ImmutableArray<InstalledPackage> installed, ImmutableHashSet<string> development, ImmutableHashSet<string> production)
    {
        ImmutableHashSet<string> unwanted = development.Union(Tools).Except(production);
        ImmutableHashSet<string> needed = [.. installed.Where(p => !unwanted.Contains(p.Name)).SelectMany(p => p.Requires)];
        return [.. installed.Select(p => p.Name).Where(n => unwanted.Contains(n) && !needed.Contains(n)).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>What the folders of a service say: its own, and the root of its workspace.</summary>
    public static (ImmutableHashSet<string> Development, ImmutableHashSet<string> Production) Declared(params IEnumerable<string> folders)
    {
        ImmutableHashSet<string> development = [], production = [];
        foreach (string folder in folders.Distinct())
        {
            if (Text(folder, "package.json") is { } node)
            {
                development = development.Union(Keys(node, "devDependencies"));
                production = production.Union(Keys(node, "dependencies")).Union(Keys(node, "peerDependencies")).Union(Keys(node, "optionalDependencies"));
            }

            if (Text(folder, "pyproject.toml") is { } python)
            {
                development = development.Union(Groups(python));
                production = production.Union(Project().Match(python) is { Success: true } project ? Quoted(project.Groups["list"].Value) : []);
            }

            if (Text(folder, "requirements-dev.txt") is { } more)
                development = development.Union(Lines(more));
            if (Text(folder, "requirements.txt") is { } requirements)
                production = production.Union(Lines(requirements));
        }

        return (development.Except(production), production);
    }

    private static string? Text(string folder, string file) => File.Exists(Path.Combine(folder, file)) ? File.ReadAllText(Path.Combine(folder, file)) : null;

    private static ImmutableArray<string> Required(string json) => [.. new[] { "dependencies", "peerDependencies", "optionalDependencies" }.SelectMany(k => Keys(json, k))];

    private static ImmutableArray<string> Keys(string json, string section)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Keys(section) : [];
        }
        catch (JsonException)
        {
            // Somebody's test data.
            return [];
        }
    }

    /// <summary>Names in the groups of PEP 735 and of Poetry.</summary>
    private static IEnumerable<string> Groups(string toml)
    {
        foreach (Match section in Section().Matches(toml))
        {
            string name = section.Groups["name"].Value, body = section.Groups["body"].Value;
            if (name is "dependency-groups" or "project.optional-dependencies" && body.Contains("dev", StringComparison.Ordinal))
            {
                foreach (string quoted in Quoted(body))
                    yield return quoted;
            }
            else if (PoetryGroup().IsMatch(name))
            {
                foreach (Match key in Key().Matches(body))
                    yield return Normal(key.Groups["name"].Value);
            }
        }
    }

    private static IEnumerable<string> Quoted(string toml) => QuotedText().Matches(toml).Select(m => Normal(Requirement().Match(m.Groups["text"].Value).Value)).Where(n => n.Length > 0);

    private static IEnumerable<string> Lines(string requirements) =>
        requirements.Split('\n').Where(l => l.Length > 0 && char.IsAsciiLetterOrDigit(l[0])).Select(l => Normal(Requirement().Match(l).Value));

    /// <summary>https://packaging.python.org/en/latest/specifications/name-normalization/</summary>
    private static string Normal(string name) => Separators().Replace(name, "-").ToLowerInvariant();

    [GeneratedRegex(@"(^|/)node_modules/(?<name>(@[^/]+/)?[^/@.][^/]*)/package\.json$")]
    private static partial Regex NodePackage();

    [GeneratedRegex(@"(^|/)site-packages/[^/]+\.dist-info/METADATA$")]
    private static partial Regex PythonPackage();

    [GeneratedRegex(@"^(?<key>Name|Requires-Dist): (?<value>.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Header();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*")]
    private static partial Regex Requirement();

    [GeneratedRegex(@"^\[(?<name>[^\[\]\n]+)\]\s*\n(?<body>(?:(?!^\[)[^\n]*\n?)*)", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^tool\.poetry\.(group\.(dev|test|lint)\.dependencies|dev-dependencies)$")]
    private static partial Regex PoetryGroup();

    [GeneratedRegex(@"^\s*dependencies\s*=\s*\[(?<list>[^\[\]]*(\[[^\[\]]*\][^\[\]]*)*)\]", RegexOptions.Multiline)]
    private static partial Regex Project();

    [GeneratedRegex(@"^(?<name>[A-Za-z0-9._-]+)\s*=", RegexOptions.Multiline)]
    private static partial Regex Key();

    [GeneratedRegex(@"[""'](?<text>[A-Za-z][^""']*)[""']")]
    private static partial Regex QuotedText();

    [GeneratedRegex(@"[-_.]+")]
    private static partial Regex Separators();
}

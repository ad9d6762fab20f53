using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DuskStack.Packing;
using DuskStack.Tests.Bugs.Reading;
using DuskStack.Tests.Snapshots;
using YamlDotNet.RepresentationModel;

namespace DuskStack.Tests.Bugs;

/// <summary>A project's generated files, read as their readers read them: of a snapshot, of an example, or a sample that shows a bug.</summary>
internal sealed partial record Tree(string Name, ImmutableSortedDictionary<string, string> Files)
{
    private static readonly Lazy<ImmutableArray<Tree>> Found = new(() => [.. Snapshots(), .. Examples()]);

    /// <summary>Every snapshot and every example.</summary>
    public static ImmutableArray<Tree> Outputs => Found.Value;

    public static string Samples => Path.Combine(ReferenceFiles.Root(), "tests", "seed-samples");

    public ImmutableArray<Dockerfile> Dockerfiles => field.IsDefault ? field = [.. Files.Where(f => IsDockerfile(f.Key)).Select(f => Dockerfile.Read(f.Key, f.Value))] : field;

    public ImmutableArray<ComposeFile> Composes => field.IsDefault ? field = [.. Files.Where(f => Path.GetFileName(f.Key).StartsWith("compose", StringComparison.Ordinal)).Select(f => ComposeFile.Read(f.Key, f.Value))] : field;

    public ImmutableArray<NginxFile> Nginx => field.IsDefault
        ? field = [.. Files.Where(f => f.Key.EndsWith("nginx.conf", StringComparison.Ordinal)).Select(f => NginxFile.Read(f.Key, f.Value, name => Beside(f.Key, name)))]
        : field;

    public IEnumerable<ComposeFile> Production => Composes.Where(c => c.IsProduction);

    public IEnumerable<ComposeFile> Development => Composes.Where(c => !c.IsProduction);

    /// <summary>prometheus.yml, with its path.</summary>
    public IEnumerable<(string Path, YamlNode Root)> Prometheus => Files.Where(f => f.Key.EndsWith("prometheus.yml", StringComparison.Ordinal)).Select(f => (f.Key, YamlTree.Load(f.Value)));

    /// <summary>Of each file the lines that some reader takes for more than a comment.</summary>
    private ImmutableArray<(string Path, ImmutableArray<(int Number, string Text)> Lines)> Lines => field.IsDefault
        ? field = [.. Files.Select(f => (f.Key, f.Value.Split('\n').Select((text, index) => (Number: index + 1, Text: Code(f.Key, text))).Where(l => l.Text.Length > 0).ToImmutableArray()))]
        : field;

    /// <summary>Lines that match a pattern, as findings, in files whose paths match the other one.</summary>
    public IEnumerable<string> Matching(string pattern, string paths = "")
    {
        var expression = new Regex(pattern, RegexOptions.CultureInvariant);
        return from file in Lines
               where Regex.IsMatch(file.Path, paths)
               from line in file.Lines
               where expression.IsMatch(line.Text)
               select $"{file.Path}:{line.Number}: {line.Text.Trim()}";
    }

    /// <summary>Whose builds they are: the folder that the builder sees, and the Dockerfile, both from the root.</summary>
    public IEnumerable<(string Context, Dockerfile Dockerfile)> Builds =>
        from dockerfile in Dockerfiles
        let contexts = (from compose in Composes
                        from service in compose.Services
                        where service.Build is not null
                        where DockerfileOf(service) == dockerfile.Path
                        select ContextOf(service)).Distinct().ToArray()
        from context in contexts.Length == 0 ? [Normal(Path.GetDirectoryName(dockerfile.Path)!)] : contexts
        select (context, dockerfile);

    /// <summary>The ignore file that counts for a build, whether it is there or not.</summary>
    public (string Path, IgnoreFile? File) IgnoreOf(string context, Dockerfile dockerfile)
    {
        string own = $"{dockerfile.Path}.dockerignore", shared = Normal($"{context}/.dockerignore");
        string path = Files.ContainsKey(own) ? own : shared;
        return (path, Files.TryGetValue(path, out string? text) ? IgnoreFile.Read(path, text) : null);
    }

    /// <summary>The path of the Dockerfile that a service is built from.</summary>
    public static string DockerfileOf(ComposeService service) => Normal($"{ContextOf(service)}/{(service.Build.At("dockerfile").Text() is { Length: > 0 } named ? named : "Dockerfile")}");

    private static string ContextOf(ComposeService service) => Normal(service.Build is YamlScalarNode ? service.Build.Text() : service.Build.At("context").Text());

    public static Tree Of(string name, string folder) => new(name, Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .ToImmutableSortedDictionary(f => Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal));

    private static IEnumerable<Tree> Snapshots() => SnapshotCase.All().Where(s => Directory.Exists(s.Expected)).Select(s =>
        Of($"snapshot {s.Name}", s.Expected) is var tree ? tree with { Files = tree.Files.Add("duskstack.yaml", File.ReadAllText(Path.Combine(s.Folder, "duskstack.yaml"))) } : null!);

    /// <summary>Of an example, what the tool keeps a base of: the rest is its application.</summary>
    private static IEnumerable<Tree> Examples()
    {
        string root = Path.Combine(ReferenceFiles.Root(), "examples");
        foreach (string folder in Directory.EnumerateDirectories(root).Where(f => File.Exists(Path.Combine(f, "duskstack.yaml"))).Order(StringComparer.Ordinal))
        {
            string bases = Path.Combine(folder, ".duskstack", "base");
            IEnumerable<string> paths = Directory.EnumerateFiles(bases, "*.base", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Select(f => Path.GetRelativePath(bases, f)[..^".base".Length]).Append("duskstack.yaml");
            yield return new($"example {Path.GetFileName(folder)}", paths.Where(p => File.Exists(Path.Combine(folder, p))).ToImmutableSortedDictionary(p => p, p => File.ReadAllText(Path.Combine(folder, p)), StringComparer.Ordinal));
        }
    }

    private static bool IsDockerfile(string path) => Path.GetFileName(path).StartsWith("Dockerfile", StringComparison.Ordinal) && !path.EndsWith(".dockerignore", StringComparison.Ordinal);

    /// <summary>A file that nginx finds under /etc/nginx, where the folder of the one that includes it is mounted.</summary>
    private string? Beside(string path, string included) =>
        included.StartsWith("/etc/nginx/", StringComparison.Ordinal) && Files.TryGetValue($"{Path.GetDirectoryName(path)}/{included["/etc/nginx/".Length..]}".TrimStart('/'), out string? text) ? text : null;

    internal static string Normal(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Split('/').Where(p => p is not ("" or ".")))
        {
            if (part == ".." && parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            else parts.Add(part);
        }

        return string.Join('/', parts);
    }

    // In a guide everything is read.
    private static string Code(string path, string line) => path.EndsWith(".md", StringComparison.Ordinal) ? line : Comment().Replace(line, "").TrimEnd();

    [GeneratedRegex(@"(^|\s)#(\s.*|!.*)?$")]
    private static partial Regex Comment();
}

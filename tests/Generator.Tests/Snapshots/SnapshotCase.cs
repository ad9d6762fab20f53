using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Planning;

namespace DuskStack.Tests.Snapshots;

/// <summary>
/// A folder under <c>tests/snapshots</c>: <c>duskstack.yaml</c>, what it becomes under <c>expected/</c>, what is said about it in
/// <c>diagnostics.txt</c>, and, where it matters, <c>existing/</c> for the files that lie in the project already.
/// </summary>
public sealed record SnapshotCase(string Name, string Folder)
{
    /// <summary>End of life is reported against this day, whatever day it is.</summary>
    public static readonly DateOnly Today = new(2026, 11, 21);

    public static string Root => Path.GetFullPath(Path.Combine(ThisFolder(), "..", "..", "snapshots"));

    public static IEnumerable<SnapshotCase> All() =>
        Directory.EnumerateDirectories(Root).Order(StringComparer.Ordinal).Select(folder => new SnapshotCase(Path.GetFileName(folder), folder));

    public string Expected => Path.Combine(Folder, "expected");

    public string DiagnosticsFile => Path.Combine(Folder, "diagnostics.txt");

    public Generation Run() => Run([]);

    /// <summary>Every file of the outcome: the rendered ones, and the diagnostics.</summary>
    public ImmutableSortedDictionary<string, string> Actual()
    {
        var sources = new List<SourceText>();
        Generation generation = Run(sources);
        var files = generation.Files.ToImmutableSortedDictionary(f => $"expected/{f.Path}", f => f.Content, StringComparer.Ordinal);
        return generation.Diagnostics.IsEmpty ? files : files.Add("diagnostics.txt", new DiagnosticText(sources).Write(generation.Diagnostics));
    }

    private Generation Run(List<SourceText> sources)
    {
        string existing = Path.Combine(Folder, "existing");
        sources.Add(new("duskstack.yaml", File.ReadAllBytes(Path.Combine(Folder, "duskstack.yaml"))));
        return Generator.Run(
            sources[0],
            (_, path) =>
            {
                string file = Path.Combine(Folder, path);
                if (!File.Exists(file)) return null;
                sources.Add(new(path, File.ReadAllBytes(file)));
                return sources[^1];
            },
            new Facts { Today = Today, Exists = Directory.Exists(existing) ? path => Path.Exists(Path.Combine(existing, path)) : null });
    }

    public ImmutableSortedDictionary<string, string> Stored()
    {
        IEnumerable<string> files = Directory.Exists(Expected) ? Directory.EnumerateFiles(Expected, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }) : [];
        if (File.Exists(DiagnosticsFile)) files = files.Append(DiagnosticsFile);
        return files.ToImmutableSortedDictionary(f => Path.GetRelativePath(Folder, f).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
    }

    /// <summary>Makes the stored outcome equal to the actual one.</summary>
    public void Accept()
    {
        if (Directory.Exists(Expected)) Directory.Delete(Expected, recursive: true);
        File.Delete(DiagnosticsFile);
        foreach ((string path, string text) in Actual())
        {
            string file = Path.Combine(Folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }

    private static string ThisFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

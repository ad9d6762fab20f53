using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DuskStack.Manifests;

namespace DuskStack.Packing;

/// <summary>Files of the repository that follow from the one description of settings.</summary>
public static class ReferenceFiles
{
    public const string Command = "dotnet run --project src/Packing -- reference";

    public static ImmutableSortedDictionary<string, Func<string>> All { get; } = ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal,
        new Dictionary<string, Func<string>>
        {
            ["docs/reference/manifest.md"] = Reference.Write,
            ["docs/reference/duskstack.schema.json"] = JsonSchema.Write,
        });

    public static ImmutableArray<string> Stale(string root) =>
        [.. All.Where(f => !File.Exists(Path.Combine(root, f.Key)) || File.ReadAllText(Path.Combine(root, f.Key)) != f.Value()).Select(f => f.Key)];

    public static IEnumerable<string> Write(string root)
    {
        foreach (string file in Stale(root))
        {
            string path = Path.Combine(root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, All[file]());
            yield return file;
        }
    }

    /// <summary>The repository, from where this file was compiled: the command works in any folder.</summary>
    public static string Root() => Above();

    private static string Above([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}

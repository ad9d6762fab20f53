using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DuskStack.Packing.Learning;
using DuskStack.Packing.Parameters;

namespace DuskStack.Packing.Content;

/// <summary>Everything in the template's folder of the package.</summary>
public static class TemplateContent
{
    /// <summary>What people write of it: <c>template.json</c> without what is learnt, the icon, the translations.</summary>
    public const string Written = "templates/duskstack/.template.config";

    private const string Config = ".template.config";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="root">The repository.</param>
    /// <param name="tables">What was learnt of the generator.</param>
    /// <returns>Bytes by path.</returns>
    /// <exception cref="InvalidOperationException">Something would not survive the engine; every fault is named.</exception>
    public static ImmutableSortedDictionary<string, byte[]> Of(string root, ProjectTables tables)
    {
        ImmutableArray<ContentFolder> folders = ContentLayout.Of(Folded(tables));
        string written = Path.Combine(root, Written);
        JsonObject template = TemplateJson.Of(JsonNode.Parse(File.ReadAllText(Path.Combine(written, "template.json")))!.AsObject(), folders);
        ImmutableSortedDictionary<string, string> english = Translations.English(template);
        var files = ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        var faults = new List<string>(ParameterFaults.Of());

        foreach (string file in Directory.EnumerateFiles(written, "*", SearchOption.AllDirectories))
        {
            string path = Path.GetRelativePath(written, file).Replace('\\', '/');
            files[$"{Config}/{path}"] = File.ReadAllBytes(file);
            if (path.StartsWith("localize/", StringComparison.Ordinal))
                faults.AddRange(Translations.Faults(path, JsonNode.Parse(File.ReadAllText(file))!.AsObject(), english));
        }

        Add("template.json", template);
        Add("dotnetcli.host.json", HostFiles.CommandLine());
        Add("ide.host.json", HostFiles.Ide());
        Add("localize/templatestrings.en.json", new JsonObject(english.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))));
        foreach (ContentFolder folder in folders)
        {
            foreach (FoldedFile file in folder.Groups.SelectMany(g => g.Files))
                files.Add($"{folder.Name}/{file.Path}", Encoding.UTF8.GetBytes(file.Text));
        }

        return faults.Count == 0 ? files.ToImmutable() : throw new InvalidOperationException(string.Join('\n', faults));

        void Add(string name, JsonObject json) => files[$"{Config}/{name}"] = Encoding.UTF8.GetBytes(json.ToJsonString(Indented) + "\n");
    }

    /// <summary>Writes them into an empty folder.</summary>
    public static void Write(string folder, ImmutableSortedDictionary<string, byte[]> files)
    {
        // What an earlier run left there would be packed too.
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        foreach ((string path, byte[] bytes) in files)
        {
            string file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }
    }

    // What takes longest comes first, and each processor takes one file at a time: none waits for another at the end.
    private static IEnumerable<FoldedFile> Folded(ProjectTables tables) =>
    [
        .. Partitioner.Create(tables.Files.OrderByDescending(f => f.Sections.Sum(s => s.Space.Size)), EnumerablePartitionerOptions.NoBuffering)
            .AsParallel().SelectMany(f => FoldedFile.Of(f)),
    ];
}

using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DuskStack.Packing.Seeds;

/// <summary>Reads <c>tests/seeds</c>: <c>rows.yaml</c> names every row, a file for each system says what meets them.</summary>
public static class SeedFiles
{
    public const string Folder = "tests/seeds";

    private static readonly ImmutableArray<string> Keys = ["id", "wants", "file", "has", "test", "verify", "instead"];

    /// <param name="root">The repository.</param>
    public static ImmutableArray<Seed> Read(string root)
    {
        var seeds = (YamlMappingNode)Load(Path.Combine(root, Folder, "rows.yaml"));
        return [.. seeds.Children.Select(seed => OneSeed(root, Text(seed.Key), (YamlMappingNode)seed.Value))];
    }

    /// <summary>The rows of one file; throws where it is no list of rows.</summary>
    public static ImmutableArray<SeedRow> Rows(string file) => Load(file) is YamlSequenceNode list
        ? [.. list.Children.Select(node => Row(file, node))]
        : throw new FormatException($"{file}: is a list of rows");

    private static Seed OneSeed(string root, string number, YamlMappingNode node)
    {
        string file = Path.Combine(root, Folder, $"{number}.yaml");
        ImmutableArray<string> ids = [.. ((YamlSequenceNode)node["rows"]).Select(Text)];
        return new(number, Text(node["example"]), ids, File.Exists(file) ? Rows(file) : []);
    }

    private static SeedRow Row(string file, YamlNode node)
    {
        var map = node as YamlMappingNode ?? throw new FormatException($"{file}:{node.Start.Line}: a row has keys");
        ImmutableDictionary<string, string> values = map.Children.ToImmutableDictionary(p => Text(p.Key), p => Text(p.Value));
        if (values.Keys.FirstOrDefault(k => !Keys.Contains(k)) is { } unknown)
            throw new FormatException($"{file}:{map.Start.Line}: unknown key `{unknown}`; a row has {string.Join(", ", Keys)}");
        return new()
        {
            Id = values.GetValueOrDefault("id") ?? throw new FormatException($"{file}:{map.Start.Line}: a row has an `id`"),
            Wants = values.GetValueOrDefault("wants") ?? throw new FormatException($"{file}:{map.Start.Line}: a row says what it `wants`"),
            File = values.GetValueOrDefault("file"),
            Has = values.GetValueOrDefault("has"),
            Test = values.GetValueOrDefault("test"),
            Verify = values.GetValueOrDefault("verify"),
            Instead = values.GetValueOrDefault("instead"),
        };
    }

    private static YamlNode Load(string file)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(File.ReadAllText(file)));
        }
        catch (YamlException error)
        {
            throw new FormatException($"{file}:{error.Start.Line}: {error.Message}", error);
        }

        return stream.Documents.Count == 1 ? stream.Documents[0].RootNode : throw new FormatException($"{file}: is one document");
    }

    private static string Text(YamlNode node) => node is YamlScalarNode { Value: { } text } ? text : throw new FormatException($"line {node.Start.Line}: a text is wanted here");
}

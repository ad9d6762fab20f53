using System.Collections.Immutable;
using YamlDotNet.RepresentationModel;

namespace DuskStack.Tests.Bugs.Reading;

/// <summary>YAML with `&lt;&lt;` taken over, as Compose reads it. A key that is not there is an empty text, list or map.</summary>
internal static class YamlTree
{
    public static YamlNode Load(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Count == 0 ? new YamlMappingNode() : stream.Documents[0].RootNode;
    }

    public static YamlNode? At(this YamlNode? node, params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            if (node is not YamlMappingNode map) return null;
            node = map.Children.TryGetValue(key, out YamlNode? value) ? value : map.Children.TryGetValue("<<", out YamlNode? merged) ? merged.At(key) : null;
        }

        return node;
    }

    public static string Text(this YamlNode? node) => node is YamlScalarNode { Value: { } text } ? text : "";

    public static ImmutableArray<string> Texts(this YamlNode? node) => [.. node.Items().Select(Text)];

    public static IEnumerable<YamlNode> Items(this YamlNode? node) => node is YamlSequenceNode list ? list.Children : node is YamlScalarNode scalar ? [scalar] : [];

    public static IEnumerable<(string Key, YamlNode Value)> Pairs(this YamlNode? node) => node is YamlMappingNode map ? map.Children.Select(p => (Text(p.Key), p.Value)) : [];

    /// <summary>Every scalar, wherever it stands.</summary>
    public static IEnumerable<string> Scalars(this YamlNode? node) => node switch
    {
        YamlScalarNode scalar => [scalar.Text()],
        YamlSequenceNode list => list.Children.SelectMany(Scalars),
        YamlMappingNode map => map.Children.Values.SelectMany(Scalars),
        _ => [],
    };
}

/// <summary>A service of a Compose file.</summary>
internal sealed record ComposeService(string Name, YamlNode Node)
{
    public string Image => Node.At("image").Text();
    public YamlNode? Build => Node.At("build");

    /// <summary>The words of its check; empty when it has none or switches the image's off.</summary>
    public ImmutableArray<string> Health => Node.At("healthcheck", "test") is YamlScalarNode shell ? ["CMD-SHELL", shell.Text()] : Node.At("healthcheck", "test").Texts();
    public bool RunsOnce => Node.At("restart").Text() == "no" || Node.At("healthcheck", "disable").Text() == "true";
    public IEnumerable<(string Name, string Value)> Environment => Node.At("environment") is YamlSequenceNode list
        ? list.Texts().Select(e => (e.Split('=')[0], e[Math.Min(e.Length, e.IndexOf('=', StringComparison.Ordinal) + 1)..]))
        : Node.At("environment").Pairs().Select(p => (p.Key, p.Value.Text()));
    public ImmutableArray<string> Ports => Node.At("ports").Texts();
    public IEnumerable<string> DependsOn => Node.At("depends_on") is YamlSequenceNode list ? list.Texts() : Node.At("depends_on").Pairs().Select(p => p.Key);
    public IEnumerable<string> Networks => Node.At("networks") is YamlSequenceNode list ? list.Texts() : Node.At("networks").Pairs().Select(p => p.Key);
    public string Command => string.Join(' ', Node.At("command").Texts());

    /// <summary>True for PostgreSQL, Redis, Valkey and their like, and not for what measures them.</summary>
    public bool IsDatabase => Image.Split('/')[^1].Split(':')[0] is "postgres" or "pgvector" or "redis" or "valkey" or "mysql" or "mariadb" or "mongo";

    /// <summary>Memory limit in bytes; null when there is none.</summary>
    public long? Memory => Bytes(Node.At("deploy", "resources", "limits", "memory").Text());

    public static long? Bytes(string text) => text.Length > 1 && long.TryParse(text.TrimEnd('b', 'B')[..^1], out long number)
        ? char.ToUpperInvariant(text.TrimEnd('b', 'B')[^1]) switch { 'G' => number << 30, 'M' => number << 20, 'K' => number << 10, _ => null }
        : null;
}

/// <summary>A Compose file.</summary>
internal sealed record ComposeFile(string Path, YamlNode Root, ImmutableArray<ComposeService> Services)
{
    public bool IsProduction => Path.Contains("prod", StringComparison.Ordinal);

    public static ComposeFile Read(string path, string text)
    {
        YamlNode root = YamlTree.Load(text);
        return new(path, root, [.. root.At("services").Pairs().Select(s => new ComposeService(s.Key, s.Value))]);
    }
}

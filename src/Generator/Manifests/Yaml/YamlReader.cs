using System.Collections.Immutable;
using DuskStack.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DuskStack.Manifests.Yaml;

/// <summary>
/// Reads a YAML text into nodes that know their place. Works on the parser's events, so that size and depth are bounded before anything is built,
/// and so that keys written twice, aliases and merge keys are seen as they were written.
/// </summary>
public sealed class YamlReader
{
    private readonly string file;
    private readonly SourceLines lines;
    private readonly DiagnosticBag bag;
    private readonly Parser parser;
    private readonly Dictionary<string, YamlNode?> anchors = new(StringComparer.Ordinal);
    private readonly Stack<SourceSpan> openBrackets = [];
    private int nodes;

    private YamlReader(string file, string text, DiagnosticBag bag)
    {
        this.file = file;
        this.bag = bag;
        lines = new SourceLines(text);
        parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>The map that the text is; null after an error (DS1001 to DS1004). A key that stands twice (DS1005) keeps its first value.</summary>
    public static YamlMap? Read(SourceText source, DiagnosticBag bag) => ManifestText.Decode(source, bag) is { } text ? new YamlReader(source.File, text, bag).ReadDocument() : null;

    private YamlMap? ReadDocument()
    {
        if (!Next() || !Next()) return null;
        if (parser.Current is StreamEnd) return NotAMap(SourceSpan.Start(file), "is empty");
        if (!Next()) return null;
        var start = Span(parser.Current!);
        var root = ReadNode(depth: 1);
        if (root is null || !Next()) return null;
        if (parser.Current is not StreamEnd)
        {
            bag.Error(DiagnosticCodes.InvalidYaml, Span(parser.Current!), "a second document starts here", "a manifest is one document: delete this `---` and what does not belong");
            return null;
        }

        return root switch
        {
            YamlMap map => map,
            YamlScalar { IsNull: true } => NotAMap(SourceSpan.Start(file), "is empty"),
            _ => NotAMap(start, $"is {(root is YamlList ? "a list" : "text")}, not keys and values"),
        };
    }

    private YamlMap? NotAMap(SourceSpan span, string what)
    {
        bag.Error(DiagnosticCodes.WrongType, span, $"the manifest {what}", "it starts with `version: 1`, `name: shop` and `services:`");
        return null;
    }

    /// <summary>Reads the node at which the parser stands and moves past it; null when reading has to end.</summary>
    private YamlNode? ReadNode(int depth)
    {
        if (parser.Current is AnchorAlias alias) return ReadAlias(alias);
        if (parser.Current is not NodeEvent node)
        {
            // On some broken texts the parser ends a map between a key and its value.
            bag.Error(DiagnosticCodes.InvalidYaml, Span(parser.Current!), "this is not valid YAML: a value is missing", "check the indentation and the brackets here and on the lines above");
            return null;
        }

        if (!Count(1, Span(node))) return null;
        if (depth > YamlLimits.Depth && node is not Scalar)
        {
            bag.Error(DiagnosticCodes.InvalidYaml, Span(node), $"lists and maps are nested more than {YamlLimits.Depth} levels deep");
            return null;
        }

        CheckTag(node);
        var anchor = node.Anchor.IsEmpty ? null : node.Anchor.Value;
        // Until its node is complete an anchor stands for nothing: an alias inside would be endless.
        if (anchor is not null) anchors[anchor] = null;
        var isBracket = node is SequenceStart { Style: SequenceStyle.Flow } or MappingStart { Style: MappingStyle.Flow };
        if (isBracket) openBrackets.Push(Span(node));
        YamlNode? read = node switch
        {
            SequenceStart => ReadList(depth),
            MappingStart => ReadMap(depth),
            Scalar scalar => ReadScalar(scalar),
            _ => throw new InvalidOperationException($"unexpected YAML event {node}"),
        };
        if (isBracket) openBrackets.Pop();
        if (anchor is not null && read is not null) anchors[anchor] = read;
        return read;
    }

    private YamlScalar? ReadScalar(Scalar scalar)
    {
        var read = new YamlScalar(scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty, Span(scalar));
        return Next() ? read : null;
    }

    private YamlList? ReadList(int depth)
    {
        var start = (SequenceStart)parser.Current!;
        var span = Span(start);
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        if (!Next()) return null;
        while (parser.Current is not SequenceEnd)
        {
            if (ReadNode(depth + 1) is not { } item) return null;
            items.Add(item);
        }

        var closing = Closing(start.Style == SequenceStyle.Flow);
        return Next() ? new YamlList(items.DrainToImmutable(), span) { Closing = closing } : null;
    }

    private YamlMap? ReadMap(int depth)
    {
        var start = (MappingStart)parser.Current!;
        var span = Span(start);
        var map = new MapEntries(bag);
        if (!Next()) return null;
        while (parser.Current is not MappingEnd)
        {
            var keySpan = Span(parser.Current!);
            if (ReadNode(depth + 1) is not { } key) return null;
            if (ReadNode(depth + 1) is not { } value) return null;
            if (key is not YamlScalar name)
            {
                bag.Error(DiagnosticCodes.InvalidYaml, keySpan, $"a key must be a name, not {key.Describe()}", "quote values that start with `{` or `[`");
                return null;
            }

            // `port:` with nothing behind it is best shown by its key.
            if (value is YamlScalar { IsNull: true, Text: "" }) value = new YamlScalar("", isPlain: true, name.Span);
            map.Add(name, value);
        }

        if (!Count(map.MergedSize, span)) return null;
        var closing = Closing(start.Style == MappingStyle.Flow);
        return Next() ? new YamlMap(map.Complete(), span) { Closing = closing } : null;
    }

    // The parser stands at the end of a list or map.
    private SourceSpan? Closing(bool isFlow) => isFlow ? Span(parser.Current!) : null;

    private YamlNode? ReadAlias(AnchorAlias alias)
    {
        var (span, name) = (Span(alias), alias.Value.Value);
        if (!anchors.TryGetValue(name, out var node))
        {
            bag.Error(DiagnosticCodes.InvalidYaml, span, $"there is no anchor {Quoted.Text($"&{name}")} above this alias",
                Suggestions.Nearest(name, anchors.Keys) is { } near ? $"did you mean `*{near}`?" : "a value that starts with `*` needs quotes");
            return Next() ? new YamlScalar("", isPlain: false, span) : null;
        }

        if (node is null)
        {
            bag.Error(DiagnosticCodes.TooManyAliases, span, $"the alias {Quoted.Text($"*{name}")} stands inside its own anchor, so it would never end");
            return null;
        }

        if (!Count(node.Size, span)) return null;
        if (node.Depth >= YamlLimits.Depth)
        {
            bag.Error(DiagnosticCodes.TooManyAliases, span, $"aliases nest lists and maps more than {YamlLimits.Depth} levels deep");
            return null;
        }

        return Next() ? node : null;
    }

    private bool Count(int more, SourceSpan span)
    {
        nodes += Math.Min(more, YamlLimits.Nodes + 1);
        if (nodes <= YamlLimits.Nodes) return true;
        bag.Error(DiagnosticCodes.TooManyAliases, span, $"with its aliases written out the text has more than {YamlLimits.Nodes:N0} values");
        return false;
    }

    private void CheckTag(NodeEvent node)
    {
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific || node.Tag.Value.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal)) return;
        bag.Error(DiagnosticCodes.InvalidYaml, Span(node), $"the tag {Quoted.Text(node.Tag.Value)} means nothing here", "quote a value that starts with `!`");
    }

    /// <summary>Moves to the next event; false after reporting that the text is not YAML.</summary>
    private bool Next()
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Besides its YamlException the parser lets through what it stumbles on (escapes beyond Unicode, numbers of a %YAML line).
            var bracket = openBrackets.TryPeek(out var open) ? open : default(SourceSpan?);
            YamlSyntaxError.Report(error, parser.Current is { } last ? Span(last) : SourceSpan.Start(file), bracket, lines, bag);
            return false;
        }
    }

    private SourceSpan Span(ParsingEvent at)
    {
        var (line, column) = ((int)Math.Max(1, at.Start.Line), (int)Math.Max(1, at.Start.Column));
        var text = lines[line];
        var end = at switch
        {
            _ when at.End.Line == line && at.End.Column > column => (int)at.End.Column - 1,
            Scalar or DocumentStart => text.Length,
            _ => column,
        };
        end = Math.Min(end, text.Length);
        while (end > column && char.IsWhiteSpace(text[end - 1])) end--;
        return new(file, line, column, Math.Max(1, end - column + 1));
    }
}

using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace DuskStack.Tests.Escapes;

/// <summary>
/// What the reader of a file makes of it: words, keys and values, each with its place. Two files that differ in one value alone differ in the
/// tokens of that value alone; a value that breaks out of its place makes others.
/// </summary>
internal static class OutputTokens
{
    /// <summary>Before a dollar or a backtick that is not meant as one.</summary>
    private const string Expanded = "expanded ";

    /// <summary>True when there is a reader for the file; the others are taken as lines.</summary>
    public static bool Reads(string path) => Path.GetExtension(path) is ".yaml" or ".yml" or ".json" or ".sh" or ".hcl" or ".conf" || IsDockerfile(path);

    /// <summary>By the file's ending; throws where its reader would refuse it. Other files are read as lines.</summary>
    public static ImmutableArray<string> Of(string path, string content)
    {
        string name = Path.GetFileName(path);
        return name switch
        {
            _ when name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal) => [.. Yaml(content)],
            _ when name.EndsWith(".json", StringComparison.Ordinal) => [.. Json(JsonDocument.Parse(content).RootElement, "")],
            _ when name.EndsWith(".sh", StringComparison.Ordinal) => [.. Shell(content)],
            _ when name.EndsWith(".hcl", StringComparison.Ordinal) => [.. Hcl(content)],
            _ when name.EndsWith(".conf", StringComparison.Ordinal) => [.. Nginx(content)],
            _ when IsDockerfile(path) => [.. Dockerfile(content)],
            _ => [.. content.Split('\n')],
        };
    }

    private static bool IsDockerfile(string path) => Path.GetFileName(path).StartsWith("Dockerfile", StringComparison.Ordinal) && !path.EndsWith(".dockerignore", StringComparison.Ordinal);

    private static IEnumerable<string> Yaml(string content)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(content));
        return stream.Documents.SelectMany((document, index) => Walk(document.RootNode, $"{index}"));

        static IEnumerable<string> Walk(YamlNode node, string path) => node switch
        {
            YamlScalarNode scalar => [$"{path} = {scalar.Value} {(scalar.Tag.IsEmpty ? "" : scalar.Tag.Value)}"],
            YamlSequenceNode list => list.Children.SelectMany((child, index) => Walk(child, $"{path}/{index}")),
            YamlMappingNode map => map.Children.SelectMany(pair => Walk(pair.Value, $"{path}/{((YamlScalarNode)pair.Key).Value}")),
            _ => throw new InvalidOperationException($"{node.NodeType} at {path}"),
        };
    }

    private static IEnumerable<string> Json(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Json(property.Value, $"{path}/{property.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, index) => Json(item, $"{path}/{index}")),
        JsonValueKind.String => [$"{path} = {element.GetString()}"],
        _ => [$"{path} = {element.GetRawText()}"],
    };

    /// <summary>Words of a POSIX shell, quotes taken away; what a shell would expand is marked.</summary>
    private static IEnumerable<string> Shell(string text)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '\'':
                    int end = text.IndexOf('\'', i + 1);
                    if (end < 0) throw new FormatException($"a quote never ends: {text[i..Math.Min(text.Length, i + 60)]}");
                    (word ??= new()).Append(text, i + 1, end - i - 1);
                    i = end;
                    break;
                case '"':
                    word ??= new();
                    for (i++; i < text.Length && text[i] != '"'; i++)
                    {
                        if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\' or '$' or '`')
                        {
                            word.Append(text[++i]);
                        }
                        else if (text[i] == '$' && i + 1 < text.Length && text[i + 1] == '(')
                        {
                            int close = EndOfSubstitution(text, i + 2);
                            word.Append(Expanded).Append(text, i, close - i + 1);
                            i = close;
                        }
                        else
                        {
                            word.Append(text[i] is '$' or '`' ? $"{Expanded}{text[i]}" : text[i].ToString());
                        }
                    }

                    if (i >= text.Length) throw new FormatException("a double quote never ends");
                    break;
                case '\\' when i + 1 < text.Length:
                    i++;
                    if (text[i] != '\n') (word ??= new()).Append(text[i]);
                    break;
                case '#' when word is null:
                    int line = text.IndexOf('\n', i);
                    words.Add($"comment {text[i..(line < 0 ? text.Length : line)]}");
                    i = line < 0 ? text.Length : line - 1;
                    break;
                case '\n' or ';' or '&' or '|' or '(' or ')' or '<' or '>':
                    Close();
                    words.Add($"operator {c}");
                    break;
                case ' ' or '\t':
                    Close();
                    break;
                default:
                    (word ??= new()).Append(c is '$' or '`' ? $"{Expanded}{c}" : c.ToString());
                    break;
            }
        }

        Close();
        return words;

        void Close()
        {
            if (word is not null) words.Add(word.ToString());
            word = null;
        }
    }

    /// <summary>The place of the bracket that ends <c>$(</c>; quotes inside have a life of their own.</summary>
    private static int EndOfSubstitution(string text, int from)
    {
        bool quoted = false;
        for (int i = from; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '\'' when !quoted:
                    i = text.IndexOf('\'', i + 1);
                    if (i < 0) throw new FormatException("a quote never ends");
                    break;
                case '(' when !quoted || text[i - 1] == '$':
                    i = EndOfSubstitution(text, i + 1);
                    break;
                case ')' when !quoted:
                    return i;
            }
        }

        throw new FormatException("a substitution never ends");
    }

    /// <summary>Instructions; a JSON form is read as JSON, ENV, ARG and LABEL as words of BuildKit, all else as words of a shell.</summary>
    private static IEnumerable<string> Dockerfile(string content)
    {
        string[] lines = content.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (line.TrimStart().StartsWith('#') || line.Trim().Length == 0)
            {
                yield return $"line {line}";
                continue;
            }

            var instruction = new StringBuilder(line);
            while (instruction[^1] == '\\' && i + 1 < lines.Length)
            {
                instruction.Length--;
                // Comments between continued lines belong to nobody.
                while (lines[i + 1].TrimStart().StartsWith('#')) i++;
                instruction.Append(lines[++i].TrimStart());
            }

            string text = instruction.ToString();
            string keyword = text.Split(' ')[0], rest = text[keyword.Length..].Trim();
            // Only what no quote holds opens a document: BuildKit looks at words with their quotes on.
            string[] plain = rest.StartsWith('[') ? [] : [.. Shell(rest)];
            int here = keyword is "RUN" or "COPY" ? Enumerable.Range(0, Math.Max(0, plain.Length - 2)).FirstOrDefault(w => plain[w] == "operator <" && plain[w + 1] == "operator <", -1) : -1;
            if (here >= 0)
            {
                string mark = plain[here + 2].TrimStart('-');
                while (++i < lines.Length && lines[i] != mark)
                    yield return $"{keyword} document {lines[i]}";
                if (i >= lines.Length) throw new FormatException($"the document {mark} never ends");
            }

            string form = rest.StartsWith("CMD ", StringComparison.Ordinal) ? rest["CMD ".Length..] : rest;
            string[] words = form.StartsWith('[') ? [.. Json(JsonDocument.Parse(form).RootElement, "")] : [.. Shell(form)];
            // BuildKit expands variables in these, and runs nothing.
            bool assigns = keyword is "ENV" or "ARG" or "LABEL";
            foreach (string word in words)
                yield return $"{keyword} {(assigns ? word.Replace($"{Expanded}`", "`", StringComparison.Ordinal) : word)}";
        }
    }

    /// <summary>Lines, their quoted strings unescaped: a template that a value opened would stand there as <c>expand</c>.</summary>
    private static IEnumerable<string> Hcl(string content)
    {
        foreach (string line in content.Split('\n'))
        {
            var plain = new StringBuilder();
            for (int i = 0; i < line.Length; i++)
            {
                if (line[i] == '#') break;
                if (line[i] != '"')
                {
                    plain.Append(line[i]);
                    continue;
                }

                var text = new StringBuilder();
                for (i++; i < line.Length && line[i] != '"'; i++)
                {
                    if (line[i] == '\\')
                    {
                        string escaped = line[i + 1] == 'u' ? line[i..(i + 6)] : line[i..(i + 2)];
                        text.Append(JsonSerializer.Deserialize<string>($"\"{escaped}\""));
                        i += escaped.Length - 1;
                    }
                    else if (line[i] is '$' or '%' && i + 2 < line.Length && line[i + 1] == line[i] && line[i + 2] == '{')
                    {
                        text.Append(line[i++]);
                    }
                    else if (line[i] is '$' or '%' && i + 1 < line.Length && line[i + 1] == '{')
                    {
                        text.Append("expand ").Append(line[i]);
                    }
                    else
                    {
                        text.Append(line[i]);
                    }
                }

                if (i >= line.Length) throw new FormatException($"a string never ends: {line}");
                yield return $"string {text}";
                plain.Append("\"\"");
            }

            yield return plain.ToString();
        }
    }

    /// <summary>Words, quotes taken away, and the ends of directives and blocks.</summary>
    private static IEnumerable<string> Nginx(string text)
    {
        StringBuilder? word = null;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (word is null && c is '"' or '\'')
            {
                var quoted = new StringBuilder();
                for (i++; i < text.Length && text[i] != c; i++)
                {
                    if (text[i] == '\\' && i + 1 < text.Length) i++;
                    quoted.Append(text[i]);
                }

                if (i >= text.Length) throw new FormatException("a quote never ends");
                yield return $"word {quoted}";
            }
            else if (word is null && c == '#')
            {
                i = text.IndexOf('\n', i);
                if (i < 0) yield break;
            }
            else if (c is ' ' or '\t' or '\n' or ';' || (c is '{' or '}' && (word is null || word[^1] != '$') && !Braced(word)))
            {
                if (word is not null) yield return $"word {word}";
                word = null;
                if (c is ';' or '{' or '}') yield return $"sign {c}";
            }
            else
            {
                (word ??= new()).Append(c);
            }
        }

        static bool Braced(StringBuilder? word) => word is not null && word.ToString().LastIndexOf("${", StringComparison.Ordinal) > word.ToString().LastIndexOf('}');
    }
}

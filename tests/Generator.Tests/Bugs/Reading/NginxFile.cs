using System.Collections.Immutable;
using System.Text;

namespace DuskStack.Tests.Bugs.Reading;

/// <summary>A directive of nginx, with what is inside it when it is a block.</summary>
internal sealed record Directive(string Name, ImmutableArray<string> Values, ImmutableArray<Directive> Inside, int Line)
{
    public string Text => $"line {Line}: {Name} {string.Join(' ', Values)}".TrimEnd();

    public IEnumerable<Directive> All(string name) => Inside.Where(d => d.Name == name);
}

/// <summary>A file of nginx; files beside it that it includes stand where they are included.</summary>
internal sealed record NginxFile(string Path, ImmutableArray<Directive> Top)
{
    /// <summary>Every directive, with the blocks around it, the innermost last.</summary>
    public IEnumerable<(Directive Directive, ImmutableArray<Directive> Around)> Walk() => Walk(Top, []);

    public IEnumerable<Directive> All(string name) => Walk().Select(d => d.Directive).Where(d => d.Name == name);

    /// <summary>True for the file that nginx starts with.</summary>
    public bool IsMain => System.IO.Path.GetFileName(Path) == "nginx.conf";

    private static IEnumerable<(Directive, ImmutableArray<Directive>)> Walk(ImmutableArray<Directive> block, ImmutableArray<Directive> around) =>
        block.SelectMany(d => Walk(d.Inside, around.Add(d)).Prepend((d, around)));

    /// <param name="path">Its name.</param>
    /// <param name="text">What it says.</param>
    /// <param name="included">The text of an included file; null when it is not here.</param>
    public static NginxFile Read(string path, string text, Func<string, string?> included)
    {
        var words = new Queue<(string Word, int Line)>(Words(text));
        return new(path, Block(words, included));
    }

    private static ImmutableArray<Directive> Block(Queue<(string Word, int Line)> words, Func<string, string?> included)
    {
        var block = ImmutableArray.CreateBuilder<Directive>();
        var values = new List<string>();
        int line = 0;
        while (words.TryDequeue(out (string Word, int Line) next))
        {
            if (next.Word == "\n}") return block.ToImmutable();
            if (next.Word is "\n;" or "\n{")
            {
                ImmutableArray<Directive> inside = next.Word == "\n{" ? Block(words, included) : [];
                if (values[0] == "include" && included(values[1]) is { } text) block.AddRange(Read("", text, included).Top);
                else block.Add(new(values[0], [.. values.Skip(1)], inside, line));
                values.Clear();
                continue;
            }

            if (values.Count == 0) line = next.Line;
            values.Add(next.Word);
        }

        return values.Count == 0 ? block.ToImmutable() : throw new FormatException($"a directive never ends: {string.Join(' ', values)}");
    }

    /// <summary>Words without their quotes; ends and brackets have a line feed before them, which no word begins with.</summary>
    private static IEnumerable<(string Word, int Line)> Words(string text)
    {
        int line = 1;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\n') line++;
            if (char.IsWhiteSpace(c)) continue;
            if (c == '#')
            {
                while (i + 1 < text.Length && text[i + 1] != '\n') i++;
                continue;
            }

            if (c is ';' or '{' or '}')
            {
                yield return ($"\n{c}", line);
                continue;
            }

            int start = line;
            var word = new StringBuilder();
            if (c is '"' or '\'')
            {
                for (i++; i < text.Length && text[i] != c; i++)
                {
                    if (text[i] == '\n') line++;
                    if (text[i] == '\\' && text[i + 1] == c) i++;
                    word.Append(text[i]);
                }
            }
            else
            {
                // ${name} is part of a word.
                for (; i < text.Length && !char.IsWhiteSpace(text[i]) && (text[i] is not (';' or '{' or '}') || (text[i] == '{' && text[i - 1] == '$') || (text[i] == '}' && word.ToString().LastIndexOf("${", StringComparison.Ordinal) > word.ToString().LastIndexOf('}'))); i++) word.Append(text[i]);
                i--;
            }

            yield return (word.ToString(), start);
        }
    }
}

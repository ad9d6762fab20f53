using System.Collections.Immutable;

namespace DuskStack.Templating;

/// <summary>
/// Reads the part of Handlebars that templates use: values, helpers of one argument, <c>if</c>, <c>unless</c>, <c>each</c>, <c>else</c>, partials and comments. All but values and
/// helpers take their line with them when they are alone on it: https://handlebarsjs.com/guide/whitespace-control.html
/// </summary>
/// <param name="text">The template; lines end with a line feed.</param>
/// <param name="partial">Gives a partial by its name; asked when it is rendered for the first time.</param>
internal sealed class TemplateParser(string text, Func<string, Template> partial)
{
    private const string Open = "{{", Close = "}}", OpenComment = "{{!--", CloseComment = "--}}";

    private int at;
    private int lastTag;

    /// <exception cref="FormatException">It is no template.</exception>
    public ImmutableArray<TemplateNode> Parse()
    {
        var nodes = ImmutableArray.CreateBuilder<TemplateNode>();
        return ReadInto(nodes) is { } end ? throw Mistake($"`{end}` belongs to no block") : nodes.ToImmutable();
    }

    // Up to the tag that ends what is read, which is given back; null at the end of the text.
    private string? ReadInto(ImmutableArray<TemplateNode>.Builder nodes)
    {
        while (true)
        {
            string? tag = NextTag(out string before);
            if (before.Length > 0)
                nodes.Add(new TextNode(before));

            switch (tag)
            {
                case null or "else" or ['/', ..]:
                    return tag;
                case ['!', ..]:
                    break;
                case ['>', .. var rest]:
                    nodes.Add(Partial(Words(rest)));
                    break;
                case ['#', .. var rest]:
                    nodes.Add(Block(Words(rest)));
                    break;
                default:
                    nodes.Add(Value(Words(tag)));
                    break;
            }
        }
    }

    private string? NextTag(out string before)
    {
        int start = text.IndexOf(Open, at, StringComparison.Ordinal);
        if (start < 0)
        {
            (before, at) = (text[at..], text.Length);
            return null;
        }

        lastTag = start;
        string close = string.CompareOrdinal(text, start, OpenComment, 0, OpenComment.Length) == 0 ? CloseComment : Close;
        int end = text.IndexOf(close, start, StringComparison.Ordinal);
        if (end < 0)
            throw Mistake($"`{close}` is missing");

        string tag = text[(start + Open.Length)..end].Trim();
        if (tag.Length == 0)
            throw Mistake("the tag is empty");

        end += close.Length;
        if ((tag == "else" || "#/>!".Contains(tag[0], StringComparison.Ordinal)) && IsAlone(start, end, out int lineStart, out int nextLine))
            (start, end) = (lineStart, nextLine);

        (before, at) = (text[at..start], end);
        return tag;
    }

    private bool IsAlone(int start, int end, out int lineStart, out int nextLine)
    {
        (lineStart, nextLine) = (start, end);
        while (lineStart > 0 && text[lineStart - 1] == ' ')
            lineStart--;
        while (nextLine < text.Length && text[nextLine] == ' ')
            nextLine++;
        if ((lineStart > 0 && text[lineStart - 1] != '\n') || (nextLine < text.Length && text[nextLine] != '\n'))
            return false;

        nextLine = Math.Min(nextLine + 1, text.Length);
        return true;
    }

    private TemplateNode Value(string[] words) => words switch
    {
        [var value] => new ValueNode(Read(value)),
        [var helper, var argument] when Escaping.Helpers.TryGetValue(helper, out Func<object?, string>? function) => new HelperNode(function, Read(argument)),
        [var helper, _] => throw Mistake($"there is no helper `{helper}`"),
        _ => throw Mistake("a helper takes one argument"),
    };

    private TemplateNode Block(string[] words)
    {
        if (words is not [("if" or "unless" or "each") and var name, var subject])
            throw Mistake($"there is no block `{string.Join(' ', words)}`");

        var value = Read(subject);
        var first = ImmutableArray.CreateBuilder<TemplateNode>();
        var second = ImmutableArray.CreateBuilder<TemplateNode>();
        string? end = ReadInto(first);
        if (end == "else" && name != "each")
            end = ReadInto(second);
        if (end != $"/{name}")
            throw Mistake(end is null ? $"`#{name} {subject}` is not closed" : $"`{end}` closes `#{name} {subject}`");

        return name switch
        {
            "each" => new LoopNode(value, first.ToImmutable()),
            "if" => new ConditionNode(value, first.ToImmutable(), second.ToImmutable()),
            _ => new ConditionNode(value, second.ToImmutable(), first.ToImmutable()),
        };
    }

    private PartialNode Partial(string[] words)
    {
        if (words is not [var name, .. var given])
            throw Mistake("the partial has no name");

        return new(new(() => partial(name)), [.. given.Select(Argument)]);
    }

    private PartialArgument Argument(string word) => word.IndexOf('=', StringComparison.Ordinal) is > 0 and var sign
        ? new(word[..sign], Read(word[(sign + 1)..]))
        : throw Mistake($"`{word}` is no `name=value`");

    private Expression Read(string word)
    {
        try
        {
            return Expression.Of(word);
        }
        catch (FormatException e)
        {
            throw Mistake(e.Message);
        }
    }

    // Parted by spaces, but not by those between quotes.
    private static string[] Words(string tag)
    {
        var words = new List<string>();
        var quote = '\0';
        var start = 0;
        for (var i = 0; i < tag.Length; i++)
        {
            if (quote != '\0' ? tag[i] == quote : tag[i] is '"' or '\'')
                quote = quote == '\0' ? tag[i] : '\0';
            else if (quote == '\0' && tag[i] == ' ')
                End(i);
        }

        End(tag.Length);
        return [.. words];

        void End(int end)
        {
            if (end > start)
                words.Add(tag[start..end]);
            start = end + 1;
        }
    }

    private FormatException Mistake(string message) => new($"{message} (line {text.AsSpan(0, lastTag).Count('\n') + 1} of it)");
}

using System.Text.RegularExpressions;

namespace DuskStack.Packing.Folding;

/// <summary>Evaluates a condition from its text.</summary>
internal sealed partial class ConditionReader(string text)
{
    private readonly string[] tokens = [.. Token().Matches(text).Select(m => m.Value)];
    private int at;

    public bool Read(Func<string, string> valueOf)
    {
        at = 0;
        bool value = Any(valueOf);
        return at == tokens.Length ? value : throw new FormatException($"cannot read the condition {text}");
    }

    private bool Any(Func<string, string> valueOf)
    {
        bool value = All(valueOf);
        while (Take("||"))
            value |= All(valueOf);
        return value;
    }

    private bool All(Func<string, string> valueOf)
    {
        bool value = One(valueOf);
        while (Take("&&"))
            value &= One(valueOf);
        return value;
    }

    private bool One(Func<string, string> valueOf)
    {
        if (Take("!"))
            return !One(valueOf);
        if (Take("("))
        {
            bool value = Any(valueOf);
            return Take(")") ? value : throw new FormatException($"cannot read the condition {text}");
        }

        string name = tokens[at++];
        return Take("==") ? valueOf(name) == tokens[at++].Trim('"')
            : Take("!=") ? valueOf(name) != tokens[at++].Trim('"')
            : name == "true" || (name != "false" && valueOf(name) == "true");
    }

    private bool Take(string token)
    {
        if (at == tokens.Length || tokens[at] != token)
            return false;
        at++;
        return true;
    }

    [GeneratedRegex("""\|\||&&|==|!=|[!()]|"[^"]*"|[a-z-]+""")]
    private static partial Regex Token();
}

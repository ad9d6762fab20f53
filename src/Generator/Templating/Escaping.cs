using System.Collections;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using DuskStack.Images;

namespace DuskStack.Templating;

/// <summary>One function per format that a value is printed into; templates call them as helpers: <c>{{yaml value}}</c>.</summary>
public static partial class Escaping
{
    /// <summary>The helpers, by the names that templates call them by.</summary>
    internal static IReadOnlyDictionary<string, Func<object?, string>> Helpers { get; } = new Dictionary<string, Func<object?, string>>(StringComparer.Ordinal)
    {
        ["yaml"] = value => Yaml(Text(value)),
        ["json"] = value => value is IEnumerable items and not string ? JsonList(Texts(items)) : Json(Text(value)),
        ["words"] = value => YamlWords(Texts(value)),
        ["yamlQuoted"] = value => YamlQuoted(Text(value)),
        ["list"] = value => YamlList(Texts(value)),
        ["shell"] = value => Shell(Text(value)),
        ["dockerValue"] = value => Dockerfile(Text(value)),
        ["hcl"] = value => Hcl(Text(value)),
        ["javascript"] = value => JavaScript(Text(value)),
        ["mermaid"] = value => Mermaid(Text(value)),
        ["nginxPattern"] = value => NginxPattern(Text(value)),
        // GitHub's expressions have the braces of Handlebars.
        ["githubExpression"] = value => $"${{{{ {Text(value)} }}}}",
        // An action of a Go template, which `docker --format` takes: {{go ".Name"}}.
        ["go"] = value => $"{{{{{Text(value)}}}}}",
        // An action of GitHub's by the commit that is pinned: {{pinned "actions/checkout"}}.
        ["pinned"] = value => ActionCatalog.Shared.Find(Text(value)).ToString(),
    };

    /// <summary>A scalar of its own line that YAML 1.2 and 1.1 readers take for text: plain where that is safe, else double-quoted.</summary>
    public static string Yaml(string value) => PlainYaml().IsMatch(value) && !YamlWord().IsMatch(value) ? value : YamlQuoted(value);

    /// <summary>
    /// A double-quoted scalar of YAML. Not JSON's: that writes what lies beyond U+FFFF as two surrogates, which YAML refuses.
    /// </summary>
    public static string YamlQuoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char c in value)
        {
            text.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                < ' ' or (>= '\u007f' and <= '\u00a0') or '\u2028' or '\u2029' or '\ufeff' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return text.Append('"').ToString();
    }

    /// <summary>A list on one line in which every word is quoted, as commands are: <c>["node", "dist/server.js"]</c>.</summary>
    public static string YamlWords(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(YamlQuoted))}]";

    /// <summary>A JSON string.</summary>
    public static string Json(string value) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value)}\"";

    /// <summary>A list in exec form: <c>["node", "dist/server.js"]</c>.</summary>
    public static string JsonList(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(Json))}]";

    /// <summary>A YAML list on one line: <c>[edge, data]</c>.</summary>
    public static string YamlList(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(v => FlowWord().IsMatch(v) && !YamlWord().IsMatch(v) ? v : YamlQuoted(v)))}]";

    /// <summary>One word of a POSIX shell.</summary>
    public static string Shell(string value) => PlainShell().IsMatch(value) ? value : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A double-quoted value of ENV, ARG or LABEL. BuildKit expands variables in it, and a line feed would end the instruction.</summary>
    public static string Dockerfile(string value) =>
        value.Contains('\n', StringComparison.Ordinal) ? throw new ArgumentException("a line feed would end the instruction", nameof(value)) : PlainShell().IsMatch(value) ? value : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal)}\"";

    /// <summary>A quoted string of HCL, where <c>${</c> and <c>%{</c> begin templates.</summary>
    public static string Hcl(string value) => Json(value).Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal);

    /// <summary>A single-quoted JavaScript string.</summary>
    public static string JavaScript(string value)
    {
        var text = new StringBuilder("'");
        foreach (char c in value)
            text.Append(c is '\'' or '\\' ? $"\\{c}" : c < ' ' ? $"\\u{(int)c:x4}" : c.ToString());
        return text.Append('\'').ToString();
    }

    /// <summary>A pattern of nginx' <c>location ~</c> that matches the text itself, as an unquoted word.</summary>
    public static string NginxPattern(string value) =>
        NginxWord().IsMatch(value) ? value.Replace(".", "\\.", StringComparison.Ordinal) : throw new ArgumentException($"`{value}` does not fit a word of nginx", nameof(value));

    /// <summary>Text between the quotes of a Mermaid label, in which quotes and all that HTML or Markdown would read are entities: https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters</summary>
    public static string Mermaid(string value)
    {
        var text = new StringBuilder();
        foreach (Rune rune in value.EnumerateRunes())
            text.Append(Rune.IsLetterOrDigit(rune) || (rune.IsAscii && " ./:@-_+=,()".Contains((char)rune.Value, StringComparison.Ordinal)) ? rune.ToString() : $"#{rune.Value};");
        return text.ToString();
    }

    /// <summary>Compose interpolates every value: a dollar that is meant literally is doubled.</summary>
    public static string Compose(string value) => value.Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>The value that Compose makes of a text without variables.</summary>
    public static string FromCompose(string value) => value.Replace("$$", "$", StringComparison.Ordinal);

    /// <summary>A value as it is printed where no format asks for more.</summary>
    internal static string Text(object? value) => value switch
    {
        null => throw new InvalidOperationException("a template asked for a value that is not there"),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, null),
        _ => value.ToString()!,
    };

    private static IEnumerable<string> Texts(object? values) => ((IEnumerable)values!).Cast<object?>().Select(Text);

    [GeneratedRegex(@"^[A-Za-z_/.$][A-Za-z0-9_./@${}~+=,-]*(:[A-Za-z0-9_./@$?{}~+=,-]+)*\z")]
    private static partial Regex PlainYaml();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_./-]*\z")]
    private static partial Regex FlowWord();

    /// <summary>Words that some YAML reader takes for a boolean, null or number.</summary>
    [GeneratedRegex(@"^(?i:y|n|yes|no|on|off|true|false|null|~|\.inf|\.nan|\.[0-9].*)\z")]
    private static partial Regex YamlWord();

    [GeneratedRegex(@"^[A-Za-z0-9_./:@%+=,-]+\z")]
    private static partial Regex PlainShell();

    [GeneratedRegex(@"^[A-Za-z0-9_./~-]+\z")]
    private static partial Regex NginxWord();
}

using DuskStack.Diagnostics;
using YamlDotNet.Core;

namespace DuskStack.Manifests.Yaml;

/// <summary>Says what is wrong with a text that is not YAML, in words that help more than the parser's.</summary>
internal static class YamlSyntaxError
{
    public static void Report(Exception error, SourceSpan last, SourceSpan? bracket, SourceLines lines, DiagnosticBag bag)
    {
        var at = error is YamlException { Start.Line: > 0 } located ? located.Start : default(Mark?);
        var span = at is { } mark ? new SourceSpan(last.File, (int)mark.Line, (int)mark.Column, 1) : last;
        if (TabbedLine(error, lines, span.Line) is { } tabbed)
        {
            bag.Error(DiagnosticCodes.InvalidYaml, new SourceSpan(last.File, tabbed, lines[tabbed].IndexOf('\t', StringComparison.Ordinal) + 1, 1), "a tab cannot indent YAML",
                "indent with spaces; two per level are usual");
            return;
        }

        bag.Error(DiagnosticCodes.InvalidYaml, span, $"this is not valid YAML: {Sentence(error)}",
            bracket is { } open && !error.Message.Contains("escape", StringComparison.Ordinal) && !error.Message.Contains("quoted", StringComparison.Ordinal)
            ? $"a comma is missing, or the list or map that opens at {open} is not closed"
            : error is YamlException ? Hint(error.Message, lines[span.Line])
            : "look for a quote that is not closed, or an escape that does not exist");
    }

    // The parser stumbles over a tab only on the next line, or blames the map around it.
    private static int? TabbedLine(Exception error, SourceLines lines, int line)
    {
        var candidates = error.Message.Contains(" tab ", StringComparison.Ordinal) ? Enumerable.Range(line, Math.Max(0, lines.Count - line + 1)) : [line, line - 1];
        return candidates.Where(number => lines[number].TakeWhile(char.IsWhiteSpace).Contains('\t')).Select(number => (int?)number).FirstOrDefault();
    }

    // "While parsing a block mapping, did not find expected key." -> "while parsing a block mapping, did not find expected key"
    private static string Sentence(Exception error)
    {
        var message = error is YamlException ? error.Message.Trim().TrimEnd('.') : "the text ends or breaks off in the middle of a value";
        return message.Length == 0 ? "unexpected text" : char.ToLowerInvariant(message[0]) + message[1..];
    }

    private static string? Hint(string message, string line)
    {
        if (message.Contains("apping values", StringComparison.Ordinal) || message.Contains("invalid mapping", StringComparison.Ordinal) || message.Contains("mple key", StringComparison.Ordinal))
            return line.Contains(": ", StringComparison.Ordinal)
                ? "a value that contains `: ` needs quotes; otherwise look for a wrong indentation here or above"
                : "every key is followed by `: ` and a value, or by `:` and indented lines";
        if (message.Contains("cannot start any token", StringComparison.Ordinal)) return "a value that starts with `@`, a backtick or `%` needs quotes";
        if (message.Contains("lias", StringComparison.Ordinal) || message.Contains("nchor", StringComparison.Ordinal)) return "a value that starts with `*` or `&` needs quotes";
        if (message.Contains("escape", StringComparison.Ordinal)) return "inside double quotes a backslash starts an escape; use single quotes, or write `\\\\`";
        if (message.Contains("quoted", StringComparison.Ordinal)) return "a quote here or above is not closed";
        if (message.Contains("expected key", StringComparison.Ordinal) || message.Contains("expected '-'", StringComparison.Ordinal) || message.Contains("block", StringComparison.Ordinal))
            return "check the indentation here and on the lines above";
        return null;
    }
}

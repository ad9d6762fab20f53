using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DuskStack.Manifests;

namespace DuskStack.Diagnostics;

/// <summary>Writes diagnostics for people (with the line they are about) and for programs (JSON). Never any colour.</summary>
/// <remarks>
/// For people:
/// <code>
/// duskstack.yaml:12:10: error DS1203: unknown stack `nodejs`
///     12 |   stack: nodejs
///        |          ^^^^^^
/// hint: did you mean `node`? Known stacks: nextjs, node, python, spa
/// </code>
/// </remarks>
public sealed class DiagnosticText
{
    private const int NumberWidth = 6;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, SourceText> sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceLines> lines = new(StringComparer.Ordinal);

    /// <param name="sources">The texts that spans may point into; a diagnostic about another file is written without an excerpt.</param>
    public DiagnosticText(IEnumerable<SourceText> sources)
    {
        foreach (var source in sources) this.sources[source.File] = source;
    }

    /// <summary>All of them, one after another with an empty line between; empty when there is none. Lines end with LF.</summary>
    public string Write(IEnumerable<Diagnostic> diagnostics) => string.Join("\n", diagnostics.Select(Write));

    /// <summary>One diagnostic, its excerpt and its hint. Ends with a line feed.</summary>
    public string Write(Diagnostic diagnostic)
    {
        var text = new StringBuilder();
        if (diagnostic.Span is { } place) text.Append(Quoted.Printable(place.ToString())).Append(": ");
        text.Append(Word(diagnostic.Severity)).Append(' ').Append(diagnostic.Code).Append(": ").Append(Quoted.Printable(diagnostic.Message)).Append('\n');
        if (diagnostic.Span is { } span && LinesOf(span.File) is { } source && source[span.Line] is { Length: > 0 } line)
        {
            var excerpt = Excerpt.Of(line, span.Column - 1, span.Length);
            text.Append($"{span.Line}".PadLeft(NumberWidth)).Append(" | ").Append(excerpt.Line).Append('\n');
            text.Append(' ', Math.Max(NumberWidth, $"{span.Line}".Length)).Append(" | ").Append(excerpt.Carets).Append('\n');
        }

        if (diagnostic.Hint is { } hint) text.Append("hint: ").AppendJoin('\n', hint.Split('\n').Select(Quoted.Printable)).Append('\n');
        return text.ToString();
    }

    /// <summary>
    /// A JSON array of objects with <c>code</c>, <c>severity</c> (<c>error</c> or <c>warning</c>), <c>file</c>, <c>line</c>, <c>column</c>, <c>length</c>
    /// (left out when the diagnostic is about no text), <c>message</c> and <c>hint</c> (left out when there is none).
    /// </summary>
    public static JsonArray Json(IEnumerable<Diagnostic> diagnostics) => [.. diagnostics.Select(Json)];

    /// <summary><see cref="Json(IEnumerable{Diagnostic})"/> as text, indented by two spaces.</summary>
    public static string WriteJson(IEnumerable<Diagnostic> diagnostics) => Json(diagnostics).ToJsonString(Indented) + "\n";

    private static JsonNode Json(Diagnostic diagnostic)
    {
        var json = new JsonObject { ["code"] = diagnostic.Code, ["severity"] = Word(diagnostic.Severity) };
        if (diagnostic.Span is { } span)
        {
            json["file"] = span.File;
            json["line"] = span.Line;
            json["column"] = span.Column;
            json["length"] = span.Length;
        }

        json["message"] = diagnostic.Message;
        if (diagnostic.Hint is { } hint) json["hint"] = hint;
        return json;
    }

    private static string Word(Severity severity) => severity == Severity.Error ? "error" : "warning";

    private SourceLines? LinesOf(string file)
    {
        if (lines.TryGetValue(file, out var known)) return known;
        return sources.TryGetValue(file, out var source) ? lines[file] = SourceLines.Of(source) : null;
    }
}

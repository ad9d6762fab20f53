using System.Buffers;
using System.Text.Unicode;
using DuskStack.Diagnostics;

namespace DuskStack.Manifests.Yaml;

/// <summary>Turns the bytes of a file into text, and refuses what no person types into a manifest.</summary>
public static class ManifestText
{
    /// <summary>The text without its byte order mark; null after an error (DS1001, DS1002).</summary>
    public static string? Decode(SourceText source, DiagnosticBag bag)
    {
        var bytes = source.Bytes.Span;
        if (bytes.Length > YamlLimits.Bytes)
        {
            bag.Error(DiagnosticCodes.TextTooLarge, SourceSpan.Start(source.File), $"the file has more than the {YamlLimits.Bytes:N0} bytes that a manifest may have",
                "a manifest describes the services only; large data belongs into files of its own");
            return null;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            bag.Error(DiagnosticCodes.UnreadableText, SourceSpan.Start(source.File), "the text is UTF-16, not UTF-8", "save the file as UTF-8");
            return null;
        }

        var buffer = new char[bytes.Length];
        var status = Utf8.ToUtf16(bytes, buffer, out var bytesRead, out var charsWritten, replaceInvalidSequences: false);
        var text = new string(buffer, 0, charsWritten);
        if (status != OperationStatus.Done)
        {
            bag.Error(DiagnosticCodes.UnreadableText, SpanAt(source.File, text, text.Length), $"the text is not UTF-8: byte 0x{bytes[bytesRead]:X2} cannot stand here", "save the file as UTF-8");
            return null;
        }

        text = text.StartsWith('\uFEFF') ? text[1..] : text;
        var strange = text.AsSpan().IndexOfAny(Unwanted);
        if (strange < 0) return text;
        bag.Error(DiagnosticCodes.UnreadableText, SpanAt(source.File, text, strange), $"the text contains the invisible character U+{(int)text[strange]:X4}", "delete it; inside double quotes it can be written as an escape");
        return null;
    }

    // Control characters but tab, LF and CR; line ends that only YAML 1.1 knows; characters that turn the direction of writing and so hide what a line says.
    private static readonly SearchValues<char> Unwanted = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(code => (char)code).Except(['\t', '\n', '\r']),
        .. Enumerable.Range(0x7F, 0x21).Select(code => (char)code),
        '\u2028', '\u2029', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069', '\uFEFF', '\uFFFE', '\uFFFF']);

    private static SourceSpan SpanAt(string file, string text, int index)
    {
        var before = new SourceLines(text[..index].TrimStart('\uFEFF'));
        return new(file, before.Count, before[before.Count].Length + 1, 1);
    }
}

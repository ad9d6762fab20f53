using System.Collections.Immutable;
using System.Text;
using DuskStack.Manifests;

namespace DuskStack.Diagnostics;

/// <summary>The lines of a text as messages count them: ended by LF, CRLF or CR, without their ends.</summary>
public sealed class SourceLines
{
    // A text beyond the reader's limit is refused at its first line; nobody needs the others.
    private const int MostBytes = 2 * 1024 * 1024;

    private readonly ImmutableArray<string> lines;

    public SourceLines(string text) => lines = [.. text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n')];

    /// <summary>Decodes as well as it goes: an excerpt is wanted even of a text that is not UTF-8.</summary>
    public static SourceLines Of(SourceText source)
    {
        var bytes = source.Bytes.Span;
        return new SourceLines(Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, MostBytes)]).TrimStart('\uFEFF'));
    }

    /// <summary>A line by its number from 1; empty beyond the end.</summary>
    public string this[int line] => line >= 1 && line <= lines.Length ? lines[line - 1] : "";

    public int Count => lines.Length;
}

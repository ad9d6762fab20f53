using System.Collections.Immutable;

namespace DuskStack.Regeneration.Merging;

/// <summary>
/// A text as the merge sees it: lines without their ends, which are kept beside them, and without a byte order mark. So a file
/// that was checked out with CRLF merges with a template that has LF.
/// </summary>
internal sealed class LineText
{
    private const string ByteOrderMark = "\u00EF\u00BB\u00BF";

    public LineText(FileText file)
    {
        var text = file.Bytewise;
        var lines = ImmutableArray.CreateBuilder<string>();
        var ends = ImmutableArray.CreateBuilder<string>();
        for (var start = file.HasByteOrderMark ? ByteOrderMark.Length : 0; start < text.Length;)
        {
            var feed = text.IndexOf('\n', start);
            var next = feed < 0 ? text.Length : feed + 1;
            var end = feed < 0 ? "" : feed > start && text[feed - 1] == '\r' ? "\r\n" : "\n";
            lines.Add(text[start..(next - end.Length)]);
            ends.Add(end);
            start = next;
        }

        Lines = lines.DrainToImmutable();
        Ends = ends.DrainToImmutable();
        Opening = file.HasByteOrderMark ? ByteOrderMark : "";
        LineEnd = file.LineEnd;
    }

    /// <summary>One character per byte.</summary>
    public ImmutableArray<string> Lines { get; }

    public ImmutableArray<string> Ends { get; }

    /// <summary>The byte order mark, or nothing.</summary>
    public string Opening { get; }

    /// <summary>The end that most lines have.</summary>
    public string LineEnd { get; }

    /// <summary>An empty text lacks nothing at its end.</summary>
    public bool IsEnded => Ends is [] or [.., not ""];
}

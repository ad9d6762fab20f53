using System.Security.Cryptography;
using System.Text;

namespace DuskStack.Regeneration;

/// <summary>
/// The bytes of a file, compared as text: line ends and a byte order mark make no difference, everything else does, so that
/// a checkout with CRLF is not an edit. No encoding is assumed, so any bytes pass through unharmed.
/// </summary>
public sealed class FileText(ReadOnlyMemory<byte> raw)
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];
    private readonly Lazy<ReadOnlyMemory<byte>> normal = new(() => Normalise(raw));

    public ReadOnlyMemory<byte> Raw => raw;

    /// <summary>SHA-256 of the bytes as they are.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(raw.Span));

    public bool HasByteOrderMark => raw.Span.StartsWith(ByteOrderMark);

    /// <summary>The line end that most lines have; LF when there are none.</summary>
    public string LineEnd
    {
        get
        {
            var feeds = raw.Span.Count((byte)'\n');
            var pairs = raw.Span.Count("\r\n"u8);
            return pairs > feeds - pairs ? "\r\n" : "\n";
        }
    }

    public static FileText Of(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>One character per byte, so that texts in any encoding can be cut and joined.</summary>
    public static FileText FromBytewise(string text) => new(Encoding.Latin1.GetBytes(text));

    /// <inheritdoc cref="FromBytewise"/>
    public string Bytewise => Encoding.Latin1.GetString(raw.Span);

    /// <summary>As UTF-8, for what the tool wrote itself.</summary>
    public string Text => Encoding.UTF8.GetString(raw.Span);

    /// <summary>Lines that git leaves where it could not merge: a whole conflict, not only a line that looks like a part of one.</summary>
    public bool HasMergeMarkers => StartsLine("<<<<<<< "u8) && StartsLine(">>>>>>> "u8);

    public bool SameAs(FileText? other) => other is not null && normal.Value.Span.SequenceEqual(other.normal.Value.Span);

    /// <summary>LF and no byte order mark: the form of base files.</summary>
    public FileText Normal => new(normal.Value);

    /// <summary>This text with the line ends and the byte order mark of <paramref name="model"/>.</summary>
    public FileText InStyleOf(FileText model)
    {
        var text = Normal.Bytewise;
        var ended = model.LineEnd == "\n" ? text : text.Replace("\n", model.LineEnd, StringComparison.Ordinal);
        return FromBytewise((model.HasByteOrderMark ? Encoding.Latin1.GetString(ByteOrderMark) : "") + ended);
    }

    private bool StartsLine(ReadOnlySpan<byte> marker)
    {
        for (var at = raw.Span.IndexOf(marker); at >= 0;)
        {
            if (at == 0 || raw.Span[at - 1] == '\n')
                return true;

            var next = raw.Span[(at + 1)..].IndexOf(marker);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    private static ReadOnlyMemory<byte> Normalise(ReadOnlyMemory<byte> bytes)
    {
        var text = bytes.Span.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes;
        return text.Span.Contains((byte)'\r') ? Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(text.Span).Replace("\r\n", "\n", StringComparison.Ordinal)) : text;
    }
}

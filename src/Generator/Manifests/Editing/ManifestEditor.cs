using System.Text;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Editing;

/// <summary>
/// Adds to the text of a manifest without writing anything of it anew: comments, order, blank lines, quotes and line ends stay. Pure, from text to text.
/// What comes out is read again and compared: it must say what the text said before, and the addition, or the text is refused.
/// </summary>
public static class ManifestEditor
{
    private const string Mark = "\uFEFF";

    /// <param name="source">A manifest that can be read without an error.</param>
    /// <param name="addition">Not there yet.</param>
    public static Edit Add(SourceText source, Addition addition)
    {
        var bag = new DiagnosticBag();
        if (YamlReader.Read(source, bag) is not { } before || ManifestText.Decode(source, bag) is not { } text || bag.HasErrors)
            return new(null, bag.Sorted()[0]);

        var attempt = Placing.Place(new(text), before, addition);
        if (attempt.Lines is not { } lines)
            return new(null, Refusal(attempt.At, attempt.Reason, addition));

        var mark = source.Bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? Mark : "";
        var after = source with { Bytes = Encoding.UTF8.GetBytes(mark + lines) };
        return YamlReader.Read(after, new()) is { } read && Difference.IsExactly(before, read, addition)
            ? new(after, null)
            : new(null, Refusal(Place(before, addition), "the edited text would say something else besides, because of an anchor or an unusual form", addition));
    }

    private static Diagnostic Refusal(SourceSpan at, string reason, Addition addition) => new(
        DiagnosticCodes.NotEditable,
        Severity.Error,
        at,
        $"the manifest was not edited: {reason}",
        $"write it by hand{(addition.Path.IsEmpty ? "" : $", below `{string.Join(": ", addition.Path)}:`")}:\n{string.Join('\n', addition.ByHand.Select(line => $"    {line}"))}");

    // As near as the path leads.
    private static SourceSpan Place(YamlMap root, Addition addition)
    {
        YamlNode node = root;
        var span = root.Span;
        foreach (var key in addition.Path)
        {
            if ((node as YamlMap)?.Find(key) is not { } entry)
                break;

            (node, span) = (entry.Value, entry.Key.Span);
        }

        return span;
    }
}

/// <summary>What came of an edit.</summary>
/// <param name="Text">With the addition; null when there is a refusal.</param>
/// <param name="Refusal">Why the text cannot be edited, and what to write by hand.</param>
public sealed record Edit(SourceText? Text, Diagnostic? Refusal);

using System.Collections.Immutable;
using System.Text;

namespace DuskStack.Regeneration.Merging;

/// <summary>
/// Writes a merge in the style of the user's file: lines of the user keep their own ends, lines of the template get the end that most of
/// the user's have.
/// </summary>
internal sealed class MergedText(LineText last, LineText ours, LineText theirs)
{
    private readonly List<(string Text, string End)> lines = [];

    // Whether the last line that was written gets an end where it is the last of all.
    private bool ended = true;

    /// <param name="chunks">All of the text.</param>
    /// <param name="markers">Null when there are no conflicts.</param>
    public FileText Write(ImmutableArray<Chunk> chunks, MarkerStyle? markers)
    {
        foreach (var chunk in chunks)
        {
            switch (chunk.Change)
            {
                case Change.Ours:
                    Ours(chunk.Ours, ours.IsEnded);
                    break;
                case Change.Theirs:
                    Template(theirs, chunk.Theirs);
                    break;
                case Change.Conflict:
                    Conflict(chunk, markers!);
                    break;
                default:
                    Common(chunk.Ours);
                    break;
            }
        }

        var text = new StringBuilder(ours.Opening);
        for (var i = 0; i < lines.Count; i++)
        {
            var (line, end) = lines[i];
            var wanted = i < lines.Count - 1 || ended;
            text.Append(line).Append(!wanted ? "" : end.Length > 0 ? end : ours.LineEnd);
        }

        return FileText.FromBytewise(text.ToString());
    }

    // Whether there is an end after the very last line is merged like a line of its own.
    private void Common(Range range) => Ours(range, ours.IsEnded == last.IsEnded ? theirs.IsEnded : ours.IsEnded);

    private void Ours(Range range, bool isEnded)
    {
        for (var i = range.Start.Value; i < range.End.Value; i++)
        {
            lines.Add((ours.Lines[i], ours.Ends[i]));
            ended = isEnded;
        }
    }

    private void Template(LineText text, Range range)
    {
        for (var i = range.Start.Value; i < range.End.Value; i++)
        {
            lines.Add((text.Lines[i], ours.LineEnd));
            ended = text.IsEnded;
        }
    }

    // What both sides have in common at the borders of a conflict is no part of it; what they started from is shown whole ("zdiff3").
    private void Conflict(Chunk chunk, MarkerStyle markers)
    {
        var (start, end) = (chunk.Ours.Start.Value, chunk.Ours.End.Value);
        var (theirStart, theirEnd) = (chunk.Theirs.Start.Value, chunk.Theirs.End.Value);
        while (start < end && theirStart < theirEnd && ours.Lines[start] == theirs.Lines[theirStart])
            (start, theirStart) = (start + 1, theirStart + 1);

        while (start < end && theirStart < theirEnd && ours.Lines[end - 1] == theirs.Lines[theirEnd - 1])
            (end, theirEnd) = (end - 1, theirEnd - 1);

        Common(chunk.Ours.Start.Value..start);
        Marker(markers.Yours);
        Ours(start..end, isEnded: true);
        Marker(markers.Last);
        Template(last, chunk.Last);
        Marker(markers.Between);
        Template(theirs, theirStart..theirEnd);
        Marker(markers.Template);
        Common(end..chunk.Ours.End.Value);
    }

    private void Marker(string marker)
    {
        lines.Add((marker, ours.LineEnd));
        ended = true;
    }
}

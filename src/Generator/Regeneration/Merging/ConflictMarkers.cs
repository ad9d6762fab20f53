using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace DuskStack.Regeneration.Merging;

/// <summary>Finds the markers that a run wrote into a file, and ends the conflicts between them.</summary>
public static partial class ConflictMarkers
{
    /// <summary>The numbers of the lines, from 1, that are markers of ours, however many a person has left of them.</summary>
    public static ImmutableArray<int> LinesIn(FileText text)
    {
        // Most texts have none, and are not taken apart.
        var bytes = text.Bytewise;
        return bytes.Contains("<<<<<<< ", StringComparison.Ordinal) || bytes.Contains("||||||| ", StringComparison.Ordinal) || bytes.Contains(">>>>>>> ", StringComparison.Ordinal)
            ? [.. new LineText(text).Lines.Index().Where(l => Ours().IsMatch(l.Item)).Select(l => l.Index + 1)]
            : [];
    }

    public static bool AreIn(FileText text) => !LinesIn(text).IsEmpty;

    /// <summary>The number of the first line that makes it impossible to tell the sides of the conflicts apart; null when there is none.</summary>
    public static int? DamageIn(FileText text) => Read(new(text), out var damage) is null ? damage : null;

    /// <summary>The text with each of its conflicts ended in favour of <paramref name="side"/>, the rest as it is; null when <see cref="DamageIn"/> finds something.</summary>
    public static FileText? Resolve(FileText text, MergeSide side)
    {
        var all = new LineText(text);
        if (Read(all, out _) is not { } conflicts)
            return null;

        var kept = new List<int>();
        var next = 0;
        foreach (var conflict in conflicts)
        {
            kept.AddRange(Enumerable.Range(next, conflict.Start - next));
            if (side != MergeSide.Theirs)
                kept.AddRange(Between(conflict.Start, conflict.Last));

            if (side != MergeSide.Ours)
                kept.AddRange(Between(conflict.Middle, conflict.End));

            next = conflict.End + 1;
        }

        kept.AddRange(Enumerable.Range(next, all.Lines.Length - next));
        return FileText.FromBytewise(all.Opening + string.Concat(kept.Select(i => all.Lines[i] + all.Ends[i])));
    }

    private static IEnumerable<int> Between(int marker, int other) => Enumerable.Range(marker + 1, other - marker - 1);

    // Each conflict by the lines of its four markers. Only markers of one length and id belong together, so a conflict of git may lie within.
    private static List<(int Start, int Last, int Middle, int End)>? Read(LineText text, out int damage)
    {
        var conflicts = new List<(int Start, int Last, int Middle, int End)>();
        for (damage = 1; damage <= text.Lines.Length; damage++)
        {
            var start = damage - 1;
            if (Ours().Match(text.Lines[start]) is not { Success: true } marker)
                continue;

            var (length, id) = (marker.Groups["sign"].Length, marker.Groups["id"].Value);
            var end = Find(text, start, '>', length, id);
            var next = Find(text, start, '<', length, id);
            if (text.Lines[start][0] != '<' || end < 0 || (next >= 0 && next < end))
                return null;

            // A person, or a program that merges, may have taken out what both sides started from.
            var last = Find(text, start, '|', length, id) is > 0 and var found && found < end ? found : -1;
            var middle = text.Lines.IndexOf(new string('=', length), Math.Max(start, last));
            if (middle < 0 || middle > end)
                return null;

            conflicts.Add((start, last < 0 ? middle : last, middle, end));
            damage = end + 1;
        }

        return conflicts;
    }

    private static int Find(LineText text, int after, char sign, int length, string id)
    {
        for (var i = after + 1; i < text.Lines.Length; i++)
        {
            if (text.Lines[i].Length > length && text.Lines[i][0] == sign && Ours().Match(text.Lines[i]) is { Success: true } marker
                && marker.Groups["sign"].Length == length && marker.Groups["id"].Value == id)
                return i;
        }

        return -1;
    }

    [GeneratedRegex(
        @"^((?<sign><{7,}) yours|(?<sign>\|{7,}) last generated( \([^()]*\))?|(?<sign>>{7,}) template( \([^()]*\))?) \[(?<id>[0-9a-f]{8})\]$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Ours();
}

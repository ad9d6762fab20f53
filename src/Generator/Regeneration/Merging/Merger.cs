using System.Collections.Immutable;
using System.Security.Cryptography;

namespace DuskStack.Regeneration.Merging;

/// <summary>
/// Brings what a person and what the template changed into one text, line by line. Pure, and the same on every machine. What it joins
/// without asking is what <c>git merge-file</c> would join, but for line ends and for what would be no valid YAML or JSON (ADR 0025).
/// </summary>
public static class Merger
{
    /// <summary>No generated file comes near.</summary>
    public const int LargestText = 2 * 1024 * 1024;

    /// <summary>Without conflicts: a place that both changed gets the version of <paramref name="side"/>.</summary>
    public static MergeResult Merge(MergeInput input, MergeSide side) => Merge(input) switch
    {
        MergeResult.Conflicted conflicted => Checked(input, ConflictMarkers.Resolve(conflicted.Text, side)!),
        var other => other,
    };

    public static MergeResult Merge(MergeInput input)
    {
        if (RefusalOf(input) is { } refused)
            return refused;

        var (last, ours, theirs) = (new LineText(input.Last), new LineText(input.Yours), new LineText(input.Template));
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var (lastNumbers, ourNumbers, theirNumbers) = (Numbers(last, numbers), Numbers(ours, numbers), Numbers(theirs, numbers));
        if (Chunks.Of(lastNumbers, ourNumbers, theirNumbers, new(WorkBudget.Steps)) is not { } chunks)
            return new MergeResult.Refused(MergeRefusal.TooMuch, "it differs in too many places from what was generated");

        var count = chunks.Count(c => c.Change == Change.Conflict);
        var text = new MergedText(last, ours, theirs).Write(chunks, count == 0 ? null : MarkerStyle.For(input, IdOf(input), last, ours, theirs));
        return count == 0 ? Checked(input, text) : new MergeResult.Conflicted(text, count);
    }

    private static MergeResult Checked(MergeInput input, FileText merged) => Validity.Problem(input, merged) is { } problem
        ? new MergeResult.Refused(MergeRefusal.NotValid, problem)
        : new MergeResult.Clean(merged);

    private static MergeResult.Refused? RefusalOf(MergeInput input)
    {
        FileText[] texts = [input.Last, input.Yours, input.Template];
        return Array.Exists(texts, t => t.Raw.Length > LargestText)
            ? new(MergeRefusal.TooMuch, "it is larger than 2 MiB")
            : Array.Exists(texts, IsBinary) ? new(MergeRefusal.NoText, "it is no text that can be merged by lines") : null;
    }

    private static bool IsBinary(FileText text) =>
        text.Raw.Span.Contains((byte)0) || text.Raw.Span.StartsWith<byte>([0xFF, 0xFE]) || text.Raw.Span.StartsWith<byte>([0xFE, 0xFF]);

    private static int[] Numbers(LineText text, Dictionary<string, int> numbers)
    {
        var result = new int[text.Lines.Length];
        for (var i = 0; i < result.Length; i++)
        {
            if (!numbers.TryGetValue(text.Lines[i], out result[i]))
                numbers[text.Lines[i]] = result[i] = numbers.Count;
        }

        return result;
    }

    // The same merge has the same markers on every machine and on every day.
    private static string IdOf(MergeInput input)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in new[] { input.Last, input.Yours, input.Template })
            hash.AppendData(Convert.FromHexString(text.Normal.Hash));

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..MarkerStyle.IdLength];
    }
}

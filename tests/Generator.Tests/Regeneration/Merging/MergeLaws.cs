using DuskStack.Regeneration;
using DuskStack.Regeneration.Merging;
using FsCheck;
using FsCheck.Fluent;

namespace DuskStack.Tests.Regeneration.Merging;

/// <summary>What holds for every merge.</summary>
public sealed class MergeLaws
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1000);

    /// <param name="Last">What both started from.</param>
    /// <param name="Yours">Edited by one.</param>
    /// <param name="Template">Edited by the other.</param>
    internal sealed record Texts(string Last, string Yours, string Template);

    [Fact]
    public void Who_is_the_only_one_to_change_something_gets_it() => Check.One(Thorough, Prop.ForAll(Any(), t =>
        CleanText(t.Last, t.Yours, t.Last) == t.Yours && CleanText(t.Last, t.Last, t.Template) == t.Template));

    [Fact]
    public void What_both_changed_in_the_same_way_is_that() => Check.One(Thorough, Prop.ForAll(Any(), t => CleanText(t.Last, t.Yours, t.Yours) == t.Yours));

    [Fact]
    public void It_makes_no_difference_which_side_is_which() => Check.One(Thorough, Prop.ForAll(Any(), t =>
        (Merge(t.Last, t.Yours, t.Template), Merge(t.Last, t.Template, t.Yours)) switch
        {
            (MergeResult.Clean one, MergeResult.Clean other) => one.Text.Bytewise == other.Text.Bytewise,
            (MergeResult.Conflicted one, MergeResult.Conflicted other) => one.Count == other.Count,
            _ => false,
        }));

    [Fact]
    public void No_line_that_somebody_added_is_lost() => Check.One(Thorough, Prop.ForAll(Any(), t =>
        Merger.Merge(Input(t.Last, t.Yours, t.Template), MergeSide.Union) is MergeResult.Clean { Text.Bytewise: var merged }
            && Holds(merged, t.Last, t.Yours) && Holds(merged, t.Last, t.Template)));

    [Fact]
    public void One_side_of_all_conflicts_holds_what_that_side_added() => Check.One(Thorough, Prop.ForAll(Any(), t =>
    {
        var input = Input(t.Last, t.Yours, t.Template);
        return Merger.Merge(input, MergeSide.Ours) is MergeResult.Clean ours && Holds(ours.Text.Bytewise, t.Last, t.Yours)
            && Merger.Merge(input, MergeSide.Theirs) is MergeResult.Clean theirs && Holds(theirs.Text.Bytewise, t.Last, t.Template)
            && !ConflictMarkers.AreIn(ours.Text) && !ConflictMarkers.AreIn(theirs.Text);
    }));

    [Fact]
    public void Conflicts_that_are_written_are_found_again() => Check.One(Thorough, Prop.ForAll(Any(), t =>
        Merge(t.Last, t.Yours, t.Template) is not MergeResult.Conflicted conflicted
        || (ConflictMarkers.LinesIn(conflicted.Text).Length == 3 * conflicted.Count && ConflictMarkers.DamageIn(conflicted.Text) is null)));

    private static MergeInput Input(string last, string yours, string template) => new("text", FileText.Of(last), FileText.Of(yours), FileText.Of(template));

    private static MergeResult Merge(string last, string yours, string template) => Merger.Merge(Input(last, yours, template));

    private static string? CleanText(string last, string yours, string template) => (Merge(last, yours, template) as MergeResult.Clean)?.Text.Bytewise;

    private static bool Holds(string merged, string last, string side)
    {
        var there = merged.Split('\n').ToHashSet(StringComparer.Ordinal);
        var before = last.Split('\n').CountBy(l => l).ToDictionary();
        return side.Split('\n').CountBy(l => l).Where(l => l.Key.Length > 0 && l.Value > before.GetValueOrDefault(l.Key)).All(l => there.Contains(l.Key));
    }

    // Few different lines, so that much is ambiguous; lines that look like markers among them.
    private static Arbitrary<Texts> Any()
    {
        var line = Gen.Elements("a", "b", "c", "d", "e", "", "=======", "<<<<<<< yours");
        var text = from lines in Gen.ListOf(line)
                   from ended in Gen.Elements(true, true, false)
                   select string.Join('\n', lines) + (ended && lines.Count > 0 ? "\n" : "");
        return Arb.From(
            from last in text
            from yours in Gen.OneOf(text, Edited(last))
            from template in Gen.OneOf(text, Edited(last))
            select new Texts(last, yours, template));
    }

    private static Gen<string> Edited(string text) =>
        from seed in Gen.Choose(0, 1_000_000)
        select Edit(text, new Dice((ulong)seed));

    private static string Edit(string text, Dice dice)
    {
        var lines = text.Split('\n').ToList();
        for (var edits = dice.Next(1, 4); edits > 0; edits--)
        {
            var at = dice.Next(lines.Count);
            if (dice.Next(2) == 0)
                lines.Insert(at, $"new {dice.Next(3)}");
            else
                lines[at] = $"changed {dice.Next(3)}";
        }

        return string.Join('\n', lines);
    }
}

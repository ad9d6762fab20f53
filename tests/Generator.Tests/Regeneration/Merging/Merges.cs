using DuskStack.Regeneration;
using DuskStack.Regeneration.Merging;

namespace DuskStack.Tests.Regeneration.Merging;

/// <summary>How single texts come together.</summary>
public sealed class Merges
{
    private const string Open = "a\n<<<<<<< yours [0123abcd]\nmine\n||||||| last generated (1.0.0) [0123abcd]\nb\n=======\nB\n>>>>>>> template (1.1.0) [0123abcd]\nc\n";

    [Theory]
    [InlineData("a\nb\n", "a\nb", "a\nb\n", "a\nb")]
    [InlineData("a\nb\n", "a\nb", "A\nb\n", "A\nb")]
    [InlineData("a\nb\n", "a\nb", "a\nb\nc\n", "a\nb\nc\n")]
    [InlineData("a\nb\nc\n", "A\nb\nc", "a\nb\n", "A\nb")]
    [InlineData("a\nb\n", "a\nb\r\n", "a\nb\nc\n", "a\nb\r\nc\n")]
    [InlineData("a\nb\nc\n", "a\r\nb\r\nx\nc\r\n", "A\nb\nc\n", "A\r\nb\r\nx\nc\r\n")]
    [InlineData("a\nb\n", "\uFEFFa\nb\n", "A\nb\n", "\uFEFFA\nb\n")]
    [InlineData("a\n", "", "a\n", "")]
    [InlineData("", "", "a\n", "a\n")]
    public void Line_ends_are_the_users_where_the_line_is(string last, string yours, string template, string merged) =>
        Assert.Equal(FileText.Of(merged).Bytewise, Assert.IsType<MergeResult.Clean>(Merge(last, yours, template)).Text.Bytewise);

    [Fact]
    public void Bytes_that_are_no_characters_pass_through()
    {
        var merged = Assert.IsType<MergeResult.Clean>(Merger.Merge(new("x", FileText.Of("a\nb\n"), new(new byte[] { 0xFC, 0xFF, 10, 98, 10 }), FileText.Of("a\nb\nö\n"))));
        Assert.Equal([0xFC, 0xFF, 10, 98, 10, 0xC3, 0xB6, 10], merged.Text.Raw.ToArray());
    }

    /// <summary>Whoever reads such a text to its end takes very long, or dies: whether it makes sense is then not known, so the lines decide.</summary>
    [Fact]
    public void Brackets_without_end_are_merged_as_lines()
    {
        string deep = new string('[', 20_000) + "\n";
        var merged = Assert.IsType<MergeResult.Clean>(Merger.Merge(new("x.yaml", FileText.Of($"a\n{deep}b\n"), FileText.Of($"mine\n{deep}b\n"), FileText.Of($"a\n{deep}ours\n"))));
        Assert.Equal($"mine\n{deep}ours\n", merged.Text.Bytewise);
    }

    [Fact]
    public void Changes_that_touch_are_a_conflict() =>
        Assert.Equal(1, Assert.IsType<MergeResult.Conflicted>(Merge("a\nb\n", "A\nb\n", "a\nB\n")).Count);

    [Fact]
    public void Lines_that_both_sides_share_stand_outside_the_conflict() => Assert.Equal(
        "x\n<<<<<<< yours [ID]\nmine\n||||||| last generated [ID]\na\n=======\nours\n>>>>>>> template [ID]\ny\nz\n",
        WithoutIds(Conflicts("a\nz\n", "x\nmine\ny\nz\n", "x\nours\ny\nz\n")));

    [Fact]
    public void Conflict_has_the_line_ends_of_the_users_file() => Assert.Equal(
        "<<<<<<< yours [ID]\r\nmine\r\n||||||| last generated [ID]\r\na\r\n=======\r\nb\r\n>>>>>>> template [ID]\r\n",
        WithoutIds(Conflicts("a\n", "mine\r\n", "b\n")));

    [Theory]
    [InlineData("=======\n", 8)]
    [InlineData("<<<<<<< HEAD\n", 8)]
    [InlineData("=======\n========\n", 9)]
    [InlineData("======= =\n=============\n======\n=======x\n", 8)]
    [InlineData("=============\n======\n=======x\n # =======\n", 7)]
    public void Markers_are_longer_where_the_text_holds_some(string text, int length)
    {
        var conflicts = Conflicts(text + "a\n", text + "mine\n", text + "b\n");
        Assert.Contains($"\n{new string('=', length)}\nb\n{new string('>', length)} template [", conflicts.Bytewise, StringComparison.Ordinal);
        Assert.Equal(text + "mine\n", ConflictMarkers.Resolve(conflicts, MergeSide.Ours)!.Bytewise);
    }

    [Fact]
    public void The_same_merge_has_the_same_markers() => Assert.Equal(Conflicts("a\n", "b\n", "c\n").Bytewise, Conflicts("a\n", "b\n", "c\n").Bytewise);

    [Theory]
    [InlineData(new byte[] { 97, 0, 10 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 97 })]
    [InlineData(new byte[] { 0xFE, 0xFF, 97 })]
    public void What_is_no_text_is_refused(byte[] yours) =>
        Assert.Equal(MergeRefusal.NoText, Assert.IsType<MergeResult.Refused>(Merger.Merge(new("x", FileText.Of("a\n"), new(yours), FileText.Of("b\n")))).Why);

    [Fact]
    public void Texts_that_have_too_little_in_common_are_refused()
    {
        static string Noise(ulong seed)
        {
            var dice = new Dice(seed);
            return string.Concat(Enumerable.Range(0, 100_000).Select(_ => "abcde"[dice.Next(5)] + "\n"));
        }

        Assert.Equal(MergeRefusal.TooMuch, Assert.IsType<MergeResult.Refused>(Merge(Noise(1), Noise(2), Noise(3))).Why);
    }

    [Theory]
    [InlineData(MergeSide.Ours, "a\nmine\nc\n")]
    [InlineData(MergeSide.Theirs, "a\nB\nc\n")]
    [InlineData(MergeSide.Union, "a\nmine\nB\nc\n")]
    public void Conflicts_end_in_favour_of_a_side(MergeSide side, string text)
    {
        Assert.Equal(text, Resolve(Open, side));
        Assert.Equal(text + text, Resolve(Open + Open, side));
        Assert.Equal(text.Replace("\n", "\r\n", StringComparison.Ordinal), Resolve(Open.Replace("\n", "\r\n", StringComparison.Ordinal), side));
    }

    [Fact]
    public void Conflict_whose_common_start_was_taken_out_is_still_one()
    {
        var open = Open.Replace("||||||| last generated (1.0.0) [0123abcd]\nb\n", "", StringComparison.Ordinal);
        Assert.Equal("a\nmine\nB\nc\n", Resolve(open, MergeSide.Union));
        Assert.Equal("a\nmine\nB\nc\na\nmine\nB\nc\n", Resolve(open + Open, MergeSide.Union));
    }

    [Fact]
    public void Conflict_of_git_within_one_of_ours_stays() =>
        Assert.Equal("a\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> x\nc\n", Resolve(Open.Replace("mine\n", "<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> x\n", StringComparison.Ordinal), MergeSide.Ours));

    [Theory]
    [InlineData("<<<<<<< yours [0123abcd]\n", 2)]
    [InlineData("=======\n", 2)]
    [InlineData(">>>>>>> template (1.1.0) [0123abcd]\n", 2)]
    public void Damaged_conflict_is_not_resolved(string missing, int line)
    {
        var damaged = FileText.Of(Open.Replace(missing, "", StringComparison.Ordinal));
        Assert.NotNull(ConflictMarkers.DamageIn(damaged));
        Assert.True(ConflictMarkers.DamageIn(damaged) >= line);
        Assert.Null(ConflictMarkers.Resolve(damaged, MergeSide.Ours));
        Assert.True(ConflictMarkers.AreIn(damaged));
    }

    [Theory]
    [InlineData("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n")]
    [InlineData("<<<<<<< yours\na\n=======\nb\n>>>>>>> template\n")]
    [InlineData(" <<<<<<< yours [0123abcd]\n")]
    [InlineData("<<<<<< yours [0123abcd]\n")]
    [InlineData("<<<<<<< yours [0123abcde]\n")]
    [InlineData("")]
    public void Markers_of_others_are_none_of_ours(string text)
    {
        Assert.False(ConflictMarkers.AreIn(FileText.Of(text)));
        Assert.Equal(text, Resolve(text, MergeSide.Theirs));
    }

    private static string? Resolve(string text, MergeSide side) => ConflictMarkers.Resolve(FileText.Of(text), side)?.Bytewise;

    private static MergeResult Merge(string last, string yours, string template) => Merger.Merge(new("x", FileText.Of(last), FileText.Of(yours), FileText.Of(template)));

    private static FileText Conflicts(string last, string yours, string template) => Assert.IsType<MergeResult.Conflicted>(Merge(last, yours, template)).Text;

    private static string WithoutIds(FileText text) => System.Text.RegularExpressions.Regex.Replace(text.Bytewise, "\\[[0-9a-f]{8}\\]", "[ID]");
}

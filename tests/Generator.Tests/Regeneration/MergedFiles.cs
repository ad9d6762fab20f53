using DuskStack.Diagnostics;
using DuskStack.Regeneration;
using DuskStack.Regeneration.Merging;
using static DuskStack.Tests.Regeneration.Project;

namespace DuskStack.Tests.Regeneration;

/// <summary>The rows of the decision table where a person and the template changed the same file.</summary>
public sealed class MergedFiles : IDisposable
{
    private readonly Project project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void Row_5_changes_in_different_places_go_together()
    {
        project.With("a.sh", "a\nb\nc\n");
        project["a.sh"] = "a\nb\nc\nmine\n";
        var result = project.Generate(Managed("a.sh", "A\nb\nc\n"));

        Assert.Equal(("5", FileAction.Merged, Outcome.Clean), (result.RowOf("a.sh"), result.ActionOf("a.sh"), result.Outcome));
        Assert.Equal("A\nb\nc\nmine\n", project["a.sh"]);
        Assert.Equal("A\nb\nc\n", project[".duskstack/base/a.sh.base"]);
        Assert.Equal("a\nb\nc\nmine\n", project[$"{result.Backup}/a.sh"]);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(FileAction.Kept, project.Generate(Managed("a.sh", "A\nb\nc\n")).ActionOf("a.sh"));
    }

    [Fact]
    public void Row_5_keeps_line_ends_byte_order_mark_mode_and_the_missing_last_line_end()
    {
        project.With("a.sh", "a\nb\nc\n");
        project["a.sh"] = "\uFEFFa\r\nb\r\nmine\nc";
        project.SetMode("a.sh", (UnixFileMode)0b111_101_000);
        Assert.Equal("5", project.Generate(Managed("a.sh", "A\nB\nb\nc\n")).RowOf("a.sh"));

        Assert.Equal("\uFEFFA\r\nB\r\nb\r\nmine\nc", project["a.sh"]);
        Assert.Equal((UnixFileMode)0b111_101_000, project.ModeOf("a.sh"));
        Assert.Equal("A\nB\nb\nc\n", project[".duskstack/base/a.sh.base"]);
    }

    [Fact]
    public void Row_5_file_that_has_all_of_it_already_is_not_touched()
    {
        project.With("a.sh", "a\nb\nc\n");
        project["a.sh"] = "A\nb\nmine\n";
        var result = project.Generate(Managed("a.sh", "A\nb\nc\n"));
        Assert.Equal(("5", FileAction.Kept), (result.RowOf("a.sh"), result.ActionOf("a.sh")));
        Assert.Null(result.Backup);
        Assert.Equal("A\nb\nc\n", project[".duskstack/base/a.sh.base"]);
    }

    [Fact]
    public void Row_6_place_that_both_changed_holds_both_between_markers()
    {
        project.With("a.yaml", "a\nb\nc\n");
        project["a.yaml"] = "a\nmine\nc\n";
        project.Tool = ToolVersion.Parse("1.1.0");
        var result = project.Generate(Managed("a.yaml", "a\nB\nc\n"));

        Assert.Equal(("6", FileAction.Conflicted, Outcome.Conflicts), (result.RowOf("a.yaml"), result.ActionOf("a.yaml"), result.Outcome));
        Assert.Equal(
            """
            a
            <<<<<<< yours [ID]
            mine
            ||||||| last generated (1.0.0) [ID]
            b
            =======
            B
            >>>>>>> template (1.1.0) [ID]
            c

            """,
            WithoutIds(project["a.yaml"]));
        Assert.Equal("a\nB\nc\n", project[".duskstack/pending/a.yaml"]);
        Assert.Equal("a\nb\nc\n", project[".duskstack/base/a.yaml.base"]);
        Assert.Equal("a\nmine\nc\n", project[$"{result.Backup}/a.yaml"]);
        Assert.Contains("\"status\":\"conflicted\"", project.State, StringComparison.Ordinal);
        var finding = Assert.Single(result.Diagnostics);
        Assert.Equal(DiagnosticCodes.FileConflicted, finding.Code);
        Assert.Contains("duskstack resolve a.yaml", finding.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Row_6_file_is_left_alone_where_that_was_asked_for()
    {
        var request = Conflict() with { KeepConflicts = true };
        var result = project.Run(request);
        var before = project.Tree();
        project.Run(request);

        Assert.Equal(("6", FileAction.Pending, Outcome.Conflicts), (result.RowOf("a.yaml"), result.ActionOf("a.yaml"), result.Outcome));
        Assert.Equal("a\nmine\nc\n", project["a.yaml"]);
        Assert.Equal("a\nB\nc\n", project[".duskstack/pending/a.yaml"]);
        Assert.Equal("a\nb\nc\n", project[".duskstack/base/a.yaml.base"]);
        Assert.Contains("\"status\":\"waiting\"", project.State, StringComparison.Ordinal);
        Assert.Equal(before, project.Tree());
    }

    [Fact]
    public void A_file_that_was_left_alone_is_tried_again()
    {
        project.Run(Conflict() with { KeepConflicts = true });
        Assert.Equal(FileAction.Conflicted, project.Generate(Managed("a.yaml", "a\nB\nc\n")).ActionOf("a.yaml"));

        // The base is older than the last run, so its version is not claimed.
        Assert.Contains("||||||| last generated [", project["a.yaml"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_left_alone_merges_once_its_edits_allow_it()
    {
        project.Run(Conflict() with { KeepConflicts = true });
        project["a.yaml"] = "a\nb\nc\nmine\n";
        Assert.Equal(Outcome.Clean, project.Generate(Managed("a.yaml", "a\nB\nc\n")).Outcome);
        Assert.Equal("a\nB\nc\nmine\n", project["a.yaml"]);
        Assert.False(project.Has(".duskstack/pending/a.yaml"));
    }

    [Theory]
    [InlineData("a.yaml", "a: 1\nb: 1\nc: 1\n", "a: 1\nb: 1\nc: 1\nd: 2\n", "d: 1\na: 1\nb: 1\nc: 1\n", "key `d` a second time")]
    [InlineData("a.yml", "a: &x 1\nb: 1\nc: 1\n", "a: &x 1\nb: 1\nc: *x\n", "a: 1\nb: 1\nc: 1\n", "anchor `x`")]
    [InlineData("a.json", "{\n\"a\": 1,\n\"b\": 1,\n\"c\": 1\n}\n", "{\n\"d\": 1,\n\"a\": 1,\n\"b\": 1,\n\"c\": 1\n}\n", "{\n\"a\": 1,\n\"b\": 1,\n\"c\": 1,\n\"d\": 2\n}\n", "twice")]
    [InlineData("a.json", "[\n[\n1\n]\n,2\n,3\n,4\n]\n", "[\n[\n1\n,2\n,3\n]\n,4\n]\n", "[\n1\n,2\n,3\n,4\n]\n", "line 6 is no valid JSON")]
    [InlineData("a.yaml", "[\n[\n1\n]\n,2\n,3\n,4\n]\n", "[\n[\n1\n,2\n,3\n]\n,4\n]\n", "[\n1\n,2\n,3\n,4\n]\n", "line 6 is no valid YAML")]
    public void Row_7_lines_that_go_together_but_make_no_sense_are_left_to_the_user(string path, string last, string yours, string template, string reason)
    {
        project.With(path, last);
        project[path] = yours;
        var result = project.Generate(Managed(path, template));
        var before = project.Tree();
        project.Generate(Managed(path, template));

        Assert.Equal(("7", FileAction.Pending, Outcome.Conflicts), (result.RowOf(path), result.ActionOf(path), result.Outcome));
        Assert.Equal(yours, project[path]);
        Assert.Equal(template, project[$".duskstack/pending/{path}"]);
        Assert.Equal(last, project[$".duskstack/base/{path}.base"]);
        Assert.Contains(reason, Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Equal(before, project.Tree());
    }

    [Fact]
    public void Row_7_is_not_for_files_that_made_no_sense_before()
    {
        project.With("a.yaml", "a: 1\nb: 1\nc: 1\n");
        project["a.yaml"] = "a: 1\nb: 1\nc: 1\nc: 1\n";
        Assert.Equal("5", project.Generate(Managed("a.yaml", "a: 2\nb: 1\nc: 1\n")).RowOf("a.yaml"));
    }

    [Fact]
    public void Row_8_binary_file_in_place_of_a_generated_one_is_left_alone()
    {
        project.With("a.yaml", "a\n");
        File.WriteAllBytes(project.At("a.yaml"), [0, 255, 0, 13, 10]);
        var result = project.Generate(Managed("a.yaml", "b\n"));
        Assert.Equal(("8", Outcome.Conflicts), (result.RowOf("a.yaml"), result.Outcome));
        Assert.Equal([0, 255, 0, 13, 10], File.ReadAllBytes(project.At("a.yaml")));
        Assert.Equal("b\n", project[".duskstack/pending/a.yaml"]);
    }

    [Theory]
    [InlineData(Merger.LargestText + 1)]
    [InlineData((8 * 1024 * 1024) + 1)]
    public void Row_8_enormous_file_is_left_alone(int length)
    {
        project.With("a.yaml", "a\n");
        File.WriteAllBytes(project.At("a.yaml"), new byte[length].Select(_ => (byte)'x').ToArray());
        var result = project.Generate(Managed("a.yaml", "b\n"));
        Assert.Equal(("8", Outcome.Conflicts), (result.RowOf("a.yaml"), result.Outcome));
        Assert.Equal(length, new FileInfo(project.At("a.yaml")).Length);
        Assert.Contains("2 MiB", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Row_20_open_conflict_is_reported_again_and_follows_the_template()
    {
        project.Run(Conflict());
        var before = project.Tree();
        var again = project.Generate(Managed("a.yaml", "a\nB\nc\n"));
        Assert.Equal(("20", FileAction.Conflicted, Outcome.Conflicts), (again.RowOf("a.yaml"), again.ActionOf("a.yaml"), again.Outcome));
        Assert.Contains("line 2", Assert.Single(again.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Equal(before, project.Tree());

        var open = project["a.yaml"];
        project.Generate(Managed("a.yaml", "a\nC\nc\n"));
        Assert.Equal(open, project["a.yaml"]);
        Assert.Equal("a\nC\nc\n", project[".duskstack/pending/a.yaml"]);
        Assert.Equal("a\nb\nc\n", project[".duskstack/base/a.yaml.base"]);
    }

    [Fact]
    public void Row_20_one_marker_that_was_left_keeps_it_open()
    {
        project.Run(Conflict());
        project["a.yaml"] = string.Concat(project["a.yaml"].Split('\n').Where(l => !l.StartsWith('<') && !l.StartsWith('>')).Select(l => l + "\n"));
        Assert.Equal("20", project.Generate(Managed("a.yaml", "a\nB\nc\n")).RowOf("a.yaml"));
    }

    [Fact]
    public void Row_20_file_with_open_conflicts_is_kept_when_it_is_no_longer_generated()
    {
        project.Run(Conflict());
        var open = project["a.yaml"];
        Assert.Equal("20", project.Generate().RowOf("a.yaml"));
        Assert.Equal(open, project["a.yaml"]);

        project["a.yaml"] = "a\nmine\nc\n";
        Assert.Equal(FileAction.Orphaned, project.Generate().ActionOf("a.yaml"));
    }

    [Fact]
    public void Row_20_holds_without_a_state()
    {
        project.Run(Conflict());
        var open = project["a.yaml"];
        project.Delete(".duskstack/state.json");
        Assert.Equal("20", project.Generate(Managed("a.yaml", "a\nB\nc\n")).RowOf("a.yaml"));
        Assert.Equal(open, project["a.yaml"]);
    }

    [Theory]
    [InlineData("a\nmine and B\nc\n", FileAction.Kept)]
    [InlineData("a\nmine\nc\n", FileAction.Kept)]
    [InlineData("a\nB\nc\n", FileAction.Unchanged)]
    public void Row_20b_conflict_is_closed_when_its_markers_are_gone(string ended, FileAction action)
    {
        project.Run(Conflict());
        project["a.yaml"] = ended;
        var result = project.Generate(Managed("a.yaml", "a\nB\nc\n"));

        Assert.Equal((action, Outcome.Clean), (result.ActionOf("a.yaml"), result.Outcome));
        Assert.Equal(ended, project["a.yaml"]);
        Assert.Equal("a\nB\nc\n", project[".duskstack/base/a.yaml.base"]);
        Assert.False(project.Has(".duskstack/pending/a.yaml"));
        Assert.Contains("\"status\":\"ok\"", project.State, StringComparison.Ordinal);
        Assert.True(project.Generate(Managed("a.yaml", "a\nB\nc\n")).NothingToDo);
    }

    [Fact]
    public void Row_20b_next_change_of_the_template_starts_from_the_version_that_was_taken_over()
    {
        project.Run(Conflict());
        project["a.yaml"] = "a\nmine and B\nc\n";
        Assert.Equal(FileAction.Merged, project.Generate(Managed("a.yaml", "a\nB\nc\nd\n")).ActionOf("a.yaml"));
        Assert.Equal("a\nmine and B\nc\nd\n", project["a.yaml"]);
    }

    [Fact]
    public void Row_20b_file_of_the_new_version_follows_it_on()
    {
        project.Run(Conflict());
        project["a.yaml"] = "a\nB\nc\n";
        Assert.Equal(("2", FileAction.Updated), Of(project.Generate(Managed("a.yaml", "a\nC\nc\n"))));
        Assert.Equal("a\nC\nc\n", project["a.yaml"]);
    }

    [Fact]
    public void Row_20b_deleted_file_is_deleted()
    {
        project.Run(Conflict());
        project.Delete("a.yaml");
        Assert.Equal(FileAction.StaysDeleted, project.Generate(Managed("a.yaml", "a\nB\nc\n")).ActionOf("a.yaml"));
        Assert.False(project.Has(".duskstack/pending/a.yaml"));
    }

    [Fact]
    public void Pending_that_was_moved_over_the_base_closes_a_conflict()
    {
        project.Run(Conflict());
        project["a.yaml"] = "a\nmine and B\nc\n";
        File.Move(project.At(".duskstack/pending/a.yaml"), project.At(".duskstack/base/a.yaml.base"), overwrite: true);
        Assert.Equal(("3", FileAction.Kept), Of(project.Generate(Managed("a.yaml", "a\nB\nc\n"))));
        Assert.Contains("\"status\":\"ok\"", project.State, StringComparison.Ordinal);
    }

    [Fact]
    public void Markers_of_git_are_no_conflict_of_ours()
    {
        project.With("a.md", "a\nb\nc\n");
        project["a.md"] = "a\nb\nc\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> other\n";
        Assert.Equal("5", project.Generate(Managed("a.md", "A\nb\nc\n")).RowOf("a.md"));
        Assert.StartsWith("A\nb\nc\n<<<<<<< HEAD\n", project["a.md"], StringComparison.Ordinal);
    }

    [Fact]
    public void Dry_run_of_a_conflict_writes_nothing()
    {
        var request = Conflict();
        var before = project.Tree();
        Assert.Equal(Outcome.Conflicts, project.Run(request with { DryRun = true }).Outcome);
        Assert.Equal(before, project.Tree());
    }

    [Fact]
    public void Block_merges_within_its_markers()
    {
        project[".gitignore"] = "bin/\r\n";
        project.Generate(Block(".gitignore", "a\nb\nc\n"));
        project[".gitignore"] = project[".gitignore"].Replace("c\r\n", "c\r\nmine\r\n", StringComparison.Ordinal) + "obj/\r\n";
        var result = project.Generate(Block(".gitignore", "A\nb\nc\n"));

        Assert.Equal(("5", FileAction.Merged), (result.RowOf(".gitignore"), result.ActionOf(".gitignore")));
        Assert.Equal("bin/\r\n\r\n# >>> duskstack >>>\r\nA\r\nb\r\nc\r\nmine\r\n# <<< duskstack <<<\r\nobj/\r\n", project[".gitignore"]);
        Assert.Equal("A\nb\nc\n", project[".duskstack/base/.gitignore.base"]);
    }

    [Fact]
    public void Block_holds_the_markers_of_its_conflicts()
    {
        project[".gitignore"] = "bin/\n";
        project.Generate(Block(".gitignore", "a\n"));
        project[".gitignore"] = project[".gitignore"].Replace("a\n", "mine\n", StringComparison.Ordinal);
        Assert.Equal(FileAction.Conflicted, project.Generate(Block(".gitignore", "b\n")).ActionOf(".gitignore"));

        Assert.Equal(
            "bin/\n\n# >>> duskstack >>>\n<<<<<<< yours [ID]\nmine\n||||||| last generated (1.0.0) [ID]\na\n=======\nb\n>>>>>>> template (1.0.0) [ID]\n# <<< duskstack <<<\n",
            WithoutIds(project[".gitignore"]));
        Assert.Equal("20", project.Generate(Block(".gitignore", "b\n")).RowOf(".gitignore"));

        project[".gitignore"] = "bin/\n\n# >>> duskstack >>>\nmine\nb\n# <<< duskstack <<<\n";
        Assert.Equal(Outcome.Clean, project.Generate(Block(".gitignore", "b\n")).Outcome);
        Assert.Equal("b\n", project[".duskstack/base/.gitignore.base"]);
    }

    private static (string Row, FileAction Action) Of(RegenerationResult result) => (result.RowOf("a.yaml"), result.ActionOf("a.yaml"));

    private static string WithoutIds(string text) => System.Text.RegularExpressions.Regex.Replace(text, "\\[[0-9a-f]{8}\\]", "[ID]");

    // A project in which the next run meets a conflict.
    private RegenerationRequest Conflict()
    {
        project.With("a.yaml", "a\nb\nc\n");
        project["a.yaml"] = "a\nmine\nc\n";
        return project.Request(Managed("a.yaml", "a\nB\nc\n"));
    }
}

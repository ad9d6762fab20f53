using DuskStack.Diagnostics;
using DuskStack.Regeneration;
using static DuskStack.Tests.Regeneration.Project;

namespace DuskStack.Tests.Regeneration;

/// <summary>The decision table, one story per row; those that merge are in <see cref="MergedFiles"/>.</summary>
public sealed class ManagedFiles : IDisposable
{
    private readonly Project project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void Row_1_nothing_changed_and_the_file_is_not_even_touched()
    {
        project.With("a.yaml", "a\n");
        var written = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(project.At("a.yaml"), written);
        var before = project.Tree();

        var result = project.Generate(Managed("a.yaml", "a\n"));

        Assert.True(result.NothingToDo);
        Assert.Equal("1", result.RowOf("a.yaml"));
        Assert.Equal(written, File.GetLastWriteTimeUtc(project.At("a.yaml")));
        Assert.Equal(before, project.Tree());
        Assert.Null(result.Backup);
    }

    [Fact]
    public void Row_2_unedited_file_follows_its_template()
    {
        project.With("a.yaml", "a\n");
        var result = project.Generate(Managed("a.yaml", "b\n"));

        Assert.Equal(FileAction.Updated, result.ActionOf("a.yaml"));
        Assert.Equal("b\n", project["a.yaml"]);
        Assert.Equal("b\n", project[".duskstack/base/a.yaml.base"]);
        Assert.Equal("a\n", project[$"{result.Backup}/a.yaml"]);
    }

    [Fact]
    public void Row_2_keeps_line_ends_byte_order_mark_and_mode()
    {
        project.With("a.sh", "one\ntwo\n");
        project["a.sh"] = "\uFEFFone\r\ntwo\r\n";
        project.SetMode("a.sh", (UnixFileMode)0b111_101_000);

        var result = project.Generate(Managed("a.sh", "one\nthree\n"));

        Assert.Equal(FileAction.Updated, result.ActionOf("a.sh"));
        Assert.Equal("\uFEFFone\r\nthree\r\n", project["a.sh"]);
        Assert.Equal((UnixFileMode)0b111_101_000, project.ModeOf("a.sh"));
        Assert.Equal("one\nthree\n", project[".duskstack/base/a.sh.base"]);
    }

    [Fact]
    public void Row_3_edited_file_stays_while_its_template_does_not_change()
    {
        project.With("a.yaml", "a\n");
        project["a.yaml"] = "mine\n";
        var result = project.Generate(Managed("a.yaml", "a\n"));

        Assert.Equal(FileAction.Kept, result.ActionOf("a.yaml"));
        Assert.Equal(Outcome.Clean, result.Outcome);
        Assert.Equal("mine\n", project["a.yaml"]);
        Assert.True(result.NothingToDo);
    }

    [Fact]
    public void Row_4_edit_that_the_template_makes_as_well_is_taken_note_of()
    {
        project.With("a.yaml", "a\n");
        project["a.yaml"] = "b\n";
        var result = project.Generate(Managed("a.yaml", "b\n"));

        Assert.Equal("4", result.RowOf("a.yaml"));
        Assert.Equal(Outcome.Clean, result.Outcome);
        Assert.Equal("b\n", project[".duskstack/base/a.yaml.base"]);
    }

    [Fact]
    public void Row_9_deleted_file_stays_deleted_and_is_mentioned_once()
    {
        project.With("a.yaml", "a\n");
        project.Delete("a.yaml");
        var first = project.Generate(Managed("a.yaml", "a\n"));
        var second = project.Generate(Managed("a.yaml", "a\n"));

        Assert.False(project.Has("a.yaml"));
        Assert.Equal(Outcome.Clean, first.Outcome);
        Assert.Equal("9", first.RowOf("a.yaml"));
        Assert.Equal(DiagnosticCodes.FileDeleted, Assert.Single(first.Diagnostics).Code);
        Assert.Empty(second.Diagnostics);
    }

    [Fact]
    public void Row_10_deleted_file_stays_deleted_when_its_template_changes_and_the_base_follows()
    {
        project.With("a.yaml", "a\n");
        project.Delete("a.yaml");
        var result = project.Generate(Managed("a.yaml", "b\n"));

        Assert.False(project.Has("a.yaml"));
        Assert.Equal("10", result.RowOf("a.yaml"));
        Assert.Equal("b\n", project[".duskstack/base/a.yaml.base"]);
        Assert.Contains("deleted-by-user", project.State, StringComparison.Ordinal);
    }

    [Fact]
    public void Deleted_file_comes_back_by_doing_what_the_hint_says()
    {
        Row_10_deleted_file_stays_deleted_when_its_template_changes_and_the_base_follows();
        File.Copy(project.At(".duskstack/base/a.yaml.base"), project.At("a.yaml"));
        Assert.Equal("1", project.Generate(Managed("a.yaml", "b\n")).RowOf("a.yaml"));
        Assert.Equal(FileAction.Updated, project.Generate(Managed("a.yaml", "c\n")).ActionOf("a.yaml"));
    }

    [Fact]
    public void Row_11_file_that_is_no_longer_generated_is_deleted_with_its_empty_folders()
    {
        project.Generate(Managed("x/y/a.yaml", "a\n"), Managed("x/b.yaml", "b\n"));
        var result = project.Generate(Managed("x/b.yaml", "b\n"));

        Assert.Equal(FileAction.Deleted, result.ActionOf("x/y/a.yaml"));
        Assert.False(Directory.Exists(project.At("x/y")));
        Assert.True(project.Has("x/b.yaml"));
        Assert.False(Directory.Exists(project.At(".duskstack/base/x/y")));
        Assert.Equal("a\n", project[$"{result.Backup}/x/y/a.yaml"]);
    }

    [Fact]
    public void Row_12_edited_file_that_is_no_longer_generated_becomes_the_users()
    {
        project.With("a.yaml", "a\n");
        project["a.yaml"] = "mine\n";
        var first = project.Generate();
        var second = project.Generate();

        Assert.Equal(FileAction.Orphaned, first.ActionOf("a.yaml"));
        Assert.Equal(Outcome.Clean, first.Outcome);
        Assert.Equal(DiagnosticCodes.FileOrphaned, Assert.Single(first.Diagnostics).Code);
        Assert.True(second.NothingToDo);
        Assert.Empty(second.Diagnostics);
        Assert.Equal("mine\n", project["a.yaml"]);
    }

    [Fact]
    public void Row_12_orphan_is_not_deleted_even_when_its_edits_are_taken_back()
    {
        Row_12_edited_file_that_is_no_longer_generated_becomes_the_users();
        project["a.yaml"] = "a\n";
        project.Generate();
        Assert.True(project.Has("a.yaml"));
    }

    [Fact]
    public void Row_12_orphan_is_known_again_when_its_template_returns()
    {
        Row_12_edited_file_that_is_no_longer_generated_becomes_the_users();
        Assert.Equal(FileAction.Kept, project.Generate(Managed("a.yaml", "a\n")).ActionOf("a.yaml"));
    }

    [Fact]
    public void Row_13_what_is_neither_there_nor_generated_is_forgotten()
    {
        project.With("a.yaml", "a\n");
        project.Delete("a.yaml");
        project.Generate();

        Assert.DoesNotContain("a.yaml", project.State, StringComparison.Ordinal);
        Assert.False(project.Has(".duskstack/base/a.yaml.base"));
    }

    [Fact]
    public void Row_15_file_that_is_what_would_be_written_is_adopted()
    {
        project["a.yaml"] = "a\r\n";
        var result = project.Generate(Managed("a.yaml", "a\n"));

        Assert.Equal(FileAction.Adopted, result.ActionOf("a.yaml"));
        Assert.Equal(Outcome.Clean, result.Outcome);
        Assert.Equal("a\r\n", project["a.yaml"]);
        Assert.Equal("a\n", project[".duskstack/base/a.yaml.base"]);
    }

    [Fact]
    public void Row_16_existing_file_that_differs_is_left_alone()
    {
        project["a.yaml"] = "mine\n";
        var first = project.Generate(Managed("a.yaml", "a\n"));
        var before = project.Tree();
        var second = project.Generate(Managed("a.yaml", "a\n"));

        Assert.Equal("16", first.RowOf("a.yaml"));
        Assert.Equal(Outcome.Conflicts, second.Outcome);
        Assert.Equal(before, project.Tree());
        Assert.Equal("mine\n", project["a.yaml"]);
        Assert.Equal("a\n", project[".duskstack/pending/a.yaml"]);
        Assert.False(project.Has(".duskstack/base/a.yaml.base"));
    }

    [Fact]
    public void Row_16_is_closed_by_deleting_the_file_that_stood_in_the_way()
    {
        Row_16_existing_file_that_differs_is_left_alone();
        project.Delete("a.yaml");
        Assert.Equal(FileAction.Created, project.Generate(Managed("a.yaml", "a\n")).ActionOf("a.yaml"));
        Assert.False(project.Has(".duskstack/pending/a.yaml"));
    }

    [Fact]
    public void Row_21_ejected_file_is_never_read_or_written()
    {
        project.With("a.yaml", "a\n");
        project["a.yaml"] = "mine\n";
        project[".duskstack/state.json"] = project.State.Replace("\"managed\"", "\"ejected\"", StringComparison.Ordinal);
        var before = project.Tree();

        Assert.Equal("21", project.Generate(Managed("a.yaml", "b\n")).RowOf("a.yaml"));
        Assert.Equal("21", project.Generate().RowOf("a.yaml"));
        Assert.Equal(before, project.Tree());
    }

    [Fact]
    public void Row_23_changed_mode_is_no_edit_and_is_kept()
    {
        project.With("a.sh", "a\n");
        project.SetMode("a.sh", (UnixFileMode)0b111_000_000);
        Assert.Equal("1", project.Generate(Managed("a.sh", "a\n")).RowOf("a.sh"));
        Assert.Equal((UnixFileMode)0b111_000_000, project.ModeOf("a.sh"));
    }

    [Fact]
    public void Row_24_lost_base_is_not_guessed()
    {
        project.With("a.yaml", "a\n");
        project.Delete(".duskstack/base/a.yaml.base");
        var result = project.Generate(Managed("a.yaml", "b\n"));

        Assert.Equal("24", result.RowOf("a.yaml"));
        Assert.Equal(Outcome.Conflicts, result.Outcome);
        Assert.Equal("a\n", project["a.yaml"]);
    }

    [Fact]
    public void Row_24_lost_base_is_restored_when_the_file_is_what_is_generated()
    {
        project.With("a.yaml", "a\n");
        project.Delete(".duskstack/base/a.yaml.base");
        Assert.Equal(Outcome.Clean, project.Generate(Managed("a.yaml", "a\n")).Outcome);
        Assert.Equal("a\n", project[".duskstack/base/a.yaml.base"]);
    }
}

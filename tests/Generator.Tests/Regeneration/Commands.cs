using DuskStack.Diagnostics;
using DuskStack.Regeneration;
using DuskStack.Regeneration.Commands;
using DuskStack.Regeneration.Merging;
using static DuskStack.Tests.Regeneration.Project;

namespace DuskStack.Tests.Regeneration;

/// <summary>The commands about single files, on disk and through the write protocol.</summary>
public sealed class Commands : IDisposable
{
    private readonly Project project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void Ejected_file_stays_byte_by_byte_and_is_never_generated_again()
    {
        project.With("a.yaml", "a\n");
        project["a.yaml"] = "mine\r\n";
        Assert.Equal(FileAction.Ejected, project.Do(s => FileCommands.Eject(s, "a.yaml")).ActionOf("a.yaml"));
        Assert.False(project.Has(".duskstack/base/a.yaml.base"));
        Assert.Equal("21", project.Generate(Managed("a.yaml", "b\n")).RowOf("a.yaml"));
        Assert.Equal("mine\r\n", project["a.yaml"]);
        Assert.Equal(Outcome.Usage, project.Do(s => FileCommands.Eject(s, "a.yaml")).Outcome);
    }

    [Fact]
    public void Eject_all_makes_every_file_the_users()
    {
        project.Generate(Managed("a.yaml", "a\n"), Managed("b.yaml", "b\n"), Block(".gitignore", "x\n"));
        project.Do(FileCommands.EjectAll);
        var before = project.Tree();
        Assert.True(project.Generate(Managed("a.yaml", "a2\n"), Managed("b.yaml", "b2\n"), Block(".gitignore", "y\n")).NothingToDo);
        Assert.Equal(before, project.Tree());
        Assert.False(Directory.Exists(project.At(".duskstack/base/x")));
    }

    [Fact]
    public void Ejected_file_is_looked_after_again_when_it_is_adopted()
    {
        project.With("a.yaml", "a\n");
        project["a.yaml"] = "mine\n";
        project.Do(s => FileCommands.Eject(s, "a.yaml"));
        project.Do(s => Adopting.Decide(s, "a.yaml", [Managed("a.yaml", "b\n")], merge: false));
        Assert.Equal(FileAction.Kept, project.Generate(Managed("a.yaml", "b\n")).ActionOf("a.yaml"));
        Assert.Equal("mine\n", project["a.yaml"]);
    }

    [Fact]
    public void Unknown_file_is_told_with_the_nearest_one_and_nothing_is_written()
    {
        project.With("compose.yaml", "a\n");
        var before = project.Tree();
        foreach (var command in new Func<Snapshot, Decision>[]
                 {
                     s => FileCommands.Eject(s, "compose.yml"), s => FileCommands.Restore(s, "compose.yml", null, []), s => FileCommands.Move(s, "compose.yml", "x"),
                     s => Resolving.Decide(s, "compose.yml", MergeSide.Ours), s => Adopting.Decide(s, "compose.yml", [], merge: false),
                 })
        {
            var result = project.Do(command);
            Assert.Equal(Outcome.Usage, result.Outcome);
            Assert.Contains("`compose.yaml`", Assert.Single(result.Diagnostics).Hint!, StringComparison.Ordinal);
        }

        Assert.Equal(before, project.Tree());
    }

    [Fact]
    public void Command_in_a_folder_without_a_project_leaves_nothing_behind()
    {
        Assert.Equal(Outcome.Usage, project.Do(s => FileCommands.Eject(s, "a.yaml")).Outcome);
        Assert.Equal(Outcome.Usage, Regenerator.Undo(project.Root, project.Request(), cancellation: TestContext.Current.CancellationToken).Outcome);
        Assert.Equal(Outcome.Usage, Regenerator.Repair(project.Root, project.Request(), cancellation: TestContext.Current.CancellationToken).Outcome);
        Assert.Empty(Directory.EnumerateFileSystemEntries(project.Root));
    }

    [Fact]
    public void Deleted_file_is_restored_as_it_is_generated_now()
    {
        project.With("a.yaml", "a\n");
        project.Delete("a.yaml");
        project.Generate(Managed("a.yaml", "b\n"));
        Assert.Equal(FileAction.Restored, project.Do(s => FileCommands.Restore(s, "a.yaml", null, [Managed("a.yaml", "b\n")])).ActionOf("a.yaml"));
        Assert.Equal("b\n", project["a.yaml"]);
        Assert.Equal("1", project.Generate(Managed("a.yaml", "b\n")).RowOf("a.yaml"));
    }

    [Fact]
    public void Deleted_block_is_restored()
    {
        project.Generate(Block(".gitignore", "x\n"));
        var before = project[".gitignore"];
        project[".gitignore"] = "mine\n";
        project.Generate(Block(".gitignore", "x\n"));
        project.Do(s => FileCommands.Restore(s, ".gitignore", null, [Block(".gitignore", "x\n")]));
        Assert.Equal("mine\n\n" + before, project[".gitignore"]);
        Assert.True(project.Generate(Block(".gitignore", "x\n")).NothingToDo);
    }

    [Fact]
    public void File_comes_back_from_the_newest_backup_that_differs()
    {
        project.With("a.sh", "a\n");
        project.SetMode("a.sh", (UnixFileMode)0b111_101_101);
        project.Generate(Managed("a.sh", "b\n"));
        Restore("a.sh");
        Assert.Equal("a\n", project["a.sh"]);
        Assert.Equal((UnixFileMode)0b111_101_101, project.ModeOf("a.sh"));
        Assert.Equal(FileAction.Kept, project.Generate(Managed("a.sh", "b\n")).ActionOf("a.sh"));
    }

    [Fact]
    public void File_that_is_no_longer_generated_comes_back_from_its_backup_and_is_the_users()
    {
        project.With("a.yaml", "a\n");
        project.Generate();
        Assert.False(project.Has("a.yaml"));
        Restore("a.yaml");
        Assert.Equal("a\n", project["a.yaml"]);
        Assert.True(project.Generate().NothingToDo);
        Assert.True(project.Has("a.yaml"));
    }

    [Fact]
    public void Renamed_file_is_generated_under_its_new_name()
    {
        project.With("a.yaml", "1\n2\n3\n4\n5\n6\n");
        project["a.yaml"] = "1\n2\n3\n4\n5\nmine\n";
        var result = project.Do(s => FileCommands.Move(s, "a.yaml", "x/b.yaml"), "x/b.yaml");
        Assert.Equal(DiagnosticCodes.OtherFilesNameIt, Assert.Single(result.Diagnostics).Code);
        Assert.False(project.Has("a.yaml"));
        Assert.Contains("\"rendered\":\"a.yaml\"", project.State, StringComparison.Ordinal);
        Assert.Equal(FileAction.Kept, project.Generate(Managed("a.yaml", "1\n2\n3\n4\n5\n6\n")).ActionOf("x/b.yaml"));

        project["a.yaml"] = "somebody else's\n";
        project["x/b.yaml"] = "1\n2\n3\n4\n5\n6\n";
        Assert.Equal(FileAction.Updated, project.Generate(Managed("a.yaml", "0\n2\n3\n4\n5\n6\n")).ActionOf("x/b.yaml"));
        Assert.Equal("somebody else's\n", project["a.yaml"]);
        Assert.Equal("0\n2\n3\n4\n5\n6\n", project["x/b.yaml"]);
    }

    [Fact]
    public void Renamed_file_stays_where_it_is_when_its_template_moves()
    {
        project.Generate(Managed("a.yaml", "a\n", "t"));
        project.Do(s => FileCommands.Move(s, "a.yaml", "mine.yaml"), "mine.yaml");
        Assert.Equal(FileAction.Updated, project.Generate(Managed("b.yaml", "b\n", "t")).ActionOf("mine.yaml"));
        Assert.Equal("b\n", project["mine.yaml"]);
        Assert.False(project.Has("b.yaml"));
    }

    [Fact]
    public void File_that_a_person_renamed_already_is_taken_note_of()
    {
        project.With("a.yaml", "a\n");
        File.Move(project.At("a.yaml"), project.At("b.yaml"));
        project.Do(s => FileCommands.Move(s, "a.yaml", "b.yaml"), "b.yaml");
        Assert.True(project.Generate(Managed("a.yaml", "a\n")).NothingToDo);
        Assert.False(project.Has("a.yaml"));

        project.Do(s => FileCommands.Move(s, "b.yaml", "a.yaml"), "a.yaml");
        Assert.DoesNotContain("rendered", project.State, StringComparison.Ordinal);
        Assert.True(project.Generate(Managed("a.yaml", "a\n")).NothingToDo);
    }

    [Theory]
    [InlineData("b.yaml", Outcome.Usage)]
    [InlineData("../b.yaml", Outcome.Refused)]
    [InlineData(".git/x", Outcome.Refused)]
    [InlineData("mine.yaml", Outcome.Usage)]
    public void Renaming_to_a_path_that_is_taken_or_forbidden_is_refused(string to, Outcome outcome)
    {
        project.Generate(Managed("a.yaml", "a\n"), Managed("b.yaml", "b\n"));
        project["mine.yaml"] = "mine\n";
        var before = project.Tree();
        Assert.Equal(outcome, project.Do(s => FileCommands.Move(s, "a.yaml", to), to).Outcome);
        Assert.Equal(before, project.Tree());
    }

    [Fact]
    public void Adopted_file_keeps_its_lines_as_edits()
    {
        project["a.yaml"] = "mine\n";
        project.Generate(Managed("a.yaml", "a\n"));
        Assert.Equal(FileAction.Adopted, project.Do(s => Adopting.Decide(s, "a.yaml", [Managed("a.yaml", "a\n")], merge: false)).ActionOf("a.yaml"));
        Assert.Equal("mine\n", project["a.yaml"]);
        Assert.False(project.Has(".duskstack/pending/a.yaml"));
        Assert.Equal(FileAction.Kept, project.Generate(Managed("a.yaml", "a\n")).ActionOf("a.yaml"));
    }

    [Fact]
    public void Adopted_file_takes_the_generated_lines_in()
    {
        project["a.txt"] = "1\nmine\n2\n3\n4\n";
        project.Generate(Managed("a.txt", "1\n2\n3\nnew\n4\n"));
        project.Do(s => Adopting.Decide(s, "a.txt", [Managed("a.txt", "1\n2\n3\nnew\n4\n")], merge: true));
        Assert.Equal("1\nmine\n2\n3\nnew\n4\n", project["a.txt"]);
        Assert.Contains("1\nmine\n2\n3\n4\n", project.BackedUp());
        Assert.Equal(FileAction.Kept, project.Generate(Managed("a.txt", "1\n2\n3\nnew\n4\n")).ActionOf("a.txt"));
    }

    [Theory]
    [InlineData(MergeSide.Ours, "1\nmine\n2\n")]
    [InlineData(MergeSide.Theirs, "1\nnew\n2\n")]
    [InlineData(MergeSide.Union, "1\nmine\nnew\n2\n")]
    public void File_in_the_way_is_resolved_by_either_version_or_both(MergeSide side, string expected)
    {
        project["a.txt"] = "1\nmine\n2\n";
        project.Generate(Managed("a.txt", "1\nnew\n2\n"));
        Assert.Equal(FileAction.Resolved, project.Do(s => Resolving.Decide(s, "a.txt", side)).ActionOf("a.txt"));
        Assert.Equal(expected, project["a.txt"]);
        Assert.False(project.Has(".duskstack/pending/a.txt"));
        var next = project.Generate(Managed("a.txt", "1\nnew\n2\n"));
        Assert.Equal(Outcome.Clean, next.Outcome);
        Assert.Equal(expected, project["a.txt"]);
    }

    [Fact]
    public void Edits_are_given_up_only_when_asked_and_backed_up()
    {
        project.With("a.yaml", "a\n");
        project["a.yaml"] = "mine\r\n";
        Assert.Equal(Outcome.Usage, project.Do(s => Resolving.Decide(s, "a.yaml", MergeSide.Ours)).Outcome);
        project.Do(s => Resolving.Decide(s, "a.yaml", MergeSide.Theirs));
        Assert.Equal("a\r\n", project["a.yaml"]);
        Assert.Contains("mine\r\n", project.BackedUp());
    }

    private void Restore(string path) =>
        project.Do(s => FileCommands.Restore(s, path, Regenerator.Backup(project.Root, path, s.File(path)), []), path);
}

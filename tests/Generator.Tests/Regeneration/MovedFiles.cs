using System.Collections.Immutable;
using DuskStack.Regeneration;
using static DuskStack.Tests.Regeneration.Project;

namespace DuskStack.Tests.Regeneration;

/// <summary>Rows 18 and 19: a template that writes to another path.</summary>
public sealed class MovedFiles : IDisposable
{
    private readonly Project project = new();

    public MovedFiles() => project.Generate(Managed("old/a.yaml", "a\n", "t"));

    public void Dispose() => project.Dispose();

    [Fact]
    public void Unedited_file_moves_and_follows_its_template()
    {
        project["old/a.yaml"] = "a\r\n";
        var result = project.Generate(Managed("new/a.yaml", "b\n", "t"));

        Assert.Equal(FileAction.Moved, result.ActionOf("new/a.yaml"));
        Assert.Equal("b\r\n", project["new/a.yaml"]);
        Assert.False(Directory.Exists(project.At("old")));
        Assert.Equal([".duskstack/base/new/a.yaml.base", ".duskstack/state.json", "new/a.yaml"], project.Tree().Keys);
        Assert.DoesNotContain("old/a.yaml", project.State, StringComparison.Ordinal);
        Assert.True(project.Generate(Managed("new/a.yaml", "b\n", "t")).NothingToDo);
    }

    [Fact]
    public void Edits_move_along_when_the_template_did_not_change()
    {
        project["old/a.yaml"] = "mine\n";
        Assert.Equal(Outcome.Clean, project.Generate(Managed("new/a.yaml", "a\n", "t")).Outcome);
        Assert.Equal("mine\n", project["new/a.yaml"]);
        Assert.False(project.Has("old/a.yaml"));
        Assert.Equal(FileAction.Kept, project.Generate(Managed("new/a.yaml", "a\n", "t")).ActionOf("new/a.yaml"));
    }

    [Fact]
    public void Row_19_edits_and_a_changed_template_meet_at_the_new_path()
    {
        project.Generate(Managed("old/a.yaml", "a\nb\nc\n", "t"));
        project["old/a.yaml"] = "mine\nb\nc\n";
        var result = project.Generate(Managed("new/a.yaml", "a\nb\nd\n", "t"));

        Assert.Equal(("19", FileAction.Moved), (result.RowOf("new/a.yaml"), result.ActionOf("new/a.yaml")));
        Assert.Equal("mine\nb\nd\n", project["new/a.yaml"]);
        Assert.Equal("a\nb\nd\n", project[".duskstack/base/new/a.yaml.base"]);
        Assert.Equal("mine\nb\nc\n", project[$"{result.Backup}/old/a.yaml"]);
        Assert.False(project.Has("old/a.yaml"));
        Assert.Equal(FileAction.Kept, project.Generate(Managed("new/a.yaml", "a\nb\nd\n", "t")).ActionOf("new/a.yaml"));
    }

    [Fact]
    public void Row_19_a_conflict_moves_to_the_new_path()
    {
        project["old/a.yaml"] = "mine\n";
        var first = project.Generate(Managed("new/a.yaml", "b\n", "t"));
        var before = project.Tree();
        var second = project.Generate(Managed("new/a.yaml", "b\n", "t"));

        Assert.Equal(Outcome.Conflicts, first.Outcome);
        Assert.Equal("20", second.RowOf("new/a.yaml"));
        Assert.Equal(before, project.Tree());
        Assert.Contains("mine\n", project["new/a.yaml"], StringComparison.Ordinal);
        Assert.Equal([".duskstack/base/new/a.yaml.base", ".duskstack/pending/new/a.yaml", ".duskstack/state.json", "new/a.yaml"], project.Tree().Keys);
        Assert.Equal("a\n", project[".duskstack/base/new/a.yaml.base"]);

        project["new/a.yaml"] = "mine and b\n";
        Assert.Equal(Outcome.Clean, project.Generate(Managed("new/a.yaml", "b\n", "t")).Outcome);
        Assert.Equal([".duskstack/base/new/a.yaml.base", ".duskstack/state.json", "new/a.yaml"], project.Tree().Keys);
        Assert.Equal("b\n", project[".duskstack/base/new/a.yaml.base"]);
    }

    [Fact]
    public void Row_19_edited_file_that_cannot_be_merged_stays_where_it_is()
    {
        project["old/a.yaml"] = "mine\n";
        var keep = project.Request(Managed("new/a.yaml", "b\n", "t")) with { KeepConflicts = true };
        var first = project.Run(keep);
        var before = project.Tree();
        var second = project.Run(keep);

        Assert.Equal(Outcome.Conflicts, first.Outcome);
        Assert.Equal(Outcome.Conflicts, second.Outcome);
        Assert.Equal(before, project.Tree());
        Assert.Equal("mine\n", project["old/a.yaml"]);
        Assert.False(project.Has("new/a.yaml"));
        Assert.Equal("b\n", project[".duskstack/pending/new/a.yaml"]);

        project["old/a.yaml"] = "a\n";
        Assert.Equal(FileAction.Moved, project.Generate(Managed("new/a.yaml", "b\n", "t")).ActionOf("new/a.yaml"));
        Assert.Equal([".duskstack/base/new/a.yaml.base", ".duskstack/state.json", "new/a.yaml"], project.Tree().Keys);
    }

    [Fact]
    public void File_with_open_conflicts_moves_when_they_are_ended()
    {
        project["old/a.yaml"] = "mine\n";
        project.Generate(Managed("old/a.yaml", "b\n", "t"));
        var open = project["old/a.yaml"];

        var result = project.Generate(Managed("new/a.yaml", "c\n", "t"));
        var before = project.Tree();
        project.Generate(Managed("new/a.yaml", "c\n", "t"));

        Assert.Equal("20", result.RowOf("old/a.yaml"));
        Assert.Equal(open, project["old/a.yaml"]);
        Assert.Equal("c\n", project[".duskstack/pending/old/a.yaml"]);
        Assert.Equal(before, project.Tree());

        project["old/a.yaml"] = "mine and c\n";
        Assert.Equal(Outcome.Clean, project.Generate(Managed("new/a.yaml", "c\n", "t")).Outcome);
        Assert.Equal("mine and c\n", project["new/a.yaml"]);
        Assert.Equal([".duskstack/base/new/a.yaml.base", ".duskstack/state.json", "new/a.yaml"], project.Tree().Keys);
    }

    [Fact]
    public void Conflict_that_was_ended_meets_the_next_change_at_the_new_path()
    {
        project["old/a.yaml"] = "mine\n";
        project.Generate(Managed("old/a.yaml", "b\n", "t"));
        project["old/a.yaml"] = "mine and b\n";

        Assert.Equal(Outcome.Conflicts, project.Run(project.Request(Managed("new/a.yaml", "c\n", "t")) with { KeepConflicts = true }).Outcome);
        Assert.Equal("b\n", project[".duskstack/base/old/a.yaml.base"]);

        Assert.Equal(FileAction.Conflicted, project.Generate(Managed("new/a.yaml", "c\n", "t")).ActionOf("new/a.yaml"));
        Assert.Contains("mine and b\n", project["new/a.yaml"], StringComparison.Ordinal);
        Assert.False(project.Has("old/a.yaml"));
    }

    [Theory]
    [InlineData("a\n")]
    [InlineData("b\n")]
    public void Deleted_file_stays_deleted_under_its_new_path(string content)
    {
        project.Delete("old/a.yaml");
        Assert.Equal(FileAction.StaysDeleted, project.Generate(Managed("new/a.yaml", content, "t")).ActionOf("new/a.yaml"));
        Assert.Equal([".duskstack/base/new/a.yaml.base", ".duskstack/state.json"], project.Tree().Keys);
        Assert.True(project.Generate(Managed("new/a.yaml", content, "t")).NothingToDo);
    }

    [Fact]
    public void Occupied_path_is_left_alone_and_so_is_the_old_file()
    {
        project["new/a.yaml"] = "somebody else's\n";
        var first = project.Generate(Managed("new/a.yaml", "b\n", "t"));
        var before = project.Tree();
        project.Generate(Managed("new/a.yaml", "b\n", "t"));

        Assert.Equal("16", first.RowOf("new/a.yaml"));
        Assert.Equal("a\n", project["old/a.yaml"]);
        Assert.Equal("somebody else's\n", project["new/a.yaml"]);
        Assert.Equal(before, project.Tree());
    }

    [Theory]
    [InlineData("a\n")]
    [InlineData("b\n")]
    public void File_that_a_person_moved_first_is_recognised(string content)
    {
        Directory.CreateDirectory(project.At("new"));
        File.Move(project.At("old/a.yaml"), project.At("new/a.yaml"));
        Assert.Equal(Outcome.Clean, project.Generate(Managed("new/a.yaml", content, "t")).Outcome);
        Assert.Equal(content, project["new/a.yaml"]);
        Assert.Equal(content, project[".duskstack/base/new/a.yaml.base"]);
    }

    [Fact]
    public void Orphan_is_the_users_and_does_not_move()
    {
        project["old/a.yaml"] = "mine\n";
        project.Generate();
        Assert.Equal(FileAction.Created, project.Generate(Managed("new/a.yaml", "a\n", "t")).ActionOf("new/a.yaml"));
        Assert.Equal("mine\n", project["old/a.yaml"]);
    }

    [Fact]
    public void File_that_is_the_same_under_both_names_is_not_deleted()
    {
        // As a system without case sees it: each name finds the one file and its one base.
        var there = new OnDisk.Regular(FileText.Of("a\n"));
        var snapshot = new Snapshot
        {
            State = new()
            {
                Tool = project.Tool,
                Templates = project.Tool,
                Files = ImmutableSortedDictionary<string, StateEntry>.Empty.Add("Dockerfile.API", new("Dockerfile.API", "t", StateClass.Managed)),
            },
            Files = ImmutableDictionary<string, OnDisk>.Empty.Add("Dockerfile.API", there).Add("Dockerfile.api", there),
            Bases = ImmutableDictionary<string, FileText>.Empty.Add("Dockerfile.API", there.Text).Add("Dockerfile.api", there.Text),
        };

        var changes = ChangePlanner.Plan(snapshot, [Managed("Dockerfile.api", "b\n", "t")]);

        Assert.Equal(["Dockerfile.api"], changes.Where(c => c.TouchesFile).Select(c => c.Path));
        Assert.All(changes, c => Assert.Null(c.Remove));
        Assert.Equal(["Dockerfile.api"], ChangePlanner.StateAfter(snapshot.State, changes).Keys);
    }

    [Fact]
    public void Two_candidates_are_no_move()
    {
        project.Generate(Managed("old/a.yaml", "a\n", "t"), Managed("old/b.yaml", "b\n", "t"));
        var result = project.Generate(Managed("new/a.yaml", "a\n", "t"));
        Assert.Equal(FileAction.Created, result.ActionOf("new/a.yaml"));
        Assert.Equal(FileAction.Deleted, result.ActionOf("old/b.yaml"));
    }
}

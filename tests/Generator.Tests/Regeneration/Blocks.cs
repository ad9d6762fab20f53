using DuskStack.Regeneration;
using static DuskStack.Tests.Regeneration.Project;

namespace DuskStack.Tests.Regeneration;

/// <summary>Our lines in a file of the user.</summary>
public sealed class Blocks : IDisposable
{
    private const string Lines = "# >>> duskstack >>>\nsecrets/\n# <<< duskstack <<<\n";
    private readonly Project project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void File_is_created_when_there_is_none()
    {
        project.Generate(Block(".gitignore", "secrets/\n"));
        Assert.Equal(Lines, project[".gitignore"]);
        Assert.True(project.Generate(Block(".gitignore", "secrets/\n")).NothingToDo);
    }

    [Theory]
    [InlineData("bin/\n", "bin/\n\n" + Lines)]
    [InlineData("bin/", "bin/\n\n" + Lines)]
    [InlineData("bin/\n\n", "bin/\n\n" + Lines)]
    [InlineData("", Lines)]
    public void Appended_the_first_time(string before, string after)
    {
        project[".gitignore"] = before;
        Assert.Equal(FileAction.Updated, project.Generate(Block(".gitignore", "secrets/\n")).ActionOf(".gitignore"));
        Assert.Equal(after, project[".gitignore"]);
        Assert.Contains(before, project.BackedUp());
    }

    [Fact]
    public void Only_the_block_changes_later()
    {
        project[".gitignore"] = "bin/\r\n";
        project.Generate(Block(".gitignore", "secrets/\n"));
        project[".gitignore"] += "mine/\r\n";
        project.Generate(Block(".gitignore", "secrets/\n.env\n"));
        Assert.Equal("bin/\r\n\r\n# >>> duskstack >>>\r\nsecrets/\r\n.env\r\n# <<< duskstack <<<\r\nmine/\r\n", project[".gitignore"]);
    }

    [Fact]
    public void Edited_block_is_kept()
    {
        project.Generate(Block(".gitignore", "secrets/\n"));
        project[".gitignore"] = Lines.Replace("secrets/", "mine/", StringComparison.Ordinal);
        Assert.Equal(FileAction.Kept, project.Generate(Block(".gitignore", "secrets/\n")).ActionOf(".gitignore"));

        Assert.Equal(Outcome.Conflicts, project.Generate(Block(".gitignore", "other/\n")).Outcome);
        Assert.Contains("mine/", project[".gitignore"], StringComparison.Ordinal);
        Assert.Equal("other/\n", project[".duskstack/pending/.gitignore"]);
    }

    [Fact]
    public void Removed_block_stays_removed()
    {
        project.Generate(Block(".gitignore", "secrets/\n"));
        project[".gitignore"] = "mine/\n";
        var first = project.Generate(Block(".gitignore", "other/\n"));
        Assert.Equal(FileAction.StaysDeleted, first.ActionOf(".gitignore"));
        Assert.Single(first.Diagnostics);
        Assert.Empty(project.Generate(Block(".gitignore", "other/\n")).Diagnostics);
        Assert.Equal("mine/\n", project[".gitignore"]);
    }

    [Theory]
    [InlineData("# >>> duskstack >>>\nsecrets/\n")]
    [InlineData("# <<< duskstack <<<\nsecrets/\n# >>> duskstack >>>\n")]
    [InlineData(Lines + Lines)]
    public void Damaged_markers_are_refused(string damaged)
    {
        project.Generate(Block(".gitignore", "secrets/\n"));
        project[".gitignore"] = damaged;
        Assert.Equal(Outcome.Refused, project.Generate(Block(".gitignore", "other/\n")).Outcome);
        Assert.Equal(damaged, project[".gitignore"]);
    }

    [Fact]
    public void Block_that_is_no_longer_generated_goes_and_the_rest_stays()
    {
        project[".gitignore"] = "bin/\n";
        project.Generate(Block(".gitignore", "secrets/\n"));
        project.Generate();
        Assert.Equal("bin/\n", project[".gitignore"]);
        Assert.False(project.Has(".duskstack/base/.gitignore.base"));
    }

    [Fact]
    public void File_that_held_nothing_else_goes_with_its_block()
    {
        project.Generate(Block(".gitignore", "secrets/\n"));
        project.Generate();
        Assert.False(project.Has(".gitignore"));
    }

    [Fact]
    public void Managed_file_that_becomes_a_block_keeps_its_lines()
    {
        project.With(".gitignore", "bin/\n");
        project.Generate(Block(".gitignore", "secrets/\n"));
        Assert.Equal("bin/\n\n" + Lines, project[".gitignore"]);
        Assert.True(project.Generate(Block(".gitignore", "secrets/\n")).NothingToDo);
    }
}

using DuskStack.Regeneration;
using static DuskStack.Tests.Regeneration.Project;

namespace DuskStack.Tests.Regeneration;

/// <summary>Row 22: starters and secrets, the user's from the first write on.</summary>
public sealed class OnceFiles : IDisposable
{
    private readonly Project project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void Written_when_absent_without_a_base()
    {
        Assert.Equal(FileAction.Created, project.Generate(Once("src/app.py", "a\n")).ActionOf("src/app.py"));
        Assert.Equal("a\n", project["src/app.py"]);
        Assert.False(Directory.Exists(project.At(".duskstack/base")));
    }

    [Fact]
    public void Never_written_again()
    {
        Written_when_absent_without_a_base();
        project["src/app.py"] = "mine\n";
        Assert.True(project.Generate(Once("src/app.py", "b\n")).NothingToDo);
        Assert.Equal("mine\n", project["src/app.py"]);
    }

    [Fact]
    public void Deleted_starter_does_not_come_back()
    {
        Written_when_absent_without_a_base();
        project.Delete("src/app.py");
        Assert.True(project.Generate(Once("src/app.py", "b\n")).NothingToDo);
        Assert.False(project.Has("src/app.py"));
    }

    [Fact]
    public void Deleted_starter_does_not_come_back_after_runs_without_starters()
    {
        Written_when_absent_without_a_base();
        project.Delete("src/app.py");
        Assert.True(project.Generate().NothingToDo);
        project.Generate(Once("src/app.py", "b\n"));
        Assert.False(project.Has("src/app.py"));
    }

    [Fact]
    public void Existing_file_is_never_touched()
    {
        project[".env"] = "SECRET=1\n";
        project.Generate(Once(".env", "SECRET=\n"));
        project.Delete(".env");
        project.Generate(Once(".env", "SECRET=\n"));
        Assert.False(project.Has(".env"));
    }

    [Fact]
    public void Managed_file_that_becomes_the_users_loses_its_base_only()
    {
        project.With("README.md", "a\n");
        project.Generate(Once("README.md", "b\n"));
        Assert.Equal("a\n", project["README.md"]);
        Assert.False(project.Has(".duskstack/base/README.md.base"));
    }
}

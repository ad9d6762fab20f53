using DuskStack.Diagnostics;
using DuskStack.Outputs;
using DuskStack.Regeneration;
using static DuskStack.Tests.Regeneration.Project;

namespace DuskStack.Tests.Regeneration;

/// <summary><c>undo</c>: the last run, taken back whole or not at all.</summary>
public sealed class UndoneRuns : IDisposable
{
    private static readonly RenderedFile[] Before = [Managed("updated", "u\n"), Managed("x/deleted", "d\n"), Managed("old/moved", "m\n", "m"), Block(".gitignore", "g\n")];
    private static readonly RenderedFile[] After = [Managed("updated", "u2\n"), Managed("y/created", "c\n"), Managed("new/moved", "m2\n", "m"), Block(".gitignore", "g2\n"), Once("app", "a\n")];

    private readonly Project project = new();

    public UndoneRuns()
    {
        project[".gitignore"] = "bin/\n";
        project.Generate(Before);
        project.SetMode("updated", (UnixFileMode)0b111_101_101);
    }

    public void Dispose() => project.Dispose();

    [Fact]
    public void Every_file_is_as_before_and_undone_twice_as_after()
    {
        var before = project.Tree();
        project.Generate(After);
        var after = project.Tree();

        Assert.Equal(Outcome.Clean, Undo().Outcome);
        Assert.Equal(before, project.Tree());
        Assert.Equal((UnixFileMode)0b111_101_101, project.ModeOf("updated"));
        Assert.False(Directory.Exists(project.At("y")));
        Assert.True(project.Generate(Before).NothingToDo);

        Assert.Equal(Outcome.Clean, Undo().Outcome);
        Assert.Equal(after, project.Tree());
    }

    [Fact]
    public void First_run_of_all_is_undone_to_nothing_but_what_was_there()
    {
        Undo();
        Assert.Equal([".gitignore"], project.Tree().Keys);
        Assert.Equal("bin/\n", project[".gitignore"]);
    }

    [Theory]
    [InlineData("updated")]
    [InlineData("y/created")]
    [InlineData("x/deleted")]
    public void File_that_was_changed_since_stops_it(string path)
    {
        project.Generate(After);
        project[path] = "mine\n";
        var tree = project.Tree();
        var result = Undo();
        Assert.Equal(Outcome.Refused, result.Outcome);
        Assert.Contains($"`{path}`", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Equal(tree, project.Tree());
    }

    [Fact]
    public void Link_in_place_of_a_file_stops_it()
    {
        project.Generate(After);
        project.Delete("updated");
        File.CreateSymbolicLink(project.At("updated"), project.At("app"));
        Assert.Equal(Outcome.Refused, Undo().Outcome);
        Assert.Equal("a\n", project["app"]);
    }

    [Fact]
    public void Run_that_came_to_nothing_is_not_taken_for_the_last_one()
    {
        var before = project.Tree();
        project.Generate(After);
        Assert.Throws<InvalidOperationException>(() => project.Run(project.Request(Before), at =>
        {
            if (at == "staged")
                throw new InvalidOperationException("killed");
        }));
        Undo();
        Assert.Equal(before, project.Tree());
    }

    [Fact]
    public void Run_that_was_interrupted_is_completed_and_taken_back()
    {
        var before = project.Tree();
        Assert.Throws<InvalidOperationException>(() => project.Run(project.Request(After), at =>
        {
            if (at == "committed")
                throw new InvalidOperationException("killed");
        }));
        Undo();
        Assert.Equal(before, project.Tree());
    }

    [Theory]
    [InlineData("../victim")]
    [InlineData(".git/config")]
    public void Record_that_is_not_ours_is_not_believed(string target)
    {
        project.Generate(After);
        var record = Directory.EnumerateFiles(project.At(".duskstack/backup"), "run.json", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Order(StringComparer.Ordinal).Last();
        File.WriteAllText(record, File.ReadAllText(record).Replace("\"y/created\"", $"\"{target}\"", StringComparison.Ordinal));
        var tree = project.Tree();
        var result = Undo();
        Assert.Equal(Outcome.Refused, result.Outcome);
        Assert.Equal(DiagnosticCodes.ChangedSinceRun, Assert.Single(result.Diagnostics).Code);
        Assert.Equal(tree, project.Tree());
    }

    private RegenerationResult Undo() => Regenerator.Undo(project.Root, project.Request(), cancellation: TestContext.Current.CancellationToken);
}

using DuskStack.Diagnostics;
using DuskStack.Outputs;
using DuskStack.Regeneration;
using DuskStack.Regeneration.Commands;
using static DuskStack.Tests.Regeneration.Project;

namespace DuskStack.Tests.Regeneration;

/// <summary>A project of <c>dotnet new</c>, which has a record of its manifest in place of bases: every story ends as if the tool had generated it.</summary>
public sealed class NewProjects : IDisposable
{
    private const string Record = ".duskstack/first.yaml";
    private static readonly RenderedFile[] First = [Managed("a", "1\n2\n3\n4\n5\n"), Managed("b", "b\n"), Managed("x/gone", "g\n"), Block(".gitignore", "g\n"), Once("app", "a\n")];
    private static readonly RenderedFile[] Later = [Managed("a", "1\n2\n3\n4\nfive\n"), Managed("b", "b2\n"), Managed("c", "c\n"), Block(".gitignore", "g2\n"), Once("app", "a2\n")];

    private readonly Project project = New(new()), generated = new();

    public NewProjects() => generated.Generate(First);

    public void Dispose()
    {
        project.Dispose();
        generated.Dispose();
    }

    [Fact]
    public void Nothing_is_to_be_done_at_first_and_nothing_is_written()
    {
        var tree = project.Tree();
        Assert.True(Generate(project, First).NothingToDo);
        Assert.Equal(tree, project.Tree());

        project["a"] = "mine\n";
        tree = project.Tree();
        Assert.True(Generate(project, First).NothingToDo);
        Assert.Equal(tree, project.Tree());
    }

    [Fact]
    public void Edits_are_merged_with_what_is_generated_later()
    {
        foreach (var story in new[] { project, generated })
        {
            story["a"] = "one\n2\n3\n4\n5\n";
            story["x/gone"] = "mine\n";
            story.Delete("b");
            Generate(story, Later);
        }

        Assert.Equal("one\n2\n3\n4\nfive\n", project["a"]);
        Assert.Equal(generated.Tree(), project.Tree());
        Assert.False(project.Has(Record));
    }

    [Fact]
    public void What_is_only_looked_at_knows_the_edits_and_writes_nothing()
    {
        project["a"] = "one\n2\n3\n4\n5\n";
        var tree = project.Tree();
        var request = Request(project, Later) with { DryRun = true };
        var result = project.Run(request);
        Assert.Equal(FileAction.Merged, result.ActionOf("a"));
        var (snapshot, _) = Regenerator.Look(project.Root, request);
        Assert.Equal(FileStanding.Edited, FileState.Of(snapshot!, result.Changes).Single(f => f.Path == "a").Standing);
        Assert.Equal(tree, project.Tree());
    }

    [Fact]
    public void Command_about_one_file_writes_what_was_generated_of_all()
    {
        generated.Do(s => FileCommands.Eject(s, "b"));
        Regenerator.Apply(project.Root, Request(project), s => FileCommands.Eject(s, "b"), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(generated.Tree(), project.Tree());
    }

    [Fact]
    public void Repair_writes_what_was_generated_and_touches_no_file()
    {
        generated["a"] = project["a"] = "mine\n";
        Assert.Equal(Outcome.Clean, Repair(project).Outcome);
        Assert.Equal(generated.Tree(), project.Tree());
    }

    [Fact]
    public void Undo_brings_every_file_back()
    {
        project["a"] = generated["a"] = "one\n2\n3\n4\n5\n";
        Generate(project, Later);
        Assert.Equal(Outcome.Clean, Regenerator.Undo(project.Root, Request(project, First), cancellation: TestContext.Current.CancellationToken).Outcome);
        Assert.Equal(generated.Tree(), project.Tree());
    }

    [Fact]
    public void Other_version_refuses_rather_than_to_guess()
    {
        project["a"] = "one\n2\n3\n4\n5\n";
        project.Tool = ToolVersion.Parse("1.1.0");
        var tree = project.Tree();
        var refused = Generate(project, Later);
        Assert.Equal(Outcome.Refused, refused.Outcome);
        Assert.Equal(DiagnosticCodes.NewProjectOfOther, Assert.Single(refused.Diagnostics).Code);
        Assert.Contains("duskstack@1.0.0 -- repair", refused.Diagnostics[0].Hint, StringComparison.Ordinal);
        Assert.Equal(tree, project.Tree());

        Assert.Equal(Outcome.Refused, Repair(project).Outcome);
        Assert.Equal(tree, project.Tree());

        // A state that a merge broke still says which version that was.
        var state = project.State;
        project[".duskstack/state.json"] = "<<<<<<< HEAD\n" + state;
        Assert.Equal(DiagnosticCodes.NewProjectOfOther, Assert.Single(Repair(project).Diagnostics).Code);
        project[".duskstack/state.json"] = state;

        // The version that it asks for writes down what was generated; from then on every later one knows.
        project.Tool = ToolVersion.Parse("1.0.0");
        Assert.Equal(Outcome.Clean, Repair(project).Outcome);
        project.Tool = ToolVersion.Parse("1.1.0");
        Assert.Equal(FileAction.Merged, Generate(project, Later).ActionOf("a"));
    }

    [Fact]
    public void Without_the_record_whatever_differs_waits()
    {
        project["a"] = "mine\n";
        project.Delete(Record);
        var result = Generate(project, Later);
        Assert.Equal(Outcome.Conflicts, result.Outcome);
        Assert.Equal("24", result.RowOf("a"));
        Assert.Equal("mine\n", project["a"]);
    }

    [Fact]
    public void Record_that_outlived_the_first_run_says_nothing()
    {
        Generate(project, Later);
        project[Record] = "stale";
        project["c"] = "mine\n";
        var result = Generate(project, Managed("a", "1\n2\n3\n4\nfive\n"), Managed("b", "b3\n"), Managed("c", "c\n"), Block(".gitignore", "g2\n"), Once("app", "a2\n"));
        Assert.Equal(FileAction.Updated, result.ActionOf("b"));
        Assert.Equal("mine\n", project["c"]);
    }

    [Fact]
    public void Record_that_is_a_link_is_not_followed()
    {
        project.Delete(Record);
        File.CreateSymbolicLink(project.At(Record), project.At("a"));
        Assert.Equal(Outcome.Refused, Generate(project, Later).Outcome);
    }

    [Fact]
    public void Run_that_ends_anywhere_is_completed_by_the_next()
    {
        generated["a"] = "one\n2\n3\n4\n5\n";
        Generate(generated, Later);
        int points = 0;
        using (Project whole = Edited())
            whole.Run(Request(whole, Later), _ => points++);
        Assert.True(points > 10, $"{points} points");
        for (int point = 0; point < points; point++)
        {
            using Project crashed = Edited();
            int left = point;
            Assert.Throws<InvalidOperationException>(() => crashed.Run(Request(crashed, Later), at => _ = left-- > 0 ? 0 : throw new InvalidOperationException(at)));
            Generate(crashed, Later);
            Assert.Equal(generated.Tree(), crashed.Tree());
        }

        static Project Edited()
        {
            Project edited = New(new(inMemory: true));
            edited["a"] = "one\n2\n3\n4\n5\n";
            return edited;
        }
    }

    /// <summary>As <c>dotnet new</c> leaves it.</summary>
    private static Project New(Project project)
    {
        project.Generate(First);
        Directory.Delete(project.At(".duskstack/base"), recursive: true);
        Directory.Delete(project.At(".duskstack/backup"), recursive: true);
        project[Record] = "first";
        return project;
    }

    private static RegenerationResult Generate(Project project, params RenderedFile[] files) => project.Run(Request(project, files));

    private static RegenerationResult Repair(Project project) => Regenerator.Repair(project.Root, Request(project, Later), cancellation: TestContext.Current.CancellationToken);

    private static RegenerationRequest Request(Project project, params RenderedFile[] files) =>
        project.Request(files) with { RenderFirst = manifest => manifest == "first" ? [.. First] : throw new InvalidOperationException(manifest) };
}

using DuskStack.Outputs;
using DuskStack.Regeneration;
using static DuskStack.Tests.Regeneration.Project;

namespace DuskStack.Tests.Regeneration;

/// <summary>A run that ends at any point: the next one completes or discards it, and no file is ever half written or lost.</summary>
public sealed class Crashes
{
    // Moved, updated, created, deleted, conflicted, a block and a starter: each kind of step once.
    private static readonly RenderedFile[] Before =
        [Managed("old/moved", "m\n", "m"), Managed("updated", "u\n"), Managed("x/deleted", "d\n"), Managed("edited", "e\n"), Block(".gitignore", "g\n")];

    private static readonly RenderedFile[] After =
        [Managed("new/moved", "m2\n", "m"), Managed("updated", "u2\n"), Managed("y/created", "c\n"), Managed("edited", "e2\n"), Block(".gitignore", "g2\n"), Once("app", "a\n")];

    public static TheoryData<string> Points()
    {
        using var project = Prepared();
        var points = new List<string>();
        project.Run(project.Request(After), points.Add);
        return [.. points];
    }

    [Theory]
    [MemberData(nameof(Points))]
    public void The_next_run_ends_where_an_uninterrupted_one_would_have(string point)
    {
        using var expected = Prepared();
        expected.Generate(After);

        using var project = Prepared();
        Crash(project, point);
        project.Generate(After);

        Assert.Equal(expected.Tree(), project.Tree());
        Assert.False(project.Has(".duskstack/txn/journal.json"));
        var tree = project.Tree();
        project.Generate(After);
        Assert.Equal(tree, project.Tree());
    }

    [Theory]
    [MemberData(nameof(Points))]
    public void Edits_between_the_crash_and_the_next_run_are_kept(string point)
    {
        using var project = Prepared();
        Crash(project, point);
        foreach (var path in new[] { "old/moved", "new/moved", "updated", "x/deleted", "y/created", "app" })
            project[path] = $"mine {path}\n";

        project.Generate(After);

        foreach (var path in new[] { "old/moved", "new/moved", "updated", "x/deleted", "y/created", "app" })
        {
            // What the template changed as well stands beside the edit, between markers.
            Assert.Contains($"mine {path}\n", project[path], StringComparison.Ordinal);
            Assert.True(project[path] == $"mine {path}\n" || project.BackedUp().Contains($"mine {path}\n"));
        }
    }

    [Theory]
    [MemberData(nameof(Points))]
    public void Every_file_is_old_or_new_right_after_the_crash(string point)
    {
        using var project = Prepared();
        Crash(project, point);

        Assert.Contains(project["updated"], new[] { "u\n", "u2\n" });
        Assert.True(project["edited"] == "mine\n" || (project["edited"].Contains("mine\n", StringComparison.Ordinal) && project["edited"].EndsWith("]\n", StringComparison.Ordinal)));
        Assert.True(project.Has("old/moved") || project.Has("new/moved"));
    }

    [Fact]
    public void Dry_run_after_a_crash_says_so_and_writes_nothing()
    {
        using var project = Prepared();
        Crash(project, "committed");
        var before = project.Tree();
        var result = project.Run(project.Request(After) with { DryRun = true });

        Assert.Contains(result.Diagnostics, d => d.Message.Contains("interrupted", StringComparison.Ordinal));
        Assert.Equal(before, project.Tree());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"Run":"20260301T120000.000Z","Committed":true,"Steps":[null],"NewFolders":[]}""")]
    [InlineData("""{"Run":"20260301T120000.000Z","Committed":true,"Steps":[{"Group":"x","Target":"../../victim","Expected":null,"Result":"nothing"}],"NewFolders":[]}""")]
    [InlineData("""{"Run":"..","Committed":true,"Steps":[],"NewFolders":[]}""")]
    [InlineData("""{"Run":"20260301T120000.000Z","Committed":true,"Steps":[{"Group":"a","Target":"edited","Expected":null,"Result":"nothing"}],"NewFolders":[]}""")]
    public void Journal_that_is_not_ours_stops_the_run(string journal)
    {
        using var project = Prepared();
        project[".duskstack/txn/journal.json"] = journal;
        var before = project.Tree();
        Assert.Equal(Outcome.StateBroken, project.Generate(After).Outcome);
        Assert.Equal(before, project.Tree());
    }

    [Fact]
    public void Journal_that_names_the_manifest_stops_the_run()
    {
        using var project = Prepared();
        Journal(project, "edited", "");
        Assert.Equal(Outcome.StateBroken, project.Run(project.Request(After) with { Sources = ["edited"] }).Outcome);
        Assert.Equal("mine\n", project["edited"]);
    }

    [Fact]
    public void What_a_journal_removes_is_backed_up()
    {
        using var project = Prepared();
        Journal(project, "edited", "");
        project.Generate(After);
        Assert.Contains("mine\n", project.BackedUp());
    }

    [Fact]
    public void New_folder_of_a_journal_is_not_looked_for_behind_a_link()
    {
        using var project = Prepared();
        var outside = Directory.CreateTempSubdirectory("outside-");
        Directory.CreateDirectory(Path.Combine(outside.FullName, "empty"));
        Directory.CreateSymbolicLink(project.At("link"), outside.FullName);
        Journal(project, "nowhere", "\"link/empty\"");
        project.Generate(After);
        Assert.True(Directory.Exists(Path.Combine(outside.FullName, "empty")));
        outside.Delete(recursive: true);
    }

    private static void Journal(Project project, string removes, string newFolders) => project[".duskstack/txn/journal.json"] =
        $$"""{"Run":"20260301T115900.000Z","Committed":true,"Steps":[{"Group":"a","Target":"{{removes}}","Expected":"{{FileText.Of("mine\n").Hash}}","Result":"nothing"}],"NewFolders":[{{newFolders}}]}""";

    private static Project Prepared()
    {
        var project = new Project();
        project.Generate(Before);
        project["edited"] = "mine\n";
        return project;
    }

    private static void Crash(Project project, string point)
    {
        // Not one of the exceptions after which a run cleans up: like a process that is killed.
        Assert.Throws<InvalidOperationException>(() => project.Run(project.Request(After), at =>
        {
            if (at == point)
                throw new InvalidOperationException("killed");
        }));
    }
}

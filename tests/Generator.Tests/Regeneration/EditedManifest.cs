using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Regeneration;
using static DuskStack.Tests.Regeneration.Project;

namespace DuskStack.Tests.Regeneration;

/// <summary>A run that edits the manifest as well: both or none, however it ends.</summary>
public sealed class EditedManifest
{
    private const string Manifest = "duskstack.yaml";

    public static TheoryData<string> Points()
    {
        using var project = Prepared();
        var points = new List<string>();
        Add(project, points.Add);
        return [.. points];
    }

    [Theory]
    [MemberData(nameof(Points))]
    public void Crash_leaves_files_that_the_next_runs_make_from_the_manifest_that_is_there(string point)
    {
        using var project = Prepared();
        Assert.Throws<InvalidOperationException>(() => Add(project, reached =>
        {
            if (reached == point)
                throw new InvalidOperationException(reached);
        }));

        // The first one may only complete what was interrupted; it had read the manifest before.
        var read = project[Manifest];
        var next = Generate(project, read);
        if (project[Manifest] != read)
        {
            Assert.Equal((Outcome.Refused, DiagnosticCodes.RunInterrupted), (next.Outcome, Assert.Single(next.Diagnostics).Code));
            next = Generate(project, project[Manifest]);
        }

        Assert.Equal(Outcome.Clean, next.Outcome);
        Assert.Contains(project[Manifest], new[] { "old\n", "new\n" });
        Assert.Equal($"from {project[Manifest]}", project["out"]);
        Assert.DoesNotContain(project.Tree().Keys, path => path.EndsWith(".duskstack", StringComparison.Ordinal));
    }

    [Fact]
    public void Manifest_that_changed_meanwhile_stops_everything()
    {
        using var project = Prepared();
        project[Manifest] = "mine\n";
        var result = Add(project);
        Assert.Equal((Outcome.Refused, DiagnosticCodes.FileChangedDuringRun), (result.Outcome, Assert.Single(result.Diagnostics).Code));
        Assert.Equal(("mine\n", "from old\n"), (project[Manifest], project["out"]));
    }

    [Fact]
    public void State_and_base_know_nothing_of_the_manifest()
    {
        using var project = Prepared();
        Assert.Equal(Outcome.Clean, Add(project).Outcome);
        Assert.DoesNotContain($"\"{Manifest}\":", project.State, StringComparison.Ordinal);
        Assert.False(project.Has($".duskstack/base/{Manifest}.base"));
        Assert.Contains("old\n", project.BackedUp());
        Assert.True(Generate(project, "new\n").NothingToDo);
    }

    [Fact]
    public void Interrupted_run_replaces_nothing_that_the_manifest_extends()
    {
        using var project = Prepared();
        Assert.Throws<InvalidOperationException>(() => Add(project, reached =>
        {
            if (reached == "committed")
                throw new InvalidOperationException(reached);
        }));
        var other = Request(project, "old\n") with { Inputs = ImmutableSortedDictionary<string, string>.Empty.Add(RegenerationRequest.Manifest, "other.yaml") };
        Assert.Equal(Outcome.StateBroken, project.Run(other with { Sources = [Manifest, "other.yaml"] }).Outcome);
        Assert.Equal("old\n", project[Manifest]);
    }

    private static Project Prepared()
    {
        var project = new Project { [Manifest] = "old\n" };
        Generate(project, "old\n");
        return project;
    }

    private static RegenerationResult Generate(Project project, string read) => project.Run(Request(project, read));

    private static RegenerationResult Add(Project project, Action<string>? reached = null) =>
        project.Run(Request(project, "new\n") with { Edit = new(Manifest, FileText.Of("old\n"), FileText.Of("new\n")) }, reached);

    private static RegenerationRequest Request(Project project, string read) => project.Request(Managed("out", $"from {read}")) with
    {
        Inputs = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add(RegenerationRequest.Manifest, Manifest),
        Sources = [Manifest],
    };
}

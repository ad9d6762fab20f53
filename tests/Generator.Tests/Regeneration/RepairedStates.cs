using DuskStack.Diagnostics;
using DuskStack.Regeneration;
using DuskStack.Regeneration.Commands;
using static DuskStack.Tests.Regeneration.Project;

namespace DuskStack.Tests.Regeneration;

/// <summary>A state or a base that a merge or a person broke, and <c>repair</c>.</summary>
public sealed class RepairedStates : IDisposable
{
    private readonly Project project = new();

    public RepairedStates()
    {
        project.Generate(Managed("a.yaml", "a\n"), Managed("b.yaml", "b\n"), Managed("gone.yaml", "g\n"), Once("app", "x\n"));
        project["b.yaml"] = "mine\n";
        project.Do(s => FileCommands.Eject(s, "a.yaml"));
        project.Delete("gone.yaml");
        project.Generate(Managed("a.yaml", "a\n"), Managed("b.yaml", "b\n"), Managed("gone.yaml", "g\n"), Once("app", "x\n"));
    }

    public void Dispose() => project.Dispose();

    [Fact]
    public void State_with_conflict_markers_keeps_what_people_decided()
    {
        var before = project.State;
        var lines = before.Split('\n').ToList();
        var at = lines.FindIndex(l => l.Contains("\"b.yaml\"", StringComparison.Ordinal));
        lines.Insert(at, "<<<<<<< HEAD");
        lines.InsertRange(at + 2, ["=======", lines[at + 1].Replace("\"ok\"", "\"orphaned\"", StringComparison.Ordinal).Replace("b.yaml", "c.yaml", StringComparison.Ordinal), ">>>>>>> other"]);
        project[".duskstack/state.json"] = string.Join('\n', lines);
        Assert.Equal(Outcome.StateBroken, Generate().Outcome);

        var users = Users();
        Assert.Equal(Outcome.Clean, Repair().Outcome);
        Assert.Equal(users, Users());
        Assert.Equal(before.Split('\n').Where(l => l.Contains("\"path\"", StringComparison.Ordinal)).Select(l => l.TrimEnd(',')), project.State.Split('\n').Where(l => l.Contains("\"path\"", StringComparison.Ordinal) && !l.Contains("c.yaml", StringComparison.Ordinal)).Select(l => l.TrimEnd(',')));
        Assert.Equal(Outcome.Clean, Generate().Outcome);
        Assert.Equal(users, Users());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("\0\0\0")]
    public void State_that_holds_nothing_is_built_from_the_bases(string broken)
    {
        project[".duskstack/state.json"] = broken;
        var users = Users();
        Assert.Equal(Outcome.Clean, Repair().Outcome);
        var next = Generate();
        Assert.Equal(FileAction.Kept, next.ActionOf("b.yaml"));
        Assert.Equal(FileAction.StaysDeleted, next.ActionOf("gone.yaml"));
        Assert.Equal(users, Users());
    }

    [Fact]
    public void Whole_state_is_left_as_it_is()
    {
        var tree = project.Tree();
        Assert.Equal(Outcome.Clean, Repair().Outcome);
        Assert.Equal(tree, project.Tree());
    }

    [Fact]
    public void Newer_state_is_not_repaired()
    {
        project[".duskstack/state.json"] = """{"schema":99}""";
        var tree = project.Tree();
        Assert.Equal(Outcome.StateNewer, Repair().Outcome);
        Assert.Equal(tree, project.Tree());
    }

    [Fact]
    public void Base_with_conflict_markers_stops_a_run_and_becomes_what_is_generated()
    {
        project[".duskstack/base/b.yaml.base"] = "<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n";
        var tree = project.Tree();
        var stopped = Generate();
        Assert.Equal(Outcome.StateBroken, stopped.Outcome);
        Assert.Contains("duskstack repair", Assert.Single(stopped.Diagnostics).Hint!, StringComparison.Ordinal);
        Assert.Equal(tree, project.Tree());

        Assert.Equal(DiagnosticCodes.BaseReplaced, Assert.Single(Repair().Diagnostics).Code);
        Assert.Equal("b\n", project[".duskstack/base/b.yaml.base"]);
        Assert.Equal(FileAction.Kept, Generate().ActionOf("b.yaml"));
        Assert.Equal("mine\n", project["b.yaml"]);
    }

    [Fact]
    public void Journal_that_nobody_can_read_is_kept_beside_the_backups()
    {
        project[".duskstack/txn/journal.json"] = "{";
        Assert.Equal(Outcome.StateBroken, Generate().Outcome);
        Assert.Equal(Outcome.Clean, Repair().Outcome);
        Assert.Contains("{", project.BackedUp());
        Assert.Equal(Outcome.Clean, Generate().Outcome);
    }

    [Fact]
    public void Volume_that_one_side_of_a_merge_knew_is_asked_about_again()
    {
        var inputs = project.Request().Inputs.Add("name", "shop").Add("volume postgres_data", "postgres_17_data");
        project.Run(project.Request(Managed("b.yaml", "b\n")) with { Inputs = inputs });
        project[".duskstack/state.json"] = project.State.Replace(
            "  , \"volume postgres_data\": \"postgres_17_data\"",
            "<<<<<<< HEAD\n  , \"volume postgres_data\": \"postgres_17_data\"\n=======\n  , \"volume postgres_data\": \"postgres_16_data\"\n>>>>>>> other",
            StringComparison.Ordinal);
        Regenerator.Repair(project.Root, project.Request(Managed("b.yaml", "b\n")) with { Inputs = inputs }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(DiagnosticCodes.DataAtRisk, Assert.Single(project.Run(project.Request(Managed("b.yaml", "b\n")) with { Inputs = inputs }).Diagnostics).Code);
    }

    private RegenerationResult Generate() => project.Generate(Managed("a.yaml", "a\n"), Managed("b.yaml", "b\n"), Managed("gone.yaml", "g\n"), Once("app", "x\n"));

    private RegenerationResult Repair() => Regenerator.Repair(
        project.Root, project.Request(Managed("a.yaml", "a\n"), Managed("b.yaml", "b\n"), Managed("gone.yaml", "g\n"), Once("app", "x\n")), cancellation: TestContext.Current.CancellationToken);

    private SortedDictionary<string, string> Users() => new(project.Tree().Where(f => !OwnPaths.IsOwn(f.Key)).ToDictionary(), StringComparer.Ordinal);
}

using System.Collections.Immutable;
using System.Text;
using DuskStack.Diagnostics;
using DuskStack.Regeneration;
using static DuskStack.Tests.Regeneration.Project;

namespace DuskStack.Tests.Regeneration;

/// <summary><c>.duskstack/state.json</c>: its form, and what happens when it is missing, broken or newer.</summary>
public sealed class StateFiles : IDisposable
{
    private readonly Project project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void Has_one_sorted_line_per_file_and_nothing_of_the_machine()
    {
        var request = project.Request(Managed("b/\"ö\".yaml", "b\n", "t/b"), Managed("a.yaml", "a\n"), Once("app.py", "x\n"), Block(".gitignore", "x\n"));
        project.Run(request with { Inputs = request.Inputs.Add("manifest", "duskstack.yaml").Add("a", "1") });
        Assert.Equal(
            """
            {
              "schema": 1,
              "toolVersion": "1.0.0",
              "minTool": "0.1.0",
              "templateVersion": "1.0.0",
              "inputs": {
                "a": "1"
              , "manifest": "duskstack.yaml"
              },
              "files": [
                {"path":".gitignore","templateId":".gitignore","class":"block","eol":"lf","bom":false,"exec":false,"status":"ok"}
              , {"path":"a.yaml","templateId":"a.yaml","class":"managed","eol":"lf","bom":false,"exec":false,"status":"ok"}
              , {"path":"app.py","templateId":"app.py","class":"once","eol":"lf","bom":false,"exec":false,"status":"ok"}
              , {"path":"b/\"ö\".yaml","templateId":"t/b","class":"managed","eol":"lf","bom":false,"exec":false,"status":"ok"}
              ]
            }

            """,
            project.State);
    }

    [Fact]
    public void Reads_what_it_wrote()
    {
        var files = ImmutableSortedDictionary<string, StateEntry>.Empty;
        foreach (var @class in Enum.GetValues<StateClass>())
        {
            foreach (var status in Enum.GetValues<FileStatus>())
                files = files.Add($"{@class}/{status}", new($"{@class}/{status}", "t", @class, "crlf", true, true, status));
        }

        var state = new State { Tool = project.Tool, Templates = project.Tool, Files = files };
        var reading = Assert.IsType<StateReading.Read>(StateJson.Read(Encoding.UTF8.GetBytes(StateJson.Write(state)), project.Tool));
        Assert.True(reading.State.SaysTheSameAs(state));
    }

    [Fact]
    public void Another_version_alone_does_not_rewrite_it()
    {
        project.With("a.yaml", "a\n");
        var before = project.State;
        project.Tool = ToolVersion.Parse("1.0.1");
        Assert.True(project.Generate(Managed("a.yaml", "a\n")).NothingToDo);
        Assert.Equal(before, project.State);

        project.Generate(Managed("a.yaml", "a\n"), Managed("b.yaml", "b\n"));
        Assert.Contains("\"toolVersion\": \"1.0.1\"", project.State, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"schema":"x"}""")]
    [InlineData("""{"schema":1,"minTool":"?","toolVersion":"1.0.0","templateVersion":"1.0.0","inputs":{},"files":[]}""")]
    [InlineData("""{"schema":1,"minTool":"0.1.0","toolVersion":"1.0.0","templateVersion":"1.0.0","inputs":{},"files":[{"path":"a"}]}""")]
    [InlineData("<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n")]
    public void Broken_state_stops_the_run(string broken)
    {
        project[".duskstack/state.json"] = broken;
        var before = project.Tree();
        var result = project.Generate(Managed("a.yaml", "a\n"));

        Assert.Equal(Outcome.StateBroken, result.Outcome);
        var finding = Assert.Single(result.Diagnostics);
        Assert.Equal(DiagnosticCodes.StateBroken, finding.Code);
        Assert.NotNull(finding.Hint);
        Assert.Equal(before, project.Tree());
    }

    [Fact]
    public void Path_that_stands_there_twice_is_a_broken_state()
    {
        project.With("a.yaml", "a\n");
        var line = project.State.Split('\n').Single(l => l.Contains("a.yaml", StringComparison.Ordinal));
        project[".duskstack/state.json"] = project.State.Replace(line, $"{line},\n{line.Replace("\"ok\"", "\"orphaned\"", StringComparison.Ordinal)}", StringComparison.Ordinal);
        Assert.Equal(Outcome.StateBroken, project.Generate(Managed("a.yaml", "a\n")).Outcome);
    }

    [Theory]
    [InlineData("\"schema\": 1", "\"schema\": 2")]
    [InlineData("\"minTool\": \"0.1.0\"", "\"minTool\": \"1.0.1\"")]
    [InlineData("\"templateVersion\": \"1.0.0\"", "\"templateVersion\": \"1.1.0\"")]
    public void Newer_state_stops_the_run_before_anything_is_written(string ours, string newer)
    {
        project.With("a.yaml", "a\n");
        project[".duskstack/state.json"] = project.State.Replace(ours, newer, StringComparison.Ordinal);
        project.Delete(".duskstack/lock");
        var before = project.Tree();

        Assert.Equal(Outcome.StateNewer, project.Generate(Managed("a.yaml", "b\n")).Outcome);
        Assert.Equal(before, project.Tree());
        Assert.False(project.Has(".duskstack/lock"));
    }

    [Fact]
    public void Newer_templates_can_be_left_on_purpose()
    {
        project.With("a.yaml", "a\n");
        project.Tool = ToolVersion.Parse("0.9.0");
        Assert.Equal(Outcome.StateNewer, project.Generate(Managed("a.yaml", "b\n")).Outcome);
        Assert.Equal(Outcome.Clean, project.Run(project.Request(Managed("a.yaml", "b\n")) with { AllowDowngrade = true }).Outcome);
    }

    [Fact]
    public void Missing_state_is_built_again_from_the_bases()
    {
        project.Generate(Managed("a.yaml", "a\n"), Managed("b.yaml", "b\n"), Managed("c.yaml", "c\n"), Managed("d.yaml", "d\n"));
        var state = project.State;
        project["b.yaml"] = "mine\n";
        project.Delete(".duskstack/state.json");
        var result = project.Generate(Managed("a.yaml", "a\n"), Managed("b.yaml", "b\n"), Managed("c.yaml", "c2\n"));

        Assert.Equal(FileAction.Unchanged, result.ActionOf("a.yaml"));
        Assert.Equal(FileAction.Kept, result.ActionOf("b.yaml"));
        Assert.Equal(FileAction.Updated, result.ActionOf("c.yaml"));
        Assert.Equal(FileAction.Deleted, result.ActionOf("d.yaml"));
        Assert.Equal(state.Split('\n').Where(l => !l.Contains("d.yaml", StringComparison.Ordinal)).Select(l => l.TrimEnd(',')), project.State.Split('\n').Select(l => l.TrimEnd(',')));
    }

    [Fact]
    public void Missing_state_and_bases_overwrite_nothing()
    {
        project.Generate(Managed("a.yaml", "a\n"), Managed("b.yaml", "b\n"));
        Directory.Delete(project.At(".duskstack"), recursive: true);
        var result = project.Generate(Managed("a.yaml", "a\n"), Managed("b.yaml", "new\n"));

        Assert.Equal(FileAction.Adopted, result.ActionOf("a.yaml"));
        Assert.Equal(FileAction.Pending, result.ActionOf("b.yaml"));
        Assert.Equal("b\n", project["b.yaml"]);
    }

    [Theory]
    [InlineData("1.0.0", "1.0.1")]
    [InlineData("1.9.0", "1.10.0")]
    [InlineData("1.0.0-preview.2", "1.0.0")]
    [InlineData("1.0.0-preview.2", "1.0.0-preview.10")]
    [InlineData("1.0.0-alpha", "1.0.0-alpha.1")]
    [InlineData("1.0.0-1", "1.0.0-alpha")]
    public void Versions_are_ordered(string older, string newer)
    {
        Assert.True(ToolVersion.Parse(newer).IsNewerThan(ToolVersion.Parse(older)));
        Assert.False(ToolVersion.Parse(older).IsNewerThan(ToolVersion.Parse(newer)));
    }

    [Fact]
    public void Build_metadata_makes_no_other_version() => Assert.Equal(ToolVersion.Parse("1.0.0"), ToolVersion.Parse("1.0.0+4f2a"));
}

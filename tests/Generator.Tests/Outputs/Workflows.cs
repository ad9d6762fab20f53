using System.Text.RegularExpressions;
using DuskStack.Images;
using DuskStack.Outputs;
using DuskStack.Templating;
using DuskStack.Tests.Snapshots;
using YamlDotNet.RepresentationModel;

namespace DuskStack.Tests.Outputs;

/// <summary>The workflow for GitHub, in every snapshot that has one.</summary>
public sealed partial class Workflows
{
    private const string Path = "expected/.github/workflows/containers.yml";

    public static TheoryData<string> Cases() => [.. SnapshotCase.All().Where(c => c.Stored().ContainsKey(Path)).Select(c => c.Name)];

    [Fact]
    public void Every_action_is_pinned_by_a_whole_commit() => Assert.All(ActionCatalog.Shared.All, action =>
    {
        Assert.Matches("^[0-9a-f]{40}$", action.Commit);
        Assert.Matches(@"^v\d+\.\d+\.\d+$", action.Version);
        Assert.NotEmpty(action.Source);
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_action_is_used_that_is_not_in_the_catalogue(string name)
    {
        string[] used = [.. Uses().Matches(Text(name)).Select(m => m.Groups["action"].Value)];
        Assert.NotEmpty(used);
        Assert.Subset(ActionCatalog.Shared.All.Select(a => a.ToString()).ToHashSet(), used.ToHashSet());
    }

    [Fact]
    public void No_template_names_a_commit() => Assert.All(
        TemplateSet.Names("ci/"),
        name => Assert.DoesNotMatch(@"uses: (?!\{\{pinned)", TemplateSet.Text(name)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_job_has_its_own_rights_and_an_end(string name)
    {
        YamlMappingNode root = Root(name);
        Assert.Empty(((YamlMappingNode)root["permissions"]).Children);
        foreach ((YamlNode job, YamlNode content) in (YamlMappingNode)root["jobs"])
        {
            var map = (YamlMappingNode)content;
            Assert.True(map.Children.ContainsKey("timeout-minutes") && map.Children.ContainsKey("permissions"), $"{job}");
            string[] rights = [.. ((YamlMappingNode)map["permissions"]).Children.Where(p => $"{p.Value}" == "write").Select(p => $"{p.Key}")];
            Assert.True(rights.Length <= 1, $"{job} may write {string.Join(", ", rights)}");
            // What writes elsewhere than under Security never runs for a pull request.
            if (rights is [not "security-events"])
                Assert.True((map.Children.TryGetValue("if", out YamlNode? condition) && $"{condition}".Contains("github.event_name == 'push'", StringComparison.Ordinal)) || $"{map["needs"]}" == "publish", $"{job} runs for pull requests");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_check_out_leaves_no_credentials_behind(string name)
    {
        string text = Text(name);
        Assert.Equal(Regex.Count(text, "uses: actions/checkout@"), Regex.Count(text, "persist-credentials: false"));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_expression_stands_in_a_script(string name)
    {
        foreach (YamlNode job in ((YamlMappingNode)Root(name)["jobs"]).Children.Values)
        {
            foreach (YamlMappingNode step in ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>().Where(s => s.Children.ContainsKey("run")))
                Assert.DoesNotContain("${{", $"{step["run"]}", StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_file_that_it_names_is_generated(string name)
    {
        var stored = SnapshotCase.All().Single(c => c.Name == name).Stored();
        string[] named = [.. Files().Matches(Text(name)).Select(m => m.Value)];
        Assert.Contains("compose.prod.yaml", named);
        Assert.All(named, file => Assert.True(stored.ContainsKey($"expected/{file}"), $"{file} is not generated"));
    }

    [Theory]
    [InlineData("ci-registry", "publish")]
    [InlineData("ci-platforms", "join")]
    [InlineData("ci-host", "deploy-host")]
    [InlineData("ci-ecs", "deploy-ecs")]
    [InlineData("ci", "budgets")]
    [InlineData("ci-images", "lint")]
    public void The_last_job_is_what_the_manifest_asks_for(string name, string job) =>
        Assert.Equal(job, $"{((YamlMappingNode)Root(name)["jobs"]).Children[^1].Key}");

    [Fact]
    public void The_bot_s_settings_are_the_user_s() => Assert.Equal(
        FileClass.Once,
        SnapshotCase.All().Single(c => c.Name == "ci").Run().Files.Single(f => f.Path == ".github/dependabot.yml").Class);

    private static string Text(string name) => SnapshotCase.All().Single(c => c.Name == name).Stored()[Path];

    private static YamlMappingNode Root(string name)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Text(name)));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    [GeneratedRegex("uses: (?<action>.+)")]
    private static partial Regex Uses();

    /// <summary>In commands and in what actions are given; not in comments.</summary>
    [GeneratedRegex(@"(?<=^[^#\n]* )(?:[\w.-]+/)*[\w.-]*(?:\.sh|\.hcl|\.yaml|Dockerfile(\.[\w.-]+)?)(?= |$)", RegexOptions.Multiline)]
    private static partial Regex Files();
}

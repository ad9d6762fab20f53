using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DuskStack.Outputs;
using DuskStack.Planning;
using DuskStack.Tests.Snapshots;

namespace DuskStack.Tests.Outputs;

/// <summary><c>docs/containers.md</c> of every snapshot.</summary>
public sealed partial class Guides
{
    private const string Path = "expected/docs/containers.md";

    public static TheoryData<string> Cases() => [.. SnapshotCase.All().Where(c => c.Stored().ContainsKey(Path)).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_everyone_needs_has_a_heading(string name)
    {
        string[] headings = [.. Heading().Matches(Text(name)).Select(m => m.Groups["text"].Value)];
        string[] always = ["Run it for development", "Run it in production", "Debug", "Logs", "Resources", "When something goes wrong", "A build fails", "A container stops as soon as it starts", "The disk is full", "A port is taken", "Security"];
        Assert.Subset(headings.ToHashSet(), always.ToHashSet());
        Assert.Equal(headings.Distinct(), headings);
    }

    [Theory]
    [InlineData("Secrets", "pgvector", "spa-npm")]
    [InlineData("Migrations", "migrate-from-build", "spa-npm")]
    [InlineData("Data and backups", "pgvector", "spa-npm")]
    [InlineData("Variables", "pgvector", null)]
    public void What_only_some_need_is_there_for_them_alone(string heading, string with, string? without)
    {
        Assert.Contains($"## {heading}\n", Text(with), StringComparison.Ordinal);
        if (without is not null)
            Assert.DoesNotContain($"## {heading}\n", Text(without), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_container_stands_in_the_picture_once(string name)
    {
        Plan plan = Case(name).Run().Plan!;
        string picture = Text(name).Split("```mermaid\n")[1].Split("```")[0];
        foreach (ContainerPlan container in plan.Containers)
            Assert.Single(Regex.Matches(picture, $"[\\[(]\"{Regex.Escape(container.Name)}<br/>"));
        foreach (ContainerPlan container in plan.Containers)
        {
            foreach (DependencyPlan needed in container.DependsOn)
                Assert.Matches($@"{Id(container.Name)} (-->|-\.->) {Id(needed.Container)}\n", picture);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_table_has_as_many_cells_as_its_head(string name)
    {
        string[] lines = Text(name).Split('\n');
        for (int i = 1; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("| ", StringComparison.Ordinal) && lines[i - 1].StartsWith('|'))
                Assert.Equal(lines[i - 1].Count(c => c == '|'), lines[i].Count(c => c == '|'));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_script_that_it_names_is_generated(string name)
    {
        var stored = Case(name).Stored();
        Assert.All(Script().Matches(Text(name)).Select(m => m.Value), script => Assert.True(stored.ContainsKey($"expected/{script}"), $"{script} is not generated"));
    }

    [Fact]
    public void A_script_of_another_output_is_shown_by_its_own_words()
    {
        Plan plan = Case("pgvector").Run().Plan!;
        ImmutableArray<RenderedFile> others = [.. new[] { "backup", "restore", "deploy-host" }.Select(n => new RenderedFile($"scripts/{n}.sh", $"#!/usr/bin/env bash\n# Does {n}.\n", n))];
        string guide = new GuideOutput().Render(plan, others).Single().Content;
        Assert.Contains("| `bash scripts/backup.sh` | Does backup. |", guide, StringComparison.Ordinal);
        Assert.Contains("\nbash scripts/restore.sh\n", guide, StringComparison.Ordinal);
        Assert.Contains("## Deploy\n", guide, StringComparison.Ordinal);
        Assert.DoesNotContain("deploy-ecs", guide, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n\n", guide, StringComparison.Ordinal);
    }

    private static string Id(string container) => $"C_{container.Replace('-', '_').ToUpperInvariant()}";

    private static SnapshotCase Case(string name) => SnapshotCase.All().Single(c => c.Name == name);

    private static string Text(string name) => Case(name).Stored()[Path];

    [GeneratedRegex("^##+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"scripts/[a-z-]+\.sh")]
    private static partial Regex Script();
}

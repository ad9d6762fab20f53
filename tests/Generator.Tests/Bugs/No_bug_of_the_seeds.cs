using DuskStack.Tests.Sources;

namespace DuskStack.Tests.Bugs;

public sealed class No_bug_of_the_seeds
{
    public static TheoryData<string> Checked() => [.. BugList.All.OfType<Bug.InFiles>().Select(b => b.Id)];

    /// <summary>A check that finds nothing in the sample has rotted; one that finds something in an output has found a bug.</summary>
    [Theory]
    [MemberData(nameof(Checked))]
    public void Is_in_any_output_and_its_sample_shows_it(string id)
    {
        Bug.InFiles bug = BugList.All.OfType<Bug.InFiles>().Single(b => b.Id == id);
        Tree sample = Tree.Of(id, Path.Combine(Tree.Samples, id));
        Assert.True(bug.Find(sample).Any(), $"{id} {bug.What}: the check does not see it in tests/seed-samples/{id}");
        // It looks where outputs have such files at all.
        Assert.All(sample.Files.Keys, path => Assert.Contains(Tree.Outputs, tree => tree.Files.Keys.Any(p => Path.GetFileName(p) == Path.GetFileName(path))));
        string[] findings = [.. Tree.Outputs.SelectMany(tree => bug.Find(tree).Select(finding => $"{tree.Name}: {finding}"))];
        Assert.True(findings.Length == 0, $"{id} {bug.What}:\n{string.Join('\n', findings.Take(20))}");
    }

    [Fact]
    public void Is_forgotten_or_in_two_groups() => Assert.Equal(
        Enumerable.Range(1, 95).Select(n => $"B{n:D2}"),
        BugList.All.Select(b => b.Id).Where(id => id[0] == 'B').Order(StringComparer.Ordinal));

    [Fact]
    public void Has_a_sample_without_a_check() => Assert.Equal(
        BugList.All.OfType<Bug.InFiles>().Select(b => b.Id).Order(StringComparer.Ordinal),
        Directory.EnumerateDirectories(Tree.Samples).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal));

    [Fact]
    public void Is_said_to_be_proven_by_a_test_that_does_not_exist() => Assert.DoesNotContain(
        BugList.All.Select(b => b switch { Bug.InFiles { Test: { } test } => test, Bug.WhenRun proven => proven.Test, _ => null }).OfType<string>(),
        test => !TestSources.Has(test));

    [Fact]
    public void Is_left_out_without_a_reason() => Assert.All(BugList.All.OfType<Bug.NotOurs>(), bug => Assert.True(bug.Reason.Length > 30, bug.Id));

    /// <summary>The readers see what BuildKit and nginx see.</summary>
    [Fact]
    public void Hides_from_the_readers()
    {
        Assert.True(Tree.Outputs.Length > 60);
        Assert.Contains(Tree.Outputs, t => t.Name == "example shop");
        Assert.All(Tree.Outputs.SelectMany(t => t.Dockerfiles), d => Assert.All(d.Stages, s => Assert.NotEmpty(s.Instructions)));
        Assert.All(Tree.Outputs.SelectMany(t => t.Dockerfiles.SelectMany(d => d.All)), i => Assert.Matches("^(ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)$", i.Keyword));
        Assert.All(Tree.Outputs.SelectMany(t => t.Nginx), n => Assert.Single(n.Top, d => d.Name == "http"));
        Assert.All(Tree.Outputs.SelectMany(t => t.Composes), c => Assert.NotEmpty(c.Services));
    }
}

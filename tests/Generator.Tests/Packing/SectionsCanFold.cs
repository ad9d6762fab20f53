using DuskStack.Packing;

namespace DuskStack.Tests.Packing;

public sealed class SectionsCanFold
{
    [Fact]
    public void No_section_depends_on_too_many_combinations()
    {
        var sections = SectionDependencies.Measure();
        TestContext.Current.TestOutputHelper?.WriteLine(SectionDependencies.Table(sections));
        Assert.All(sections, s => Assert.True(s.Combinations <= SectionDependencies.Limit, $"{s.Section} takes {s.Combinations} combinations: cut it with {{{{!section}}}}"));
    }

    [Fact]
    public void A_section_depends_on_what_changes_it_and_on_nothing_else()
    {
        var sections = SectionDependencies.Measure();
        Assert.Equal(["database"], sections.Single(s => s.Section == "compose.prod.yaml compose/service(postgres)#0").Parameters);
        Assert.Equal(["api", "node-package-manager"], sections.Single(s => s.Section == "services/api/Dockerfile stacks/node/Dockerfile#0").Parameters);
        Assert.Empty(sections.Single(s => s.Section == "compose.yaml compose/header#0").Parameters);
    }

    [Fact]
    public void Reference_files_follow_the_settings() =>
        Assert.True(ReferenceFiles.Stale(ReferenceFiles.Root()).IsEmpty, $"{string.Join(", ", ReferenceFiles.Stale(ReferenceFiles.Root()))} stale: {ReferenceFiles.Command}");
}

using DuskStack.Images;
using Xunit;

namespace DuskStack.Containers.Tests.Matrix;

public sealed class The_matrix
{
    [Fact]
    public void The_traits_know_every_base_of_the_catalogue() => Assert.All(
        StarterTraits.All.Where(t => t.Stack != "spa"),
        traits => Assert.Equal(ImageCatalog.Shared.Variants(traits.Stack == "python" ? "python" : "node").Order(StringComparer.Ordinal), traits.Bases.Order(StringComparer.Ordinal)));

    [Fact]
    public void The_page_of_proof_knows_every_combination()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "proof.md"));
        Assert.All(MatrixCase.All, c => Assert.Matches($@"\n\| {c.Stack} \| {c.Manager} \| {c.Base}(\\\*)? \|", page));
        // Neither does it know one that is never run.
        Assert.Equal(MatrixCase.All.Length, page.Split('\n').Count(l => System.Text.RegularExpressions.Regex.IsMatch(l, @"^\| (node|python|nextjs|spa) \|")));
    }

    [Fact]
    public void Every_stack_has_a_class_of_tests() => Assert.Equal(
        StarterTraits.All.Select(t => $"Every_{t.Stack}_image").Order(StringComparer.Ordinal),
        typeof(Every_manager_and_base).Assembly.GetTypes().Where(t => t.BaseType == typeof(Every_manager_and_base)).Select(t => t.Name).Order(StringComparer.Ordinal));
}

public sealed class Every_node_image : Every_manager_and_base
{
    public static TheoryData<string, string> Rows() => RowsOf("node");

    [EngineTheory(SkipTestWithoutData = true)]
    [MemberData(nameof(Rows))]
    public Task Works(string manager, string foundation) => Builds_starts_answers_and_stops("node", manager, foundation);
}

public sealed class Every_python_image : Every_manager_and_base
{
    public static TheoryData<string, string> Rows() => RowsOf("python");

    [EngineTheory(SkipTestWithoutData = true)]
    [MemberData(nameof(Rows))]
    public Task Works(string manager, string foundation) => Builds_starts_answers_and_stops("python", manager, foundation);
}

public sealed class Every_nextjs_image : Every_manager_and_base
{
    public static TheoryData<string, string> Rows() => RowsOf("nextjs");

    [EngineTheory(SkipTestWithoutData = true)]
    [MemberData(nameof(Rows))]
    public Task Works(string manager, string foundation) => Builds_starts_answers_and_stops("nextjs", manager, foundation);
}

public sealed class Every_spa_image : Every_manager_and_base
{
    public static TheoryData<string, string> Rows() => RowsOf("spa");

    [EngineTheory(SkipTestWithoutData = true)]
    [MemberData(nameof(Rows))]
    public Task Works(string manager, string foundation) => Builds_starts_answers_and_stops("spa", manager, foundation);
}

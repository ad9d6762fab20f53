using DuskStack.Packing;
using DuskStack.Packing.Seeds;

namespace DuskStack.Tests.Seeds;

public sealed class Every_row_of_the_seeds
{
    private static string Root => ReferenceFiles.Root();

    public static TheoryData<string> Numbers() => [.. SeedFiles.Read(Root).Select(s => s.Number)];

    /// <summary>A system counts from the day on which its example is here.</summary>
    [Theory]
    [MemberData(nameof(Numbers))]
    public void Is_met_or_replaced(string number)
    {
        Seed seed = SeedFiles.Read(Root).Single(s => s.Number == number);
        if (seed.Rows.IsEmpty && !File.Exists(Path.Combine(Root, seed.Example, "duskstack.yaml"))) return;
        Assert.Empty(SeedFindings.Of(seed, Root));
    }

    [Fact]
    public void Stands_in_the_page_of_the_seeds() =>
        Assert.True(SeedPage.Write(SeedFiles.Read(Root)) == File.ReadAllText(Path.Combine(Root, SeedPage.File)), $"{SeedPage.File} is stale: {SeedPage.Command}");

    [Fact]
    public void Has_a_number_of_its_own() => Assert.Distinct(SeedFiles.Read(Root).SelectMany(s => s.Ids));

    [Theory]
    [InlineData("file: examples/shop/services/api/Dockerfile, has: '^USER 10001:10001$'", null)]
    [InlineData("test: The_shop_in_production.Applications_run_locked_down", null)]
    [InlineData("test: Image_of_the_npm_starter.It_says_what_it_is", null)]
    [InlineData("verify: user", null)]
    [InlineData("file: examples/shop/services/api/Dockerfile", "has no proof")]
    [InlineData("instead: 'B37: browsers ignore the header'", "has no proof")]
    [InlineData("file: examples/shop/services/api/Dockerfile, has: '^USER root$'", "does not match")]
    [InlineData("file: examples/shop/Dockerfile, has: '^USER'", "there is no examples/shop/Dockerfile")]
    [InlineData("has: '^USER'", "`has` needs a `file`")]
    [InlineData("test: The_shop_in_production.Applications_run", "there is no test")]
    [InlineData("test: The_shop_in_production.DisposeAsync", "there is no test")]
    [InlineData("verify: happiness", "has no check")]
    [InlineData("verify: user, instead: no", "what is there and why")]
    public void Is_told_what_it_lacks(string row, string? finding)
    {
        string[] findings = Findings($"- {{ id: X-1, wants: a user who is not root, {row} }}\n");
        if (finding is null) Assert.Empty(findings);
        else Assert.Contains(finding, Assert.Single(findings), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_missed() => Assert.Equal(["X-1: is not in tests/seeds/009.yaml", "X-2: is no row of 009"], Findings("- { id: X-2, wants: something, verify: user }\n"));

    [Theory]
    [InlineData("id: X-1\n", "is a list of rows")]
    [InlineData("- { id: X-1, wants: something, proof: none }\n", "unknown key `proof`")]
    [InlineData("- { wants: something }\n", "has an `id`")]
    [InlineData("- { id: X-1, id: X-2 }\n", ":1:")]
    public void Is_readable(string text, string message) => Assert.Contains(message, Assert.Throws<FormatException>(() => Findings(text)).Message, StringComparison.Ordinal);

    private static string[] Findings(string rows)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, rows);
            return [.. SeedFindings.Of(new("009", "examples/shop", ["X-1"], SeedFiles.Rows(file)), Root)];
        }
        finally
        {
            File.Delete(file);
        }
    }
}

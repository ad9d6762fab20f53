using System.Collections.Immutable;
using System.Xml.Linq;
using DuskStack.Packing;
using DuskStack.Packing.Proof;
using DuskStack.Tests.Sources;

namespace DuskStack.Tests.Proof;

public sealed class What_is_proven
{
    private static string Page => File.ReadAllText(Path.Combine(ReferenceFiles.Root(), ProofPage.File));

    private static ImmutableArray<ProofClaim> Claims => ProofData.Read(ReferenceFiles.Root());

    [Fact]
    public void Is_what_the_page_says() => Assert.True(ProofPage.Write(Claims) == Page, $"{ProofPage.File} is stale: {ProofPage.Command}");

    [Fact]
    public void Is_written_as_it_is_read() => Assert.Equal(ProofData.Write(Claims), File.ReadAllText(Path.Combine(ReferenceFiles.Root(), ProofData.File)));

    [Fact]
    public void Is_said_of_every_combination() => Assert.All(ProofMatrix.Combinations, c => Assert.Matches($@"\n\| {c.Stack} \| {c.Manager} \| {c.Base}(\\\*)? \|", Page));

    [Fact]
    public void Is_said_of_what_there_is() => Assert.All(Claims, claim =>
    {
        Assert.Contains(claim.Combination, ProofMatrix.Combinations.Select(c => $"{c}"));
        ProofOutput output = Assert.Single(ProofMatrix.Outputs, o => o.Name == claim.Output);
        Assert.True(claim.Level == ProofClaim.Validated || (claim.Level == ProofClaim.Run && output.Run is not null), $"{claim}");
        Assert.True(TestSources.Has(claim.Test), $"there is no test {claim.Test}");
    });

    [Fact]
    public void Comes_from_tests_that_passed()
    {
        (ImmutableArray<ProofClaim> proven, ImmutableArray<ProofClaim> failed) = ProofData.Merge([], [Report("Every_image", "Works", ("Pass", "run: node npm slim image"), ("Fail", "run: node npm alpine image"), ("Skip", "run: node pnpm slim image"))]);
        Assert.Equal([new("node npm slim", "image", "run", "Every_image.Works")], proven);
        Assert.Equal(["node npm alpine"], failed.Select(f => f.Combination));
    }

    [Fact]
    public void Stays_until_its_test_fails()
    {
        ProofClaim image = new("node npm slim", "image", "run", "Every_image.Works"), proxy = new("node npm slim", "nginx", "run", "A_shop.Answers");
        Assert.Equal([image, proxy], ProofData.Merge([image, proxy], [Report("Every_image", "Works", ("Pass", "run: node npm slim image"))]).Proven);
        Assert.Equal([proxy], ProofData.Merge([image, proxy], [Report("Every_image", "Works", ("Fail", "run: node npm slim image"))]).Proven);
        // Another test of the same cannot make up for it.
        Assert.Equal([proxy], ProofData.Merge([image, proxy], [Report("A_shop", "Is_built", ("Fail", "run: node npm slim image"))]).Proven);
    }

    private static XDocument Report(string type, string method, params (string Result, string Claim)[] tests) => new(new XElement("assemblies", tests.Select(test =>
        new XElement("test", new XAttribute("type", $"DuskStack.Tests.{type}"), new XAttribute("method", method), new XAttribute("result", test.Result),
            new XElement("traits", new XElement("trait", new XAttribute("name", "Proves"), new XAttribute("value", test.Claim)))))));
}

using DuskStack.Containers.Verification;
using Xunit;

namespace DuskStack.Containers.Tests.Verification;

/// <summary>A good tree with one thing changed: the check that is there for it fails, and says what is wrong.</summary>
[Collection(nameof(VerifiedStack))]
public sealed class A_broken_stack
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names() => [.. BrokenStack.All.Select(b => b.Name)];

    [EngineTheory]
    [MemberData(nameof(Names))]
    public async Task Is_found_and_named(string name)
    {
        BrokenStack broken = BrokenStack.All.Single(b => b.Name == name);
        using var stack = VerifiedStack.Of(broken.Manifest, broken.Small);
        broken.Break(stack.Folder);
        VerifyReport report = await stack.Verify([broken.Stage], [broken.Check], Cancellation);
        CheckResult[] found = [.. report.Results.Where(r => r.Check.Name == broken.Check && r.Verdict.Outcome == broken.Outcome)];
        string said = string.Join('\n', report.Results.Select(r => $"{r.Verdict.Outcome} {r.Check.Name} {r.Subject}: {r.Verdict.Message}\n{r.Verdict.Details}"));
        Assert.True(found.Any(r => r.Verdict.Message.Contains(broken.Message, StringComparison.Ordinal) || r.Verdict.Details.Contains(broken.Message, StringComparison.Ordinal)), said);
    }

    /// <summary>The rest of the checks: their tool is named, or the reason why there is no tree for them.</summary>
    [Fact]
    public void Has_a_case_for_nearly_every_check()
    {
        string[] without = ["alertmanager", "blackbox", "workflow", "aws", "warm-build", "published", "memory"];
        Assert.Equal(CheckList.All.Select(c => c.Name).Except(without), BrokenStack.All.Select(b => b.Check).Distinct().OrderBy(n => CheckList.All.IndexOf(CheckList.Named(n))));
    }
}

using Xunit;

namespace DuskStack.Containers.Tests.Operations;

/// <summary><c>scripts/smoke.sh</c>.</summary>
public sealed class A_smoke_test
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineTheory]
    [InlineData(200, 0)]
    [InlineData(500, 1)]
    public async Task Tells_a_production_that_works_from_one_that_does_not(int answer, int exitCode)
    {
        await using OperatedProject project = await OperatedProject.Of("  api: { stack: node, needs: [postgres] }", "postgres: {}", Cancellation);
        project.WriteServer(answer);
        (await project.Script("build-images.sh").Run(Cancellation)).OrThrow();
        ProcessOutcome smoke = await project.Script("smoke.sh").Run(Cancellation);
        Assert.True(exitCode == smoke.ExitCode, smoke.Output + smoke.Errors);
        Assert.Contains("postgres                         running healthy\n", smoke.Output, StringComparison.Ordinal);
        Assert.EndsWith($" {answer}\n", smoke.Output, StringComparison.Ordinal);
        Assert.Empty((await TestEngine.Shared.Docker("volume", "ls", "--quiet", "--filter", "name=^ops-smoke-").Run(Cancellation)).Text);
        Assert.Empty((await TestEngine.Shared.Docker("ps", "--all", "--quiet", "--filter", "name=^ops-smoke-").Run(Cancellation)).Text);
    }

    [EngineFact]
    public async Task Asks_what_runs_already_and_leaves_it_alone()
    {
        await using OperatedProject project = await OperatedProject.Of("  api: { stack: node }", "", Cancellation);
        project.WriteServer(200);
        (await project.Script("build-images.sh").Run(Cancellation)).OrThrow();
        ProcessOutcome nothing = await project.Script("smoke.sh", "--running").Run(Cancellation);
        Assert.Equal((1, true), (nothing.ExitCode, nothing.Output.Contains("not there", StringComparison.Ordinal)));
        await project.Up(Cancellation, "--no-build");
        (await project.Script("smoke.sh", "--running").Run(Cancellation)).OrThrow();
        Assert.Equal("healthy", (await project.Project.Containers(Cancellation)).Single().Facts.Health);
    }
}

using System.Diagnostics;
using Xunit;

namespace DuskStack.Containers.Tests.Examples;

/// <summary>
/// A restart of Docker, as after an update of it. It takes every container of the engine with it, so the test runs when all others are
/// over, and only where somebody says that the engine is there for tests alone.
/// </summary>
[Collection(nameof(AloneOnTheEngine))]
public sealed class After_a_restart_of_the_engine(RunningExamples examples)
{
    /// <summary>The variable with the command that restarts the engine: <c>systemctl restart docker</c>.</summary>
    public const string Variable = "DUSKSTACK_ENGINE_RESTART";

    public static bool IsAllowed => TestEngine.IsThere && Command is not null;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string? Command => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } command ? command : null;

    [Fact(Skip = $"skipped: {Variable} does not name the command that restarts the engine", SkipType = typeof(After_a_restart_of_the_engine), SkipUnless = nameof(IsAllowed))]
    public async Task Every_example_is_healthy_again_with_its_data()
    {
        RunningExample[] running = await Task.WhenAll(Example.Chosen.Select(examples.Of));
        foreach (RunningExample example in running)
            await example.MustBeWell(TimeSpan.FromSeconds(60), Cancellation);

        ProcessOutcome restart = (await new ProcessCall("bash", ["-c", Command!]) { Timeout = TimeSpan.FromMinutes(4) }.Run(Cancellation)).OrThrow();
        long start = Stopwatch.GetTimestamp();
        foreach (RunningExample example in running)
            await example.MustBeWell(TimeSpan.FromMinutes(2), Cancellation);
        TestContext.Current.TestOutputHelper!.WriteLine($"the restart took {restart.Duration.TotalSeconds:0} s, then {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s until {running.Length} examples were healthy");
    }
}

[CollectionDefinition(nameof(AloneOnTheEngine), DisableParallelization = true)]
public sealed class AloneOnTheEngine;

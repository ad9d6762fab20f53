using System.Diagnostics;
using Xunit;

namespace DuskStack.Containers.Tests;

public sealed class ProcessCallTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Arguments_reach_the_program_as_they_are()
    {
        ProcessOutcome outcome = await new ProcessCall("printf", ["%s|", "a b", "$HOME", "\"'", ""]).Run(Cancellation);
        Assert.Equal("a b|$HOME|\"'||", outcome.Text);
    }

    [Fact]
    public async Task A_program_that_hangs_is_killed_with_its_children()
    {
        long start = Stopwatch.GetTimestamp();
        // The child keeps the output open: without its end the read would wait for it.
        ProcessCall call = new("bash", ["-c", "sleep 30 & sleep 30"]) { Timeout = TimeSpan.FromMilliseconds(300) };
        await Assert.ThrowsAsync<TimeoutException>(() => call.Run(Cancellation));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Cancellation_ends_it()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ProcessCall("sleep", ["30"]).Run(source.Token));
    }

    [Fact]
    public async Task A_failure_shows_the_command_and_what_it_said()
    {
        ProcessOutcome outcome = await new ProcessCall("bash", ["-c", "echo no luck >&2; exit 3"]).Run(Cancellation);
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("exit code 3:\nno luck", Assert.Throws<CallFailedException>(outcome.OrThrow).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("63.5MiB", 66_584_576)]
    [InlineData("812KiB", 831_488)]
    [InlineData("1.5GiB", 1_610_612_736)]
    public void Memory_is_read_in_every_unit(string text, long bytes) => Assert.Equal(bytes, MemoryUse.Parse(text));
}

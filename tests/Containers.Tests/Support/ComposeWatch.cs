using Xunit;

namespace DuskStack.Containers.Tests;

/// <summary>Compose's watch while something is edited.</summary>
public static class ComposeWatch
{
    /// <summary>Runs <paramref name="edits"/> as soon as the watch has begun, and ends it afterwards.</summary>
    public static async Task During(TestStack stack, Func<Task> edits, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watching = new TaskCompletionSource();
        ProcessCall watch = stack.Project.Call("watch", "--no-up") with
        {
            Line = line =>
            {
                if (line.Contains("Watch enabled", StringComparison.Ordinal))
                    watching.TrySetResult();
            },
        };
        Task<ProcessOutcome> running = watch.Run(stop.Token);
        Task first = await Task.WhenAny(watching.Task, running, Task.Delay(TimeSpan.FromSeconds(30), cancellation));
        Assert.True(first == watching.Task, first == running ? $"the watch ended: {(await running).Errors}" : "the watch did not begin");
        try
        {
            await edits();
        }
        finally
        {
            await stop.CancelAsync();
            // Not one that had ended by itself.
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }
    }

    /// <summary>Waits until the service answers with a text.</summary>
    public static async Task<bool> Shows(TestStack stack, string text, TimeSpan patience, CancellationToken cancellation) =>
        await Polling.Until(() => Says(stack, text, cancellation), patience, cancellation) is not null;

    private static async Task<string?> Says(TestStack stack, string text, CancellationToken cancellation)
    {
        try
        {
            string answer = await stack.Client.GetStringAsync("/", cancellation);
            return answer.Contains(text, StringComparison.Ordinal) ? answer : null;
        }
        catch (HttpRequestException)
        {
            // It starts again.
            return null;
        }
    }
}

using System.Collections.Concurrent;
using DuskStack.Containers.Tests.Examples;
using Xunit;

[assembly: AssemblyFixture(typeof(RunningExamples))]

namespace DuskStack.Containers.Tests.Examples;

/// <summary>
/// Each example, built and started once for all tests that ask for it. They run until the last test of the assembly: that one restarts the
/// engine under all of them.
/// </summary>
public sealed class RunningExamples : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<RunningExample>>> running = new(StringComparer.Ordinal);

    public Task<RunningExample> Of(Example example) =>
        running.GetOrAdd(example.Name, _ => new(() => RunningExample.Start(example))).Value;

    public async ValueTask DisposeAsync()
    {
        // One that did not start has cleaned up after itself, and its tests have said why.
        await Task.WhenAll(running.Values.Where(r => r.Value.IsCompletedSuccessfully).Select(async r => await (await r.Value).DisposeAsync()));
    }
}

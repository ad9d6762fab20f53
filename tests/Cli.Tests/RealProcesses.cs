using System.Diagnostics;

namespace DuskStack.Tests;

/// <summary>The tool as processes of their own: killed at work, and several at once.</summary>
public sealed class RealProcesses : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task Killed_at_work_each_file_is_old_or_new_and_the_next_run_ends_it()
    {
        await WriteManifestAsync(8000);
        Assert.Equal(0, (await line.RunAsync("generate")).Exit);
        await AppendAsync("compose.yaml", "# mine\n");
        var old = line.Contents();
        await WriteManifestAsync(9000);
        Assert.Equal(0, (await line.RunAsync("generate")).Exit);
        var now = line.Contents();
        Assert.Equal(0, (await line.RunAsync("undo")).Exit);

        using (var process = Start())
        {
            // At work from the moment that its journal is there.
            var deadline = Stopwatch.StartNew();
            while (!File.Exists(line.At(".duskstack/txn/journal.json")) && !process.HasExited && deadline.Elapsed < TimeSpan.FromMinutes(2))
                Thread.Yield();

            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        foreach (var (path, text) in line.Contents().Where(f => old.ContainsKey(f.Key)))
            Assert.True(text == old[path] || text == now[path], $"{path} is neither the old nor the new one");

        Assert.Equal(0, (await line.RunAsync("generate")).Exit);
        Assert.Equal(now, line.Contents());
        Assert.Contains("# mine", await File.ReadAllTextAsync(line.At("compose.yaml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_at_once_one_works_and_the_others_are_told()
    {
        await WriteManifestAsync(8000);
        var processes = Enumerable.Range(0, 3).Select(_ => Start()).ToList();
        foreach (var process in processes)
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Contains(process.ExitCode, new[] { 0, 6 });
            process.Dispose();
        }

        Assert.Equal(0, (await line.RunAsync("check")).Exit);
    }

    private Process Start() => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "duskstack.dll"), "generate", "--directory", line.Root])
    {
        RedirectStandardOutput = false,
        RedirectStandardError = false,
        UseShellExecute = false,
    })!;

    private Task WriteManifestAsync(int port) => File.WriteAllTextAsync(
        line.At("duskstack.yaml"),
        "version: 1\nname: many\nservices:\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"  s{i}: {{ stack: node, path: s{i}, port: {port + i} }}\n")),
        TestContext.Current.CancellationToken);

    private Task AppendAsync(string path, string text) => File.AppendAllTextAsync(line.At(path), text, TestContext.Current.CancellationToken);
}

using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;

namespace DuskStack.Containers;

/// <summary>A program to run: arguments as a list, never through a shell.</summary>
/// <param name="Program">A name on the PATH, or a path.</param>
/// <param name="Arguments">As the program gets them.</param>
public sealed record ProcessCall(string Program, ImmutableArray<string> Arguments)
{
    public string? Folder { get; init; }

    /// <summary>Set over what this process has; null takes a variable away.</summary>
    public ImmutableDictionary<string, string?> Environment { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>After it the program and its children are killed, and a <see cref="TimeoutException"/> says which.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What it reads; null for nothing.</summary>
    public string? Input { get; init; }

    /// <summary>Sees every line of both streams as it comes.</summary>
    public Action<string>? Line { get; init; }

    /// <summary>Runs it to its end. Cancellation kills it and its children.</summary>
    public async Task<ProcessOutcome> Run(CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Timeout);
        using Process process = Start();
        Task<string> output = Read(process.StandardOutput, deadline.Token), errors = Read(process.StandardError, deadline.Token);
        try
        {
            await Write(process);
            await Task.WhenAll(output, errors, process.WaitForExitAsync(deadline.Token));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            throw new TimeoutException($"`{this}` did not end within {Timeout.TotalSeconds:0} s");
        }

        return new(ToString(), process.ExitCode, await output, await errors, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>For messages only.</summary>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Program));

    private Process Start()
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            WorkingDirectory = Folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach ((string name, string? value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"`{Program}` did not start");
    }

    private async Task Write(Process process)
    {
        try
        {
            await process.StandardInput.WriteAsync(Input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended, or closed its input, before it had read everything: its exit code says more.
        }
    }

    private async Task<string> Read(StreamReader reader, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            text.Append(line).Append('\n');
            Line?.Invoke(line);
        }

        return text.ToString();
    }
}

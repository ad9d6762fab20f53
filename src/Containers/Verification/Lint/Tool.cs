using System.Collections.Immutable;
using System.ComponentModel;

namespace DuskStack.Containers.Verification.Lint;

/// <summary>A linter: a program of this machine, or of an image.</summary>
/// <param name="Name">The program.</param>
/// <param name="Image">Where it is found when it is not installed; null when nowhere.</param>
/// <param name="Engine">Runs the image; null when the program is installed.</param>
public sealed record Tool(string Name, string? Image, Engine? Engine)
{
    /// <summary>The program on the PATH, or of <paramref name="image"/>; null and a reason when neither runs.</summary>
    public static async Task<(Tool? Tool, string Reason)> Find(string name, string? image, Engine? engine, CancellationToken cancellation)
    {
        if (await IsInstalled(name, cancellation))
            return (new(name, null, null), "");
        if (image is null)
            return (null, $"{name} is not installed");
        if (engine is null)
            return (null, $"{name} is not installed, and there is no engine to run {image}");
        ProcessOutcome version = await engine.Docker("run", "--rm", "--entrypoint", name, image, "--version").Run(cancellation);
        return version.Succeeded ? (new(name, image, engine), "") : (null, $"{name} is not installed, and {image} does not run: {LastLine(version.Errors)}");
    }

    /// <param name="folder">What it may read, under the same path.</param>
    /// <param name="arguments">As the program gets them.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<ProcessOutcome> Run(string folder, ImmutableArray<string> arguments, CancellationToken cancellation) => (Engine is null
        ? new ProcessCall(Name, arguments) { Folder = folder }
        : Engine.Docker(["run", "--rm", "--network=none", "--volume", $"{folder}:{folder}:ro", "--workdir", folder, "--entrypoint", Name, Image!, .. arguments])).Run(cancellation);

    public static async Task<bool> IsInstalled(string name, CancellationToken cancellation)
    {
        try
        {
            await new ProcessCall(name, ["--version"]).Run(cancellation);
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>What a tool in a container said; nothing when the container never started.</summary>
    public static Verdict Judge(ProcessOutcome outcome, string passed, string failed) => outcome.ExitCode switch
    {
        0 => Verdict.Passed(passed),
        // Of the engine, not of the tool: no image, no program in it.
        >= 125 and <= 127 => Verdict.NotRun($"the container of the tool did not start: {LastLine(outcome.Errors)}"),
        _ => Verdict.Failed(failed) with { Details = (outcome.Output + outcome.Errors).Trim() },
    };

    public static string LastLine(string text) => text.Trim().Split('\n')[^1].Trim();
}

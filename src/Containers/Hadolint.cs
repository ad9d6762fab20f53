using System.ComponentModel;
using DuskStack.Images;

namespace DuskStack.Containers;

/// <summary>hadolint, as a program of this machine or out of its image.</summary>
/// <param name="Program">Its path; null to run the image.</param>
/// <param name="Engine">Runs the image; null where there is none.</param>
public sealed record Hadolint(string? Program, Engine? Engine)
{
    private static readonly string Image = ImageCatalog.Shared.Default("hadolint").Reference;

    /// <summary>The program that HADOLINT names, the one on the PATH, or its image; null when none of them runs.</summary>
    public static async Task<Hadolint?> Find(Engine? engine, CancellationToken cancellation)
    {
        string program = Environment.GetEnvironmentVariable("HADOLINT") is { Length: > 0 } named ? named : "hadolint";
        try
        {
            if ((await new ProcessCall(program, ["--version"]).Run(cancellation)).Succeeded)
                return new(program, engine);
        }
        catch (Win32Exception)
        {
            // Not installed: its image serves as well.
        }

        return engine is not null && (await engine.Docker("run", "--rm", Image, "hadolint", "--version").Run(cancellation)).Succeeded ? new(null, engine) : null;
    }

    /// <summary>Lints with <paramref name="settings"/>, its file of ignored rules.</summary>
    public async Task<LintResult> Run(string dockerfile, string settings, CancellationToken cancellation)
    {
        ProcessCall call = Program is not null
            ? new(Program, ["--no-color", "--config", settings, "-"])
            : Engine!.Docker("run", "--rm", "--interactive", "--volume", $"{Path.GetFullPath(settings)}:/settings.yaml:ro", Image, "hadolint", "--no-color", "--config", "/settings.yaml", "-");
        ProcessOutcome outcome = await (call with { Input = await File.ReadAllTextAsync(dockerfile, cancellation) }).Run(cancellation);
        return new(outcome.Succeeded && outcome.Output.Length == 0, outcome.Output + outcome.Errors);
    }
}

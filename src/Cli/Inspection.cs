using System.Collections.Immutable;
using DuskStack.Regeneration;

namespace DuskStack.Cli;

/// <summary>A project as it lies there, and what the next <c>generate</c> would do: what the commands need that write nothing, and take no lock.</summary>
/// <param name="Project">The manifest and what it means.</param>
/// <param name="Snapshot">Null when the state cannot be used.</param>
/// <param name="DryRun">What would be done; stopped with the reason when <paramref name="Snapshot"/> is null.</param>
internal sealed record Inspection(PlannedProject Project, Snapshot? Snapshot, RegenerationResult DryRun)
{
    /// <summary>Null when the manifest has errors, which are reported then.</summary>
    /// <param name="location">The project.</param>
    /// <param name="terminal">Gets the errors.</param>
    /// <param name="leaveAllData">True where it does not matter what the next run leaves behind.</param>
    public static Inspection? Of(ProjectLocation location, Terminal terminal, bool leaveAllData)
    {
        var project = PlannedProject.Read(location);
        if (project.HasErrors)
        {
            project.Report(terminal);
            return null;
        }

        var request = ProjectCommand.Request(project, location) with { DryRun = true };
        var (snapshot, stopped) = Regenerator.Look(location.FullDirectory, request);
        if (leaveAllData && snapshot?.State is { } state)
            request = request with { LeaveData = [.. state.Inputs.Keys.Select(k => k.Split(' ')[^1])] };

        return new(project, snapshot, stopped ?? Regenerator.Run(location.FullDirectory, request));
    }

    /// <summary>Prints why nothing can be said, and gives the exit code.</summary>
    public int Stop(Terminal terminal)
    {
        Project.Report(terminal, DryRun.Diagnostics);
        return ExitCodes.Of(DryRun.Outcome);
    }

    /// <summary>The change of each file, or of one of them; null when that one is not known.</summary>
    public ImmutableArray<FileChange>? Changes(string? path) => path is null
        ? DryRun.Changes
        : DryRun.Changes.Where(c => c.Path == path || c.Remove == path).ToImmutableArray() is { IsEmpty: false } found ? found : null;
}

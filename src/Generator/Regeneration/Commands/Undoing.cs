using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Regeneration.Disk;

namespace DuskStack.Regeneration.Commands;

/// <summary><c>undo</c>: every file of the last run as it was before it, the tool's own as well. All or nothing; undone twice is done again.</summary>
internal sealed record Undoing(ImmutableArray<FileChange> Changes, ImmutableArray<PlannedWrite> Writes, Diagnostic? Refusal)
{
    /// <param name="run">What the last run did.</param>
    /// <param name="look">What is at a path now.</param>
    /// <param name="request">Says what is never touched.</param>
    public static Undoing Decide(RunRecord run, Func<string, OnDisk> look, RegenerationRequest request)
    {
        var steps = run.Steps.Select(step => (Step: step, Now: look(step.Target), Before: look($"{OwnPaths.Backups}/{run.Name}/{step.Target}") as OnDisk.Regular)).ToList();
        if (steps.Find(s => s.Now is OnDisk.Blocked) is { Now: OnDisk.Blocked blocked } one)
            return Refuse(CommandFindings.NotUndone(one.Step.Target, $"cannot be written: {blocked.Reason}"));

        if (steps.Find(s => request.Sources.Contains(s.Step.Target) && !request.MayEdit(s.Step)) is { Step: { } source })
            return Refuse(CommandFindings.NotUndone(source.Target, "is what the files are generated from"));

        if (steps.Find(s => s.Step.Expected is not (null or Step.Nothing) && s.Before is null) is { Step: { } lost })
            return Refuse(CommandFindings.NotUndone(lost.Target, "is not in its backup any more"));

        // What is already as it was needs nothing; the run had refused it, or somebody took it back by hand.
        var todo = steps.Where(s => Step.HashOf(s.Now) != Was(s.Before)).ToList();
        var changed = todo.Where(s => Step.HashOf(s.Now) != s.Step.Result).Select(s => s.Step.Target).ToList();
        if (changed.Count > 0)
            return Refuse(CommandFindings.ChangedSince(changed));

        var writes = todo.Select(s => new PlannedWrite(
            s.Step with { Expected = Step.HashOf(s.Now), Result = Was(s.Before) }, s.Before?.Text, (s.Now as OnDisk.Regular)?.Text, (s.Before ?? s.Now as OnDisk.Regular)?.Mode));
        var changes = todo.Where(s => !OwnPaths.IsOwn(s.Step.Target)).Select(s => new FileChange
        {
            Path = s.Step.Target,
            Row = "undo",
            IsSource = request.Sources.Contains(s.Step.Target),
            Action = (s.Before, s.Now) switch
            {
                (null, _) => FileAction.Deleted,
                (_, OnDisk.Regular) => FileAction.Updated,
                _ => FileAction.Created,
            },
        });
        return new([.. changes.OrderBy(c => c.Path, StringComparer.Ordinal)], [.. writes], null);
    }

    private static string Was(OnDisk.Regular? before) => before?.Text.Hash ?? Step.Nothing;

    private static Undoing Refuse(Diagnostic finding) => new([], [], finding);
}

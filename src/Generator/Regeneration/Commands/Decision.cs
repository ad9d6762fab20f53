using System.Collections.Immutable;
using DuskStack.Diagnostics;

namespace DuskStack.Regeneration.Commands;

/// <summary>What a command decided about the files it is about.</summary>
/// <param name="Changes">Their changes; the others stay as they are.</param>
/// <param name="Findings">Said besides what the changes say.</param>
/// <param name="Outcome">At least this; the changes may make it worse.</param>
public sealed record Decision(ImmutableArray<FileChange> Changes, ImmutableArray<Diagnostic> Findings, Outcome Outcome = Outcome.Clean)
{
    internal static Decision Of(FileChange change, params Diagnostic[] findings) => new([change], [.. findings]);

    /// <summary>The caller asked for what cannot be: nothing is written.</summary>
    internal static Decision Mistake(Diagnostic finding) => new([], [finding], Outcome.Usage);
}

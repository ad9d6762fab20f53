using DuskStack.Diagnostics;
using DuskStack.Outputs;

namespace DuskStack.Regeneration;

/// <summary>All that is known about one path before it is decided what to do with it.</summary>
/// <param name="Path">The path.</param>
/// <param name="Entry">Its line in the state.</param>
/// <param name="Base">What was generated last, B.</param>
/// <param name="Yours">What is there now, O.</param>
/// <param name="Render">What is generated now, T.</param>
/// <param name="Pending">A version that waits to be taken over.</param>
public sealed record Situation(string Path, StateEntry? Entry, FileText? Base, OnDisk Yours, RenderedFile? Render, FileText? Pending)
{
    public FileText? Template { get; } = Render is null ? null : FileText.Of(Render.Content);

    /// <summary>The common part of every decision: a version that waited is obsolete unless the row says otherwise.</summary>
    internal FileChange Decide(string row, FileAction action, FileStatus status = FileStatus.Ok) => new()
    {
        Path = Path,
        Action = action,
        Row = row,
        Before = Entry,
        After = Line(status),
        Pending = Pending is null ? CopyChange.Keep : CopyChange.Drop,
        PendingBefore = Pending,
    };

    /// <summary>The user's file is left alone, what is generated now waits beside it.</summary>
    internal FileChange Wait(string row, Diagnostic finding) => Decide(row, FileAction.Pending, FileStatus.Conflicted) with
    {
        Pending = Template!.SameAs(Pending) ? CopyChange.Keep : CopyChange.Put(Template),
        Finding = finding,
    };

    internal FileChange Refuse(string row, string reason) => new()
    {
        Path = Path,
        Action = FileAction.Refused,
        Row = row,
        Before = Entry,
        After = Entry,
        Finding = Findings.Refused(Path, reason),
    };

    private StateEntry Line(FileStatus status)
    {
        var known = Entry ?? new(Path, "", StateClass.Managed);
        return Render is null
            ? known with { Status = status }
            : known with
            {
                Status = status,
                TemplateId = Render.TemplateId,
                Class = Render.Class switch
                {
                    FileClass.Once => StateClass.Once,
                    FileClass.Block => StateClass.Block,
                    _ => StateClass.Managed,
                },
            };
    }
}

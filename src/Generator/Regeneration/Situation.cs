using DuskStack.Diagnostics;
using DuskStack.Outputs;
using DuskStack.Regeneration.Merging;

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
    public FileText? Template { get; private init; } = TextOf(Render);

    internal MergeTerms Terms { get; init; } = new();

    /// <summary>What generated <see cref="Base"/>.</summary>
    internal ToolVersion? LastVersion { get; init; }

    /// <summary>Row 20: a person has not ended the conflicts that a run wrote into the file.</summary>
    internal bool IsOpen => Base is not null && (Entry?.Status == FileStatus.Conflicted || Pending is not null) && HoldsMarkers;

    /// <summary>Row 20b: a person has ended them, so what they were with is taken over.</summary>
    internal bool IsEnded => Base is not null && Entry?.Status == FileStatus.Conflicted && Pending is not null && Yours is OnDisk.Regular && !HoldsMarkers;

    /// <summary>The situation after row 20b.</summary>
    internal Situation Ended => this with { Base = Pending, Entry = Entry! with { Status = FileStatus.Ok } };

    private bool HoldsMarkers => Yours is OnDisk.Regular file && ConflictMarkers.AreIn(file.Text);

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
    internal FileChange Wait(string row, Diagnostic finding) => Decide(row, FileAction.Pending, FileStatus.Waiting) with
    {
        Pending = TemplateWaits,
        Finding = finding,
    };

    internal CopyChange TemplateWaits => Template is not { } template || template.SameAs(Pending) ? CopyChange.Keep : CopyChange.Put(template);

    /// <summary>B, O and T in one.</summary>
    internal MergeResult Merge(OnDisk.Regular yours) => yours.Truncated
        ? new MergeResult.Refused(MergeRefusal.TooMuch, "it is larger than 2 MiB")
        : Merger.Merge(new(Path, Base!, yours.Text, Template!)
        {
            // While a conflict is not ended, the state tells what generates now, not what generated the base.
            LastVersion = Entry?.Status is null or FileStatus.Conflicted or FileStatus.Waiting ? null : LastVersion?.Text,
            TemplateVersion = Terms.Tool?.Text,
        });

    internal FileChange Refuse(string row, string reason) => new()
    {
        Path = Path,
        Action = FileAction.Refused,
        Row = row,
        Before = Entry,
        After = Entry,
        Finding = Findings.Refused(Path, reason),
    };

    /// <summary>The same file, with what is generated for it at another path.</summary>
    internal Situation With(RenderedFile? render) => this with { Render = render, Template = TextOf(render) };

    private static FileText? TextOf(RenderedFile? render) => render is null ? null : FileText.Of(render.Content);

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

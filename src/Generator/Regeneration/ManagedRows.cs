using DuskStack.Regeneration.Merging;

namespace DuskStack.Regeneration;

/// <summary>
/// The decision table for files that are ours: B what was generated last, O what is there, T what is generated now. Each return names
/// its row.
/// </summary>
internal static class ManagedRows
{
    public static FileChange Decide(Situation s)
    {
        if (s.IsOpen)
            return StillOpen(s);

        if (!s.IsEnded)
            return DecideNow(s);

        var change = DecideNow(s.Ended);
        return change with { Before = s.Entry, Base = change.Base == CopyChange.Keep ? CopyChange.Put(s.Pending!) : change.Base };
    }

    private static FileChange DecideNow(Situation s) => (s.Yours, s.Template) switch
    {
        (OnDisk.Blocked blocked, _) => s.Refuse("17", blocked.Reason),
        (OnDisk.Regular yours, { } template) => Present(s, yours, template),
        (OnDisk.Regular yours, null) => NoLongerGenerated(s, yours),
        (_, { } template) => Missing(s, template),
        _ => s.Decide("13", FileAction.Forgotten) with { After = null, Base = CopyChange.Drop },
    };

    private static FileChange Present(Situation s, OnDisk.Regular yours, FileText template)
    {
        if (yours.Text.SameAs(template))
            return CaughtUp(s, template);

        if (s.Base is null)
            return s.Wait(s.Entry is null ? "16" : "24", Findings.NotGenerated(s.Path));

        if (yours.Text.SameAs(s.Base))
            return Update(s, yours, template);

        return template.SameAs(s.Base) ? s.Decide("3", FileAction.Kept) : Merge(s, yours, template);
    }

    private static FileChange Merge(Situation s, OnDisk.Regular yours, FileText template) => s.Merge(yours) switch
    {
        // The user had done everything already that the template does now.
        MergeResult.Clean merged when merged.Text.Hash == yours.Text.Hash => s.Decide("5", FileAction.Kept) with { Base = CopyChange.Put(template) },
        MergeResult.Clean merged => s.Decide("5", FileAction.Merged) with { Content = merged.Text, Replaces = yours, Base = CopyChange.Put(template) },
        MergeResult.Conflicted conflicted when !s.Terms.KeepConflicts => s.Decide("6", FileAction.Conflicted, FileStatus.Conflicted) with
        {
            Content = conflicted.Text,
            Replaces = yours,
            Pending = s.TemplateWaits,
            Finding = Findings.Conflicted(s.Path, conflicted.Count),
        },
        var other => s.Wait(RowOf(other), Findings.NotMerged(s.Path, other)),
    };

    /// <summary>Of a file that is left as it is.</summary>
    public static string RowOf(MergeResult result) => result switch
    {
        MergeResult.Refused { Why: MergeRefusal.NotValid } => "7",
        MergeResult.Refused => "8",
        _ => "6",
    };

    /// <summary>Row 20: markers within markers would help nobody.</summary>
    private static FileChange StillOpen(Situation s) => s.Decide("20", FileAction.Conflicted, FileStatus.Conflicted) with
    {
        Pending = s.TemplateWaits,
        Finding = Findings.StillConflicted(s.Path, ConflictMarkers.LinesIn(((OnDisk.Regular)s.Yours).Text)[0]),
    };

    /// <summary>Row 2, also where a file that a person moved is taken up again.</summary>
    public static FileChange Update(Situation s, OnDisk.Regular yours, FileText template) => s.Decide("2", FileAction.Updated) with
    {
        Content = template.InStyleOf(yours.Text),
        Replaces = yours,
        Base = CopyChange.Put(template),
    };

    private static FileChange CaughtUp(Situation s, FileText template) => s.Base switch
    {
        { } last when template.SameAs(last) => s.Decide("1", FileAction.Unchanged),
        null when s.Entry is null => s.Decide("15", FileAction.Adopted) with { Base = CopyChange.Put(template) },
        null => s.Decide("24", FileAction.Unchanged) with { Base = CopyChange.Put(template) },
        _ => s.Decide("4", FileAction.Unchanged) with { Base = CopyChange.Put(template) },
    };

    private static FileChange NoLongerGenerated(Situation s, OnDisk.Regular yours)
    {
        if (s.Entry?.Status == FileStatus.Orphaned)
            return s.Decide("12", FileAction.Unchanged, FileStatus.Orphaned);

        return yours.Text.SameAs(s.Base)
            ? s.Decide("11", FileAction.Deleted) with { After = null, Remove = s.Path, Replaces = yours, Base = CopyChange.Drop }
            : s.Decide("12", FileAction.Orphaned, FileStatus.Orphaned) with { Finding = Findings.Orphaned(s.Path) };
    }

    private static FileChange Missing(Situation s, FileText template)
    {
        // Without a base, only a file that we are known to have written counts as deleted by a person: one that stood in the way
        // (conflicted) and is gone has made room.
        var written = s.Base is not null || s.Entry is { Status: FileStatus.Ok or FileStatus.DeletedByUser };
        if (!written)
            return s.Decide("14", FileAction.Created) with { Content = template, Base = CopyChange.Put(template) };

        var changed = !template.SameAs(s.Base);
        var known = s.Entry?.Status == FileStatus.DeletedByUser;
        return s.Decide(changed ? "10" : "9", FileAction.StaysDeleted, FileStatus.DeletedByUser) with
        {
            Base = changed ? CopyChange.Put(template) : CopyChange.Keep,
            Finding = changed || !known ? Findings.Deleted(s.Path, changed) : null,
        };
    }
}

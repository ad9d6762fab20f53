namespace DuskStack.Regeneration;

/// <summary>
/// The decision table for files that are ours: B what was generated last, O what is there, T what is generated now. Each return names
/// its row. Where B, O and T all differ, nothing is merged yet: the user's file stays and T waits.
/// </summary>
internal static class ManagedRows
{
    public static FileChange Decide(Situation s) => (s.Yours, s.Template) switch
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

        return template.SameAs(s.Base) ? s.Decide("3", FileAction.Kept) : s.Wait("6", Findings.Edited(s.Path));
    }

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

namespace DuskStack.Regeneration;

/// <summary>
/// Row 22: files that are the user's from the first write on. Their line in the state remembers that they were written, so that a starter file that a
/// person deleted does not come back. There is no base: such files may hold secrets, which must not lie in the repository twice.
/// </summary>
internal static class OnceRows
{
    public static FileChange Decide(Situation s)
    {
        if (s.Entry is null && s.Yours is OnDisk.Blocked { OnTheWay: true } blocked)
            return s.Refuse("17", blocked.Reason);

        var first = s.Entry is null && s.Yours is OnDisk.Absent;
        return s.Decide("22", first ? FileAction.Created : FileAction.Unchanged) with
        {
            Content = first ? s.Template : null,
            Base = s.Base is null ? CopyChange.Keep : CopyChange.Drop,
        };
    }
}

namespace DuskStack.Regeneration;

/// <summary>The decision table for our block in a file of the user: O and B are the lines between the markers.</summary>
internal static class BlockRows
{
    public static FileChange Decide(Situation s)
    {
        switch (s.Yours)
        {
            case OnDisk.Blocked blocked:
                return s.Refuse("17", blocked.Reason);
            case OnDisk.Regular { Truncated: true }:
                return s.Refuse("17", "it is too large");
            case OnDisk.Regular file:
                return MarkedBlock.Find(file.Text) switch
                {
                    MarkedBlock.Malformed malformed => s.Refuse("block", malformed.Reason),
                    MarkedBlock.Found block => WithBlock(s, file, block),
                    _ => WithoutBlock(s, file),
                };
            default:
                return WithoutBlock(s, null);
        }
    }

    private static FileChange WithoutBlock(Situation s, OnDisk.Regular? file)
    {
        if (s.Template is not { } template)
            return s.Decide("13", FileAction.Forgotten) with { After = null, Base = CopyChange.Drop };

        if (s.Base is null && s.Entry is null)
        {
            return s.Decide("14", file is null ? FileAction.Created : FileAction.Updated) with
            {
                Content = MarkedBlock.Append(file?.Text, template),
                Replaces = file,
                Base = CopyChange.Put(template),
            };
        }

        return s.Decide("9", FileAction.StaysDeleted, FileStatus.DeletedByUser) with
        {
            Base = template.SameAs(s.Base) ? CopyChange.Keep : CopyChange.Put(template),
            Finding = s.Entry?.Status == FileStatus.DeletedByUser ? null : Findings.BlockDeleted(s.Path),
        };
    }

    private static FileChange WithBlock(Situation s, OnDisk.Regular file, MarkedBlock.Found block)
    {
        // The table decides about the lines; what it would write becomes the file with those lines exchanged.
        var change = ManagedRows.Decide(s with { Yours = new OnDisk.Regular(block.Lines, file.Mode, file.ReadOnly) });
        if (change.Action == FileAction.Deleted)
        {
            var rest = MarkedBlock.Without(block);
            return change with { Replaces = file, Content = rest, Remove = rest is null ? s.Path : null, Action = rest is null ? FileAction.Deleted : FileAction.Updated };
        }

        return change.Content is { } lines ? change with { Replaces = file, Content = MarkedBlock.Replace(file.Text, block, lines) } : change;
    }
}

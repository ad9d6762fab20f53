namespace DuskStack.Regeneration.Commands;

/// <summary>What of a file is generated: all of it, or the lines of our block.</summary>
/// <param name="Text">Those lines.</param>
/// <param name="FirstLine">The number of the first of them in the file, from 1.</param>
internal abstract record FilePart(FileText Text, int FirstLine)
{
    /// <summary>The whole file with other text in this part, in the file's style.</summary>
    public abstract FileText Replace(FileText text);

    /// <summary>Null where there is no file.</summary>
    public FileText? TextOrNull => this is Absent ? null : Text;

    /// <summary>Null when there should be a block, and none is whole.</summary>
    public static FilePart? Of(StateEntry? entry, OnDisk.Regular? file) => (entry?.Class, file) switch
    {
        (_, null) => new Absent(),
        (StateClass.Block, _) => MarkedBlock.Find(file.Text) is MarkedBlock.Found found ? new Block(file.Text, found) : null,
        _ => new Whole(file.Text),
    };

    private sealed record Absent() : FilePart(FileText.Of(""), 1)
    {
        public override FileText Replace(FileText text) => text;
    }

    private sealed record Whole(FileText File) : FilePart(File, 1)
    {
        public override FileText Replace(FileText text) => text.InStyleOf(File);
    }

    private sealed record Block(FileText File, MarkedBlock.Found Found) : FilePart(Found.Lines, Found.Before.Count(c => c == '\n') + 1)
    {
        public override FileText Replace(FileText text) => MarkedBlock.Replace(File, Found, text);
    }
}

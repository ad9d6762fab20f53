namespace DuskStack.Regeneration;

/// <summary>What is found at a path, without following any link.</summary>
public abstract record OnDisk
{
    private OnDisk()
    {
    }

    public sealed record Absent : OnDisk
    {
        public static Absent Instance { get; } = new();
    }

    /// <param name="Text">Its content.</param>
    /// <param name="Mode">Null where the system knows no modes.</param>
    /// <param name="ReadOnly">Nobody may write to it: somebody said so on purpose.</param>
    /// <param name="Truncated">Only the beginning was read, because no generated file is that large.</param>
    public sealed record Regular(FileText Text, UnixFileMode? Mode = null, bool ReadOnly = false, bool Truncated = false) : OnDisk;

    /// <summary>A link, a folder, a pipe: nothing that is read, written or replaced.</summary>
    /// <param name="Reason">As a sentence: <c>`nginx` is a symbolic link</c>.</param>
    /// <param name="OnTheWay">It is a parent folder that is in the way, not the path itself.</param>
    public sealed record Blocked(string Reason, bool OnTheWay = false) : OnDisk;
}

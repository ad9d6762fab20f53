namespace DuskStack.Regeneration.Merging;

/// <summary>What became of bringing a person's edits and a changed template together.</summary>
public abstract record MergeResult
{
    private MergeResult()
    {
    }

    /// <summary>Both changes are in, and nobody has to look.</summary>
    /// <param name="Text">In the style of the user's file.</param>
    public sealed record Clean(FileText Text) : MergeResult;

    /// <summary>Some places were changed by both; there the text holds both versions between markers.</summary>
    /// <param name="Text">In the style of the user's file.</param>
    /// <param name="Count">The number of such places.</param>
    public sealed record Conflicted(FileText Text, int Count) : MergeResult;

    /// <summary>There is no text that would be worth writing.</summary>
    /// <param name="Why">What kind of reason it is.</param>
    /// <param name="Reason">The reason as the end of a sentence: <c>it is no text</c>.</param>
    public sealed record Refused(MergeRefusal Why, string Reason) : MergeResult;
}

/// <summary>Why a merge was refused.</summary>
public enum MergeRefusal
{
    /// <summary>Lines are no unit of it: it holds NUL, or is UTF-16.</summary>
    NoText,

    /// <summary>Larger, or more different, than is worth computing.</summary>
    TooMuch,

    /// <summary>Lines came together, and what they say together is not valid, though each side was.</summary>
    NotValid,
}

/// <summary>Which version a place gets that both changed.</summary>
public enum MergeSide
{
    Ours,
    Theirs,

    /// <summary>Ours, then theirs.</summary>
    Union,
}

/// <summary>The three texts of a merge, and what they are called.</summary>
/// <param name="Path">Names the kind of text: YAML and JSON are checked.</param>
/// <param name="Last">What was generated last.</param>
/// <param name="Yours">What the user made of it.</param>
/// <param name="Template">What is generated now.</param>
public sealed record MergeInput(string Path, FileText Last, FileText Yours, FileText Template)
{
    /// <summary>The version that generated <see cref="Last"/>; null when that is not known for certain.</summary>
    public string? LastVersion { get; init; }

    /// <summary>The version that generates now.</summary>
    public string? TemplateVersion { get; init; }
}

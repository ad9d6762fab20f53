namespace DuskStack.Tests.Bugs;

/// <summary>A mistake that set-ups written by hand make. B01 to B95 were found in the five systems, the others while this tool was made.</summary>
/// <param name="Id">Its number.</param>
/// <param name="What">What goes wrong, in a sentence.</param>
internal abstract record Bug(string Id, string What)
{
    /// <summary>It shows in files: <paramref name="Find"/> names every place. <c>tests/seed-samples/&lt;id&gt;</c> has it in its smallest form.</summary>
    /// <param name="Id">Its number.</param>
    /// <param name="What">What goes wrong, in a sentence.</param>
    /// <param name="Find">Pure: from a tree to findings.</param>
    /// <param name="Test"><c>Class.Method</c> of a test that proves it on an engine as well; null where files say all.</param>
    internal sealed record InFiles(string Id, string What, Func<Tree, IEnumerable<string>> Find, string? Test = null) : Bug(Id, What);

    /// <summary>It shows only when something runs.</summary>
    /// <param name="Id">Its number.</param>
    /// <param name="What">What goes wrong, in a sentence.</param>
    /// <param name="Test"><c>Class.Method</c> of the test that proves that ours do not have it.</param>
    internal sealed record WhenRun(string Id, string What, string Test) : Bug(Id, What);

    /// <summary>No file that the tool makes can have it.</summary>
    /// <param name="Id">Its number.</param>
    /// <param name="What">What goes wrong, in a sentence.</param>
    /// <param name="Reason">Why not.</param>
    internal sealed record NotOurs(string Id, string What, string Reason) : Bug(Id, What);
}

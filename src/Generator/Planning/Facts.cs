namespace DuskStack.Planning;

/// <summary>What is true of the folder and of the day. Facts make diagnostics only: the bytes of outputs depend on the manifest alone.</summary>
public sealed record Facts
{
    public required DateOnly Today { get; init; }

    /// <summary>Whether a file or folder exists, relative to the project; null when nobody looked.</summary>
    public Func<string, bool>? Exists { get; init; }
}

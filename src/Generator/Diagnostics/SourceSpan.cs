namespace DuskStack.Diagnostics;

/// <summary>A place in a text: 1-based line and column of its first character, and how many characters it covers on that line.</summary>
public readonly record struct SourceSpan(string File, int Line, int Column, int Length)
{
    public static SourceSpan Start(string file) => new(file, 1, 1, 1);

    public override string ToString() => $"{File}:{Line}:{Column}";
}

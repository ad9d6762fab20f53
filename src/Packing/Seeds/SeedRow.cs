using System.Collections.Immutable;

namespace DuskStack.Packing.Seeds;

/// <summary>One of the systems that the tool was asked to serve.</summary>
/// <param name="Number">Three digits.</param>
/// <param name="Example">The folder under examples/ that builds it.</param>
/// <param name="Ids">Every row of what it asks for.</param>
/// <param name="Rows">What meets them, as far as it is written down.</param>
public sealed record Seed(string Number, string Example, ImmutableArray<string> Ids, ImmutableArray<SeedRow> Rows)
{
    public string File => $"{SeedFiles.Folder}/{Number}.yaml";
}

/// <summary>A row of what a system asks for, and what meets it. A row may stand more than once, with a proof each.</summary>
public sealed record SeedRow
{
    public required string Id { get; init; }

    /// <summary>In our own words, short.</summary>
    public required string Wants { get; init; }

    /// <summary>The file that meets it, from the repository's root.</summary>
    public string? File { get; init; }

    /// <summary>A regular expression, line by line, that <see cref="File"/> matches.</summary>
    public string? Has { get; init; }

    /// <summary><c>Class.Method</c> of a test that proves it.</summary>
    public string? Test { get; init; }

    /// <summary>A check of <c>duskstack verify</c> that proves it.</summary>
    public string? Verify { get; init; }

    /// <summary>What is there in its place, and why; null when the row is met as it stands.</summary>
    public string? Instead { get; init; }
}

using System.Collections.Immutable;

namespace DuskStack.Images;

/// <summary>One row of <c>images.json</c>: an image that outputs start from or run. No tag stands anywhere else.</summary>
public sealed record BaseImage
{
    /// <summary>What it provides: a stack's language (<c>node</c>), a backing service (<c>postgres</c>), a tool.</summary>
    public required string Provides { get; init; }

    /// <summary>The version as the manifest names it: <c>24</c>, <c>3.13</c>, <c>17</c>.</summary>
    public required string Version { get; init; }

    /// <summary><c>slim</c>, <c>alpine</c>, <c>distroless</c>, <c>minimal</c>; for backing services a variant such as <c>pgvector</c>, or empty.</summary>
    public required string Variant { get; init; }

    /// <summary>The full reference that goes into files; <c>scratch</c> for an empty image.</summary>
    public required string Reference { get; init; }

    /// <summary>The variant that builds for it; null when it builds by itself.</summary>
    public string? BuildsOn { get; init; }

    /// <summary>The numeric user the image's program runs as once started, <c>uid:gid</c>.</summary>
    public required string User { get; init; }

    /// <summary>Numeric ids that the image's /etc/passwd names already.</summary>
    public ImmutableArray<int> Users { get; init; } = [];

    /// <summary>Programs that outputs may rely on.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>Bytes of the uncompressed layers as published; null where nobody published them.</summary>
    public long? Size { get; init; }

    /// <summary>The last day of support by its makers; null while open.</summary>
    public DateOnly? EndOfLife { get; init; }

    /// <summary>True for the version that is taken when the manifest names none.</summary>
    public bool Default { get; init; }

    /// <summary>Where the row's facts come from.</summary>
    public string Source { get; init; } = "";
}

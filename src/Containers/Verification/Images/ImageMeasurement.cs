using System.Collections.Immutable;
using DuskStack.Planning;

namespace DuskStack.Containers.Verification.Images;

/// <summary>What was measured of an image of the Plan. Judged by <see cref="ImageChecks"/>.</summary>
public sealed record ImageMeasurement
{
    public required string Name { get; init; }

    /// <summary>What its owner allows it.</summary>
    public required ServiceBudgetPlan Budget { get; init; }

    /// <summary>False when it is the user's own Dockerfile, of which the Plan knows nothing.</summary>
    public required bool Generated { get; init; }

    /// <summary>False: <see cref="BuildError"/> says why.</summary>
    public bool Built { get; init; }

    /// <summary>Null when it was not built, or when nobody wanted to look into it.</summary>
    public ImageContent? Content { get; init; }

    /// <summary>The end of the build's log, or why it was not tried; empty when it was built.</summary>
    public string BuildError { get; init; } = "";

    /// <summary>True when this engine cannot build it at all.</summary>
    public bool NotTried { get; init; }

    /// <summary>A build with no layer of an earlier one and with cache mounts of its own, so that every package is fetched; the bases are there already.</summary>
    public TimeSpan? ColdBuild { get; init; }

    /// <summary>A build after an edit of <see cref="Edited"/>; null when no source file was found.</summary>
    public TimeSpan? WarmBuild { get; init; }

    /// <summary>The source file that was edited, in the copy.</summary>
    public string Edited { get; init; } = "";

    public BaseMeasurement Base { get; init; } = BaseMeasurement.None;

    /// <summary>Bytes of all uncompressed layers on this machine.</summary>
    public long Total => Content?.Layers.Sum(l => l.Size) ?? 0;

    public long AboveBase => Content?.Layers.Where(l => !l.OfBase).Sum(l => l.Size) ?? 0;

    /// <summary>The size that is held to the budget: above a stand-in, the published base counts where its size is known.</summary>
    public long Counted => Base is { StandIn: true, Published: { } published } ? published + AboveBase : Total;

    /// <summary>True when the base is a stand-in and nobody published the size of the real one.</summary>
    public bool IsEstimate => Base is { StandIn: true, Published: null };
}

/// <summary>What the image starts from.</summary>
/// <param name="Reference">Empty when it is not known: the Dockerfile is the user's own.</param>
/// <param name="Published">Bytes of the uncompressed layers as published; null where nobody published them.</param>
/// <param name="StandIn">True when it was made on this machine in place of the published one.</param>
public sealed record BaseMeasurement(string Reference, long? Published, bool StandIn)
{
    public static BaseMeasurement None { get; } = new("", null, StandIn: false);
}

/// <summary>What an image consists of, whatever store the engine keeps it in.</summary>
public sealed record ImageContent
{
    /// <summary>As <c>USER</c> gives it; empty for root.</summary>
    public required string User { get; init; }
    public required ImmutableArray<string> Entrypoint { get; init; }
    public required ImmutableArray<string> Command { get; init; }

    /// <summary>The first layer first; instructions without a layer are left out.</summary>
    public required ImmutableArray<LayerContent> Layers { get; init; }

    /// <summary>What takes most above the base: packages and folders, the largest first.</summary>
    public required ImmutableArray<(string Path, long Size)> Largest { get; init; }

    /// <summary>Secrets that were found: what and where, never the value.</summary>
    public required ImmutableArray<string> Secrets { get; init; }

    /// <summary>Dependencies of development above the base.</summary>
    public required ImmutableArray<string> DevelopmentDependencies { get; init; }
}

/// <param name="CreatedBy">The instruction.</param>
/// <param name="Size">Bytes of its files.</param>
/// <param name="OfBase">True when the base has it.</param>
public sealed record LayerContent(string CreatedBy, long Size, bool OfBase);

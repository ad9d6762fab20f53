using System.Collections.Immutable;
using DuskStack.Containers.Verification.Images;
using DuskStack.Containers.Verification.Running;

namespace DuskStack.Containers.Verification;

/// <summary>All that a verification found.</summary>
public sealed record VerifyReport
{
    public required string Project { get; init; }

    /// <summary><c>docker 28.5.2, overlay2</c>; null without an engine.</summary>
    public required string? Engine { get; init; }
    public required TimeSpan Duration { get; init; }

    /// <summary>In the order of <see cref="CheckList"/>.</summary>
    public required ImmutableArray<CheckResult> Results { get; init; }
    public required ImmutableArray<ImageMeasurement> Images { get; init; }
    public required StackMeasurement? Stack { get; init; }

    public int Count(Outcome outcome) => Results.Count(r => r.Verdict.Outcome == outcome);

    public bool HasFailures => Count(Outcome.Failed) > 0;

    /// <summary>True when a base was made on this machine in place of the published one.</summary>
    public bool HasStandIns => Images.Any(i => i.Base.StandIn);
}

using System.Collections.Immutable;
using DuskStack.Planning;

namespace DuskStack.Containers.Verification.Running;

/// <summary>What was measured of a container of production. Judged by <see cref="ContainerChecks"/>.</summary>
public sealed record ContainerMeasurement
{
    /// <summary><c>api</c>, and <c>api-2</c> for a second replica.</summary>
    public required string Name { get; init; }
    public required ContainerPlan Plan { get; init; }

    /// <summary>As it was after the start; null when it never started, and <see cref="Reason"/> says why.</summary>
    public required ContainerFacts? Facts { get; init; }

    /// <summary>Why it was not started.</summary>
    public string Reason { get; init; } = "";

    /// <summary>True when it is not its own fault, or nobody wanted it, that it was not started.</summary>
    public bool NotTried { get; init; }

    /// <summary>From its start to its first healthy answer, by the engine's clock; null without a health check.</summary>
    public TimeSpan? UntilHealthy { get; init; }

    /// <summary>The last lines that it wrote.</summary>
    public string Log { get; init; } = "";

    /// <summary>Null when nobody could look in, and <see cref="NoInsight"/> says why.</summary>
    public Insight? Insight { get; init; }
    public string NoInsight { get; init; } = "";

    /// <summary>What each published port answers, asked from this machine.</summary>
    public ImmutableArray<PublishedAnswer> Published { get; init; } = [];

    /// <summary>Bytes at rest: the least of several looks.</summary>
    public long? Memory { get; init; }

    /// <summary>How it ended on SIGTERM.</summary>
    public ServiceStop? Stop { get; init; }

    public bool IsRunning => Facts is { Running: true };
}

/// <summary>What the kernel says of a container, and what its port answers, seen from within its own namespaces.</summary>
/// <param name="Processes">All of them.</param>
/// <param name="RootOptions">Of the mount of <c>/</c>: <c>ro,relatime</c>.</param>
/// <param name="Status">Of the answer on its port and address; null when there was none, or no port to ask.</param>
public sealed record Insight(ImmutableArray<InsideProcess> Processes, string RootOptions, int? Status);

/// <param name="Id">As seen inside; 1 is the first.</param>
/// <param name="Parent">The id of its parent.</param>
/// <param name="User">Its effective uid.</param>
/// <param name="Effective">Its capabilities, as the kernel's bits.</param>
/// <param name="Bounding">Those that it or a child could still get.</param>
/// <param name="NoNewPrivileges">True when no program can give it more rights.</param>
/// <param name="Command">Its program and arguments.</param>
public sealed record InsideProcess(int Id, int Parent, int User, ulong Effective, ulong Bounding, bool NoNewPrivileges, ImmutableArray<string> Command);

/// <param name="Port">Of this machine.</param>
/// <param name="Status">Of HTTP; null when it did not answer.</param>
/// <param name="Problem">Why it did not.</param>
public sealed record PublishedAnswer(PublishedPort Port, int? Status, string Problem);

/// <summary>What was measured of all of production.</summary>
public sealed record StackMeasurement
{
    public required ImmutableArray<ContainerMeasurement> Containers { get; init; }

    /// <summary>From the first start until all are healthy; null when they never were, or nothing was started.</summary>
    public required TimeSpan? Up { get; init; }
    public required BudgetPlan Budget { get; init; }

    /// <summary>Backing services that run elsewhere; an empty server of this run stood in for each.</summary>
    public required ImmutableArray<string> Substituted { get; init; }

    /// <summary>True when services were left out: sums say nothing.</summary>
    public required bool Partial { get; init; }

    /// <summary>Bytes at rest of what counts into the budgets.</summary>
    public long Memory => Containers.Where(c => BudgetPlanning.Counts(c.Plan)).Sum(c => c.Memory ?? 0);
}

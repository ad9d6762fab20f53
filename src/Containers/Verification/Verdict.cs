using System.Collections.Immutable;

namespace DuskStack.Containers.Verification;

public enum Outcome
{
    Passed,
    Failed,

    /// <summary>Nobody looked, and the message says why.</summary>
    NotRun,
}

/// <summary>What a check says about its subject.</summary>
/// <param name="Outcome">How it went.</param>
/// <param name="Message">One line: what was seen, with its figures; for a failure also what to do.</param>
public sealed record Verdict(Outcome Outcome, string Message)
{
    /// <summary>A tool's own words; empty when the message says it all.</summary>
    public string Details { get; init; } = "";
    public ImmutableArray<Figure> Figures { get; init; } = [];

    public static Verdict Passed(string message, params ImmutableArray<Figure> figures) => new(Outcome.Passed, message) { Figures = figures };

    public static Verdict Failed(string message, params ImmutableArray<Figure> figures) => new(Outcome.Failed, message) { Figures = figures };

    public static Verdict NotRun(string reason) => new(Outcome.NotRun, reason);

    public static Verdict When(bool passed, string message, params ImmutableArray<Figure> figures) => passed ? Passed(message, figures) : Failed(message, figures);
}

/// <summary>Something that was measured.</summary>
/// <param name="Name">What: <c>image</c>, <c>stop</c>.</param>
/// <param name="Unit"><c>bytes</c> or <c>seconds</c>.</param>
/// <param name="Value">How much.</param>
/// <param name="Limit">What it is held to; null where nothing is said.</param>
public sealed record Figure(string Name, string Unit, double Value, double? Limit = null)
{
    public static Figure Of(string name, TimeSpan value, TimeSpan? limit = null) => new(name, "seconds", value.TotalSeconds, limit?.TotalSeconds);

    public static Figure Of(string name, long bytes, long? limit = null) => new(name, "bytes", bytes, limit);
}

/// <summary>A check, on one subject: a file, an image, a container or the whole stack.</summary>
public sealed record CheckResult(Check Check, string Subject, Verdict Verdict);

using System.Collections.Immutable;

namespace DuskStack.Diagnostics;

/// <summary>Collects findings along one run, so that all mistakes are reported at once.</summary>
public sealed class DiagnosticBag
{
    private readonly List<Diagnostic> found = [];

    public bool HasErrors => ErrorCount > 0;

    /// <summary>How many errors were reported so far; whoever compares two counts knows whether a step went well.</summary>
    public int ErrorCount { get; private set; }

    public void Error(string code, SourceSpan? span, string message, string? hint = null)
    {
        found.Add(new(code, Severity.Error, span, message, hint));
        ErrorCount++;
    }

    public void Warning(string code, SourceSpan? span, string message, string? hint = null) => found.Add(new(code, Severity.Warning, span, message, hint));

    /// <summary>All findings in the order of the text they are about, those about no text first.</summary>
    public ImmutableArray<Diagnostic> Sorted() =>
        [.. found.Distinct().OrderBy(d => d.Span?.File, StringComparer.Ordinal).ThenBy(d => d.Span?.Line ?? 0).ThenBy(d => d.Span?.Column ?? 0).ThenBy(d => d.Code, StringComparer.Ordinal)];
}

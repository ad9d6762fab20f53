namespace DuskStack.Diagnostics;

public enum Severity
{
    Warning,
    Error,
}

/// <summary>One finding about a user's input. A bug of DuskStack itself is an exception, never a diagnostic.</summary>
/// <param name="Code">Stable code, <c>DS1203</c>; <see cref="DiagnosticCodes"/> lists all.</param>
/// <param name="Severity">Errors stop the line before anything is rendered; warnings do not.</param>
/// <param name="Span">The place it is about; null when it is about no text (a missing file).</param>
/// <param name="Message">One sentence: lower-case start, literals in backticks, no final period.</param>
/// <param name="Hint">What to do about it; null when the message says it all.</param>
public sealed record Diagnostic(string Code, Severity Severity, SourceSpan? Span, string Message, string? Hint = null);

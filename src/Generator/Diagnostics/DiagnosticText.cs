using DuskStack.Manifests;

namespace DuskStack.Diagnostics;

/// <summary>Stands in until the version that shows the source line arrives.</summary>
public static class DiagnosticText
{
    public static string Write(Diagnostic diagnostic, IReadOnlyDictionary<string, SourceText> sources)
    {
        var place = diagnostic.Span is { } span ? $"{span}: " : "";
        var hint = diagnostic.Hint is { } text ? $"hint: {text}\n" : "";
        return $"{place}{diagnostic.Severity.ToString().ToLowerInvariant()} {diagnostic.Code}: {diagnostic.Message}\n{hint}";
    }
}

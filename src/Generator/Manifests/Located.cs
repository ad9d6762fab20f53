using DuskStack.Diagnostics;

namespace DuskStack.Manifests;

/// <summary>A value and the place in the manifest (or in the file it extends) where a person wrote it.</summary>
public readonly record struct Located<T>(T Value, SourceSpan Span)
{
    public Located<TOther> With<TOther>(TOther other) => new(other, Span);
}

using DuskStack.Diagnostics;

namespace DuskStack.Manifests.Editing;

/// <summary>An edit that could be made, or the place and the reason why not.</summary>
/// <param name="Lines">The edited text; null when it could not be edited.</param>
/// <param name="At">Where it could not.</param>
/// <param name="Reason">As the end of a sentence: <c>it is an alias</c>.</param>
internal sealed record Attempt(TextLines? Lines, SourceSpan At, string Reason)
{
    public static implicit operator Attempt(TextLines done) => new(done, default, "");

    public static Attempt Refuse(SourceSpan at, string reason) => new(null, at, reason);
}

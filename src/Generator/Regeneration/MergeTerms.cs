namespace DuskStack.Regeneration;

/// <summary>How a person's edits and a changed template come together.</summary>
/// <param name="Tool">The version that generates now; named in markers.</param>
/// <param name="KeepConflicts">Where both changed the same lines the file is left as it is, and no markers are written.</param>
public sealed record MergeTerms(ToolVersion? Tool = null, bool KeepConflicts = false);

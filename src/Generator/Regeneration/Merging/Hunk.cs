namespace DuskStack.Regeneration.Merging;

/// <summary>Lines <c>[Start, End)</c> of one text that are lines <c>[NewStart, NewEnd)</c> of another. Either may be none.</summary>
internal readonly record struct Hunk(int Start, int End, int NewStart, int NewEnd);

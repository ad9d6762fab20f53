namespace DuskStack.Planning;

/// <summary>Stands in until planning arrives.</summary>
public sealed record Plan;

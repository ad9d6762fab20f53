namespace DuskStack.Containers;

/// <summary>What came of a <see cref="ProcessCall"/>.</summary>
/// <param name="Call">The command line, for messages.</param>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
/// <param name="Duration">From start to end.</param>
public sealed record ProcessOutcome(string Call, int ExitCode, string Output, string Errors, TimeSpan Duration)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The output without its last line end; throws when the program failed.</summary>
    public string Text => OrThrow().Output.TrimEnd('\n');

    public ProcessOutcome OrThrow() => Succeeded ? this : throw new CallFailedException(this);
}

/// <summary>A program that had to succeed did not.</summary>
public sealed class CallFailedException(ProcessOutcome outcome)
    : Exception($"`{outcome.Call}` ended with exit code {outcome.ExitCode}:\n{outcome.Errors}{outcome.Output}")
{
    public ProcessOutcome Outcome => outcome;
}

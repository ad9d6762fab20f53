using DuskStack.Containers.Tests.Matrix;
using Xunit.v3;

namespace DuskStack.Containers.Tests;

/// <summary>What a test proves of a combination of stack, package manager and base: a trait, which the report of a run carries. docs/proof.md is made of these reports.</summary>
public static class Proof
{
    public const string Trait = "Proves";
    public const string Run = "run";
    public const string Validated = "validated";

    /// <param name="level"><see cref="Run"/>: built, started and asked. <see cref="Validated"/>: read by the tool that will read it.</param>
    /// <param name="of">The combination.</param>
    /// <param name="output">As the page of proof calls it: <c>image</c>, <c>compose.yaml</c>, <c>nginx</c>.</param>
    public static string Claim(string level, MatrixCase of, string output) => $"{level}: {of} {output}";
}

/// <summary>A test that runs outputs of one combination.</summary>
/// <param name="stack">The stack.</param>
/// <param name="manager">The package manager.</param>
/// <param name="foundation">The base.</param>
/// <param name="outputs">What is run, with spaces between.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class RunsAttribute(string stack, string manager, string foundation, string outputs) : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. outputs.Split(' ').Select(output => KeyValuePair.Create(Proof.Trait, Proof.Claim(Proof.Run, new(stack, manager, foundation), output)))];
}

/// <summary>A test that validates an output of all trees with every output at once.</summary>
/// <param name="output">Which one.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProvesEveryCaseAttribute(string output) : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. MatrixCase.WithEveryOutput.Select(c => KeyValuePair.Create(Proof.Trait, Proof.Claim(Proof.Validated, c, output)))];
}

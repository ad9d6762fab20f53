using DuskStack.Containers.Verification.Images;
using DuskStack.Containers.Verification.Lint;
using DuskStack.Containers.Verification.Running;

namespace DuskStack.Containers.Verification;

/// <summary>The parts of a verification, in their order.</summary>
public enum Stage
{
    /// <summary>Reads the files.</summary>
    Lint,

    /// <summary>Builds the images and looks into them.</summary>
    Build,

    /// <summary>Runs production and asks it.</summary>
    Run,
}

/// <summary>One thing that is proven. All of them stand in <see cref="CheckList"/>.</summary>
/// <param name="Name">By which reports, documents and other tools know it.</param>
/// <param name="Stage">When it is looked at.</param>
/// <param name="Proves">What holds when it passes; goes on from "that".</param>
/// <param name="Examination">How it is found out.</param>
public sealed record Check(string Name, Stage Stage, string Proves, Examination Examination);

/// <summary>Checks of files call tools; all others judge what was measured, and call nothing.</summary>
public abstract record Examination
{
    private Examination()
    {
    }

    /// <summary>A tool, or a reader of ours, over files.</summary>
    public sealed record OfFiles(Func<LintedProject, CancellationToken, IAsyncEnumerable<Finding>> Look) : Examination;

    /// <summary>Null: it does not concern that image.</summary>
    public sealed record OfImage(Func<ImageMeasurement, Verdict?> Judge) : Examination;

    /// <summary>Null: it does not concern that container.</summary>
    public sealed record OfContainer(Func<ContainerMeasurement, Verdict?> Judge) : Examination;

    /// <summary>Null: there is nothing to judge.</summary>
    public sealed record OfStack(Func<StackMeasurement, Verdict?> Judge) : Examination;
}

/// <summary>What a check of files says about one of them.</summary>
public sealed record Finding(string Subject, Verdict Verdict);

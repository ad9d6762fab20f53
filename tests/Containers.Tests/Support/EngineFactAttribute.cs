using System.Runtime.CompilerServices;
using Xunit;

namespace DuskStack.Containers.Tests;

/// <summary>A test that needs a container engine, and says so where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EngineFactAttribute : FactAttribute
{
    public const string Reason = "skipped: no container engine";

    public EngineFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = Reason;
        SkipType = typeof(TestEngine);
        SkipUnless = nameof(TestEngine.IsThere);
    }
}

/// <inheritdoc cref="EngineFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EngineTheoryAttribute : TheoryAttribute
{
    public EngineTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = EngineFactAttribute.Reason;
        SkipType = typeof(TestEngine);
        SkipUnless = nameof(TestEngine.IsThere);
    }
}

/// <summary>A test that takes too long for every change: it runs in <c>.ci/nightly</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NightlyFactAttribute : FactAttribute
{
    public const string Reason = "skipped: runs in .ci/nightly";

    public NightlyFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = Reason;
        SkipType = typeof(TestEngine);
        SkipUnless = nameof(TestEngine.IsNightly);
    }
}

/// <inheritdoc cref="NightlyFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NightlyTheoryAttribute : TheoryAttribute
{
    public NightlyTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = NightlyFactAttribute.Reason;
        SkipType = typeof(TestEngine);
        SkipUnless = nameof(TestEngine.IsNightly);
    }
}

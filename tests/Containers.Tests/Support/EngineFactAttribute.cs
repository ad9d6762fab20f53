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

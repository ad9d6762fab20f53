using System.Collections.Immutable;
using DuskStack.Planning;

namespace DuskStack.Outputs;

/// <summary><c>docs/containers.md</c>.</summary>
public sealed class GuideOutput : IOverviewOutput
{
    public IEnumerable<RenderedFile> Render(Plan plan, ImmutableHashSet<string> others) => [];
}

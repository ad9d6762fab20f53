using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Outputs;

/// <summary><c>.env.example</c>: every variable that the Compose files read.</summary>
public sealed class EnvironmentOutput : IOutput
{
    private static readonly VariablePlan Tag = new("TAG", "1.0.0", "Tag of the images that production runs; dev when it is not set.", VariableScope.Production);

    public IEnumerable<RenderedFile> Render(Plan plan)
    {
        object model = new
        {
            Production = plan.Variables.Where(v => v.Scope != VariableScope.Development).Concat(plan.Images.IsEmpty ? [] : [Tag]).ToImmutableArray(),
            Development = plan.Variables.Where(v => v.Scope == VariableScope.Development).ToImmutableArray(),
        };
        return [RenderedFile.Of(".env.example", "compose/env.example", TemplateSet.Shared.RenderSections("compose/env.example", model))];
    }
}

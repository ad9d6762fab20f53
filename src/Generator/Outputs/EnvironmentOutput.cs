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
            Required = plan.Variables.Any(v => v.Required),
            Both = In(VariableScope.Both),
            Development = In(VariableScope.Development),
            Production = ImmutableArray.Create([.. In(VariableScope.Production), .. plan.Images.IsEmpty ? [] : new[] { Tag }]),
        };
        return [RenderedFile.Of(".env.example", "compose/env.example", TemplateSet.Shared.RenderSections("compose/env.example", model))];

        ImmutableArray<VariablePlan> In(VariableScope scope) => [.. plan.Variables.Where(v => v.Scope == scope)];
    }
}

using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Outputs;

/// <summary><c>docker-bake.hcl</c>: all images in parallel, for one or several platforms.</summary>
public sealed class BakeOutput : IOutput
{
    public IEnumerable<RenderedFile> Render(Plan plan)
    {
        if (plan.Images.IsEmpty)
            return [];
        object model = new
        {
            Targets = plan.Images.Select(i => i.Name).ToImmutableArray(),
            plan.Platforms,
            Images = plan.Images.Select(i => new
            {
                i.Name,
                i.Context,
                i.Dockerfile,
                Target = i.Target ?? "",
                i.Repository,
                Secrets = i.Secrets.Select(s => $"id={s},env={s}").ToImmutableArray(),
            }).ToImmutableArray(),
        };
        return [RenderedFile.Of("docker-bake.hcl", "compose/docker-bake.hcl", TemplateSet.Shared.RenderSections("compose/docker-bake.hcl", model))];
    }
}

using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Outputs.Scripts;

/// <summary><c>scripts/build-images.sh</c> and <c>scripts/load-minikube.sh</c>, where images are built here.</summary>
public sealed class ImageScriptsOutput : IOutput
{
    public IEnumerable<RenderedFile> Render(Plan plan)
    {
        if (plan.Images.IsEmpty)
            return [];
        var model = new
        {
            Platforms = !plan.Platforms.IsEmpty,
            plan.Registry,
            Images = plan.Images.Select(i => new { i.Name, i.Repository, Limit = i.Budget.Image ?? 0 }).ToImmutableArray(),
            plan.BuildSecrets,
        };
        return
        [
            RenderedFile.Of("scripts/build-images.sh", "scripts/build-images.sh", TemplateSet.Shared.RenderSections("scripts/build-images.sh", model)),
            RenderedFile.Of("scripts/load-minikube.sh", "scripts/load-minikube.sh", TemplateSet.Shared.RenderSections("scripts/load-minikube.sh", model)),
        ];
    }
}

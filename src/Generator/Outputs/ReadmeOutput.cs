using System.Collections.Immutable;
using DuskStack.Manifests;
using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Outputs;

/// <summary>The first page of a new project; it comes with the starters.</summary>
public static class ReadmeOutput
{
    private const string Path = "README.md";

    public static RenderedFile Render(Manifest manifest, Plan plan) => RenderedFile.Of(
        Path,
        "project/readme.md",
        [
            .. TemplateSet.Shared.RenderSections("project/readme.md", new { plan.Name }),
            .. manifest.Services.OfType<StackService>().SelectMany(s => Address(s.Name.Value, plan)),
            .. TemplateSet.Shared.RenderSections("project/readme-more.md", new { }),
        ],
        FileClass.Once);

    private static ImmutableArray<RenderedSection> Address(string service, Plan plan) =>
        plan.Containers.First(c => c.Name == service) is { Image: { } image, Development.Ports: [{ } port, ..] }
            ? TemplateSet.Shared.RenderSections("project/readme-address.md", new { Name = service, Folder = image.Context, Port = port.Host }, service)
            : [];
}

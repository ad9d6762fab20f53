using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Outputs;

/// <summary>What a project needs once: lint settings, lines for git, files that backing services mount.</summary>
public sealed class ProjectOutput : IOutput
{
    public IEnumerable<RenderedFile> Render(Plan plan)
    {
        bool builds = plan.Images.Any(i => !i.Files.IsEmpty);
        ImmutableArray<RenderedFile> lint = builds
            ? [RenderedFile.Of(".hadolint.yaml", "project/hadolint.yaml", TemplateSet.Shared.RenderSections("project/hadolint.yaml", new { Apt = plan.Images.Any(i => i.Packages == PackageTool.Apt), Apk = plan.Images.Any(i => i.Packages == PackageTool.Apk), None = plan.Images.All(i => i.Packages is null) }))]
            : [];
        return
        [
            .. lint,
            new(".gitignore", TemplateSet.Shared.Render("project/gitignore", new { plan.Ignored }), "project/gitignore", FileClass.Block),
            .. plan.SupportFiles.Select(f => new RenderedFile(f.Path, f.Content, $"support/{f.Path}", f.Once ? FileClass.Once : FileClass.Managed)),
        ];
    }
}

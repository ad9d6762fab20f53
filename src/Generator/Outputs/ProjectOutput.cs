using System.Collections.Immutable;
using DuskStack.Outputs.Scripts;
using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Outputs;

/// <summary>What a project needs once: the version of its tool, lint settings, lines for git, files that backing services mount.</summary>
public sealed class ProjectOutput : IOutput
{
    /// <summary>The local tools of a repository, DuskStack of this version among them: https://learn.microsoft.com/dotnet/core/tools/local-tools-how-to-use</summary>
    private const string ToolManifest = ".config/dotnet-tools.json";

    public IEnumerable<RenderedFile> Render(Plan plan)
    {
        bool builds = plan.Images.Any(i => !i.Files.IsEmpty);
        ImmutableArray<RenderedFile> lint = builds
            ? [RenderedFile.Of(".hadolint.yaml", "project/hadolint.yaml", TemplateSet.Shared.RenderSections("project/hadolint.yaml", new { Packages = plan.Images.Any(i => i.InstallsPackages) }))]
            : [];
        return
        [
            .. lint,
            new(".gitignore", TemplateSet.Shared.Render("project/gitignore", new { plan.Ignored, Backups = BackupOutput.Applies(plan) }), "project/gitignore", FileClass.Block),
            new(ToolManifest, TemplateSet.Shared.Render("project/dotnet-tools.json", new { Version = ToolVersion.Current.Text }), "project/dotnet-tools.json", FileClass.Once),
            .. plan.SupportFiles.Select(f => new RenderedFile(f.Path, f.Content, $"support/{f.Path}", f.Once ? FileClass.Once : FileClass.Managed)),
        ];
    }
}

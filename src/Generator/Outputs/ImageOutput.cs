using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Outputs;

/// <summary>Dockerfiles and their ignore files, as the stacks describe them.</summary>
public sealed class ImageOutput : IOutput
{
    public IEnumerable<RenderedFile> Render(Plan plan) =>
        from image in plan.Images
        from file in image.Files
        select Render(file, image.Name);

    /// <param name="file">The template and its model.</param>
    /// <param name="owner">The service, so that two files of one template keep apart when they move.</param>
    public static RenderedFile Render(TemplateFile file, string owner)
    {
        FileClass fileClass = file.Once ? FileClass.Once : FileClass.Managed;
        string id = $"{file.Template}:{owner}";
        return file.Model is { } model
            ? RenderedFile.Of(file.Path, id, TemplateSet.Shared.RenderSections(file.Template, model), fileClass)
            : new(file.Path, TemplateSet.Text(file.Template), id, fileClass);
    }
}

using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Stacks;

/// <summary>The files of a starter, out of a folder of templates: <c>.hbs</c> files are rendered, all others copied as they are.</summary>
public static class StarterFiles
{
    /// <param name="templates">A folder below <c>templates/</c>, with a slash at its end.</param>
    /// <param name="request">The service.</param>
    /// <param name="model">What the templates print.</param>
    /// <param name="wanted">Whether this starter has a file, by its path below <paramref name="templates"/> and without <c>.hbs</c>.</param>
    public static ImmutableArray<TemplateFile> Of(string templates, StarterRequest request, object model, Func<string, bool> wanted)
    {
        string context = ImagePlanning.Context(request.Service);
        return
        [
            .. from name in TemplateSet.Names(templates)
               let rendered = name.EndsWith(".hbs", StringComparison.Ordinal)
               let template = rendered ? name[..^".hbs".Length] : name
               let path = template[templates.Length..]
               where wanted(path)
               select new TemplateFile(ImagePlanning.Join(context, path), template, rendered ? model : null, Once: true),
        ];
    }
}

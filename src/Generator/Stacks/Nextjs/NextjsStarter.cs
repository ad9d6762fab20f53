using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Stacks.Node;
using DuskStack.Templating;

namespace DuskStack.Stacks.Nextjs;

/// <summary>The tiny real application of a Next.js service: the items of an api, and the settings of its environment.</summary>
public static class NextjsStarter
{
    private const string Folder = "stacks/nextjs/starter/";

    public static ImmutableArray<TemplateFile> Files(StarterRequest request, NodePackageManager manager)
    {
        var model = new NextjsStarterModel(request, manager);
        string context = ImagePlanning.Context(request.Service);
        return
        [
            .. from name in TemplateSet.Names(Folder)
               let path = WithoutEnding(name[Folder.Length..])
               where path switch { ".yarnrc.yml" => model.Yarn, "pnpm-workspace.yaml" => model.Pnpm, _ => true }
               select File(name, ImagePlanning.Join(context, path), model),
            .. from name in TemplateSet.Names("stacks/nextjs/locks/")
               where WithoutEnding(Path.GetFileName(name)) == manager.LockFile
               select File(name, ImagePlanning.Join(context, manager.LockFile), model),
        ];
    }

    private static TemplateFile File(string name, string path, NextjsStarterModel model) =>
        name.EndsWith(".hbs", StringComparison.Ordinal) ? new(path, WithoutEnding(name), model, Once: true) : new(path, name, null, Once: true);

    private static string WithoutEnding(string name) => name.EndsWith(".hbs", StringComparison.Ordinal) ? name[..^4] : name;
}

/// <summary>What the templates of the starter print; their names are those of the templates.</summary>
public sealed record NextjsStarterModel(StarterRequest Request, NodePackageManager Manager)
{
    public string Project => Request.Project;

    public string Name => $"{Request.Project}-{Request.Service.Name.Value}";

    public bool Npm => Manager.Name == "npm";

    public bool Pnpm => Manager.Name == "pnpm";

    public bool Yarn => Manager.Name == "yarn";

    /// <summary><c>pnpm@11.28.11</c>, the packageManager field of package.json.</summary>
    public string PackageManagerSpec => Manager.DefaultVersion is { } version ? $"{Manager.Name}@{version}" : Manager.Name;
}

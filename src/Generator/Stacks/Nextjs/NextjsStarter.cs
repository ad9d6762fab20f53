using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Stacks.Node;

namespace DuskStack.Stacks.Nextjs;

/// <summary>The tiny real application of a Next.js service: the items of an api, and the settings of its environment.</summary>
public static class NextjsStarter
{
    private const string Folder = "stacks/nextjs/starter/";

    public static ImmutableArray<TemplateFile> Files(StarterRequest request, NodePackageManager manager)
    {
        var model = new NextjsStarterModel(request, manager);
        return
        [
            .. StarterFiles.Of(Folder, request, model, path => path switch { ".yarnrc.yml" => model.Yarn, "pnpm-workspace.yaml" => model.Pnpm, _ => true }),
            .. StarterFiles.Of("stacks/nextjs/locks/", request, model, path => path == manager.LockFile),
        ];
    }
}

/// <summary>What the templates of the starter print; their names are those of the templates.</summary>
public sealed record NextjsStarterModel(StarterRequest Request, NodePackageManager Manager)
{
    public string Project => Request.Project;

    /// <summary>The name in package.json and its lock, within the repository: the service's.</summary>
    public string Package => Request.Service.Name.Value;

    public bool Npm => Manager.Name == "npm";

    public bool Pnpm => Manager.Name == "pnpm";

    public bool Yarn => Manager.Name == "yarn";

    /// <summary><c>pnpm@11.28.11</c>, the packageManager field of package.json.</summary>
    public string PackageManagerSpec => Manager.DefaultVersion is { } version ? $"{Manager.Name}@{version}" : Manager.Name;
}

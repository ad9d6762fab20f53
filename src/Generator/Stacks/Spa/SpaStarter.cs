using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Stacks.Node;

namespace DuskStack.Stacks.Spa;

/// <summary>The tiny real application of a site: React and Vite.</summary>
public static class SpaStarter
{
    private const string Folder = "stacks/spa/starter/", Locks = "stacks/spa/locks/";

    public static ImmutableArray<TemplateFile> Files(StarterRequest request, NodePackageManager manager)
    {
        var model = new SpaStarterModel(request, manager);
        return
        [
            .. StarterFiles.Of(Folder, request, model, path => path != ".yarnrc.yml" || model.Yarn),
            .. StarterFiles.Of(Locks, request, model, path => path == manager.LockFile),
        ];
    }
}

/// <summary>What the templates of the starter print; their names are those of the templates.</summary>
public sealed record SpaStarterModel
{
    public SpaStarterModel(StarterRequest request, NodePackageManager manager)
    {
        Package = request.Service.Name.Value;
        Title = request.Project;
        ApiVariable = request.ServiceUrls.FirstOrDefault() ?? "API_URL";
        Npm = manager.Name == "npm";
        Yarn = manager.Name == "yarn";
        PackageManagerSpec = manager.DefaultVersion is { } version ? $"{manager.Name}@{version}" : manager.Name;
    }

    /// <summary>The name in package.json and its lock, within the repository: the service's.</summary>
    public string Package { get; }

    /// <summary>What the page calls itself when the environment does not name it.</summary>
    public string Title { get; }

    /// <summary>The variable with the api's address in development.</summary>
    public string ApiVariable { get; }
    public bool Npm { get; }
    public bool Yarn { get; }

    /// <summary><c>pnpm@11.28.11</c>, the packageManager field of package.json.</summary>
    public string PackageManagerSpec { get; }
}

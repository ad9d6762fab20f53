using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Stacks.Node;
using DuskStack.Templating;

namespace DuskStack.Stacks.Spa;

/// <summary>The tiny real application of a site: React and Vite.</summary>
public static class SpaStarter
{
    private const string Folder = "stacks/spa/starter/", Locks = "stacks/spa/locks/";

    public static ImmutableArray<TemplateFile> Files(StarterRequest request, NodePackageManager manager)
    {
        var model = new SpaStarterModel(request, manager);
        string context = ImagePlanning.Context(request.Service);
        return
        [
            .. from name in TemplateSet.Names(Folder)
               let path = WithoutEnding(name[Folder.Length..])
               where path != ".yarnrc.yml" || model.Yarn
               select File(name, ImagePlanning.Join(context, path), model),
            .. from name in TemplateSet.Names(Locks)
               where WithoutEnding(name[Locks.Length..]) == manager.LockFile
               select File(name, ImagePlanning.Join(context, manager.LockFile), model),
        ];
    }

    private static TemplateFile File(string name, string path, SpaStarterModel model) =>
        name.EndsWith(".hbs", StringComparison.Ordinal) ? new(path, WithoutEnding(name), model, Once: true) : new(path, name, null, Once: true);

    private static string WithoutEnding(string name) => name.EndsWith(".hbs", StringComparison.Ordinal) ? name[..^4] : name;
}

/// <summary>What the templates of the starter print; their names are those of the templates.</summary>
public sealed record SpaStarterModel
{
    public SpaStarterModel(StarterRequest request, NodePackageManager manager)
    {
        Name = $"{request.Project}-{request.Service.Name.Value}";
        Title = request.Project;
        ApiVariable = request.ServiceUrls.FirstOrDefault() ?? "API_URL";
        Npm = manager.Name == "npm";
        Yarn = manager.Name == "yarn";
        PackageManagerSpec = manager.DefaultVersion is { } version ? $"{manager.Name}@{version}" : manager.Name;
    }

    public string Name { get; }

    /// <summary>What the page calls itself when the environment does not name it.</summary>
    public string Title { get; }

    /// <summary>The variable with the api's address in development.</summary>
    public string ApiVariable { get; }
    public bool Npm { get; }
    public bool Yarn { get; }

    /// <summary><c>pnpm@11.28.11</c>, the packageManager field of package.json.</summary>
    public string PackageManagerSpec { get; }
}

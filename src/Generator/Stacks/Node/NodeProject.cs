using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Planning;

namespace DuskStack.Stacks.Node;

/// <summary>What holds for every stack whose folder has a package.json: its package manager, its lockfile, the keys that install.</summary>
public static class NodeProject
{
    private static readonly ImmutableArray<(string Manager, string LockFile)> LockFiles = [("npm", "package-lock.json"), ("pnpm", "pnpm-lock.yaml"), ("yarn", "yarn.lock")];

    public static NodePackageManager Manager(StackService service)
    {
        PackageManager? written = service.PackageManager?.Value;
        string runtime = service.Runtime?.Value ?? LanguageBases.DefaultVersion("node");
        return NodePackageManager.Of(written?.Name ?? "npm", written?.Version, int.TryParse(runtime, out int major) ? major : 24);
    }

    public static bool HasApplication(StackService service, Func<string, bool> exists) => exists(ImagePlanning.Join(ImagePlanning.Folder(service), "package.json"));

    /// <summary>Looks for package.json, at the root of a workspace as well, and for the lockfile there.</summary>
    public static void CheckFolder(StackService service, Func<string, bool> exists, DiagnosticBag bag)
    {
        string context = ImagePlanning.Context(service), folder = ImagePlanning.Folder(service);
        NodePackageManager manager = Manager(service);
        if (!HasApplication(service, exists))
        {
            string hint = folder == context ? "put the application there, or let `duskstack generate --starter` write a small one" : $"name a package of the workspace in `{context}`";
            bag.Warning(DiagnosticCodes.LockFile, (service.Workspace ?? service.Path)?.Span ?? service.Name.Span, $"`{folder}` holds no package.json", hint);
            return;
        }

        if (!exists(ImagePlanning.Join(context, "package.json")))
        {
            bag.Warning(DiagnosticCodes.LockFile, service.Path?.Span ?? service.Name.Span, $"`{context}` holds no package.json, so it is no workspace", "let `path` name the folder with the lockfile of the workspace");
            return;
        }

        if (exists(ImagePlanning.Join(context, manager.LockFile)))
            return;
        (string Manager, string LockFile) other = LockFiles.FirstOrDefault(l => l.Manager != manager.Name && exists(ImagePlanning.Join(context, l.LockFile)));
        if (other.Manager is not null)
            bag.Warning(DiagnosticCodes.LockFile, service.PackageManager?.Span ?? service.Name.Span, $"`{context}` has {other.LockFile}, but its package manager is {manager.Name}", $"set `packageManager: {other.Manager}`, or make a {manager.LockFile}");
        else
            bag.Warning(DiagnosticCodes.LockFile, service.PackageManager?.Span ?? service.Name.Span, $"`{context}` has no {manager.LockFile}: the image cannot be built without it", $"run `{manager.Name} install` there and commit the lockfile");
    }

    public static void CheckKeys(StackService service, DiagnosticBag bag)
    {
        if (service.Build.Command is { } build && build.Value.Any(w => w.Contains('\n', StringComparison.Ordinal)))
            bag.Error(DiagnosticCodes.BadValue, build.Span, "a word of `build.command` has several lines, but a step of a Dockerfile is one", "put the lines into a script of the repository and name that");
        if (service.PackageManager is { Value.Name: not ("npm" or "pnpm" or "yarn") } manager)
            bag.Error(DiagnosticCodes.UnknownChoice, manager.Span, $"`{manager.Value.Name}` does not install node packages", "take npm, pnpm or yarn");
        if (service.PackageManager is { Value: { Name: "yarn", Version: { } version } } && version.StartsWith("1.", StringComparison.Ordinal))
            bag.Error(DiagnosticCodes.BadValue, service.PackageManager.Value.Span, $"yarn {version} is frozen", "migrate with `yarn set version stable`, and name yarn 4 or later");
    }

    /// <summary>
    /// Sources are carried into the container, a changed dependency makes a new one. So does an edit anywhere else in a workspace: only the
    /// build knows which members the package needs and how they are built. For one that it does not need nothing changes.
    /// </summary>
    /// <param name="request">The service.</param>
    /// <param name="manager">Its package manager.</param>
    /// <param name="written">Patterns of what builds and tools write into the package; whoever builds it builds members into <c>dist</c>.</param>
    public static ImmutableArray<WatchPlan> Watch(StackRequest request, NodePackageManager manager, ImmutableArray<string> written)
    {
        ImmutableArray<string> results = ["node_modules/", .. written];
        IEnumerable<string> elsewhere = written.IsEmpty ? results : results.Append("dist/").Distinct();
        string package = ImagePlanning.Package(request.Service);
        return package == "."
            ?
            [
                new("rebuild", "package.json", null, []),
                new("rebuild", manager.LockFile, null, []),
                new("sync", ".", "/app", results),
            ]
            :
            [
                new("rebuild", $"{package}/package.json", null, []),
                new("sync", package, $"/app/{package}", results),
                new("rebuild", ".", null, [.. elsewhere.Select(pattern => $"**/{pattern}"), .. new[] { package }.Concat(request.Neighbours).Select(folder => $"{folder}/")]),
            ];
    }
}

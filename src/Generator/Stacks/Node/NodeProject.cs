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

    public static bool HasApplication(StackService service, Func<string, bool> exists) => exists(ImagePlanning.Join(ImagePlanning.Context(service), "package.json"));

    public static void CheckFolder(StackService service, Func<string, bool> exists, DiagnosticBag bag)
    {
        string context = ImagePlanning.Context(service);
        NodePackageManager manager = Manager(service);
        if (!HasApplication(service, exists))
        {
            bag.Warning(DiagnosticCodes.LockFile, service.Path?.Span ?? service.Name.Span, $"`{context}` holds no package.json", "put the application there, or let `duskstack generate --starter` write a small one");
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
}

using System.Collections.Immutable;
using System.Globalization;
using DuskStack.Manifests;
using DuskStack.Stacks.Node;

namespace DuskStack.Stacks.Spa;

/// <summary>How a site is built, and served while someone works on it.</summary>
/// <param name="Build">Empty: its files are served as they are.</param>
/// <param name="Output">The folder with index.html.</param>
/// <param name="Dev">The development server.</param>
public sealed record SpaCommands(ImmutableArray<string> Build, string Output, ImmutableArray<string> Dev)
{
    public static SpaCommands Of(StackService service, NodePackageManager manager, int port)
    {
        ImmutableArray<string> build = service.Build.Command?.Value ?? manager.Run("build");
        string output = service.Build.Output.IsEmpty ? build.IsEmpty ? "public" : "dist" : service.Build.Output[0].Value;
        ImmutableArray<string> dev = service.Dev?.Value ?? ["node", "node_modules/vite/bin/vite.js", "--host", "0.0.0.0", "--port", port.ToString(CultureInfo.InvariantCulture), "--strictPort"];
        return new(build, output, dev);
    }
}

using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DuskStack.Manifests;

namespace DuskStack.Stacks.Node;

/// <summary>How a node service is built, started, and run while someone works on it.</summary>
public sealed partial record NodeCommands(ImmutableArray<string> Build, ImmutableArray<string> Outputs, ImmutableArray<string> Start, ImmutableArray<string> Dev)
{
    private static readonly ImmutableArray<string> NamesOfResults = ["dist", "build", "out", ".output"];

    /// <summary>
    /// Folders that hold nothing but what a build made, by their names. Others that production needs may be sources as well
    /// (migrations, views), so no ignore file may leave them out.
    /// </summary>
    public ImmutableArray<string> Built => Build.IsEmpty ? [] : [.. Outputs.Where(o => NamesOfResults.Contains(o))];

    /// <summary>A TypeScript project builds into <c>dist</c>; one without a build command runs from <c>src</c>.</summary>
    public static NodeCommands Of(StackService service, NodePackageManager manager)
    {
        ImmutableArray<string> build = service.Build.Command?.Value ?? manager.Run("build");
        ImmutableArray<string> outputs = service.Build.Output.IsEmpty ? [build.IsEmpty ? "src" : "dist"] : [.. service.Build.Output.Select(o => o.Value)];
        ImmutableArray<string> start = service.Start?.Value ?? ["node", $"{outputs[0]}/server.js"];
        ImmutableArray<string> dev = service.Dev?.Value ?? FromSources(start, watch: true, build, outputs);
        return new(build, outputs, start, dev);
    }

    public ImmutableArray<string> FromSources(ImmutableArray<string> start, bool watch) => FromSources(start, watch, Build, Outputs);

    /// <summary>
    /// Node runs TypeScript as it is (type stripping, on by default since 22.18): <c>node dist/server.js</c> becomes
    /// <c>node --watch src/server.ts</c>. A project that this does not fit names its own command by <c>dev</c>.
    /// </summary>
    private static ImmutableArray<string> FromSources(ImmutableArray<string> start, bool watch, ImmutableArray<string> build, ImmutableArray<string> outputs)
    {
        IEnumerable<string> words = build.IsEmpty ? start : start.Select(Source);
        return start[0] == "node" && watch ? [words.First(), "--watch", .. words.Skip(1)] : [.. words];

        string Source(string word)
        {
            Match built = Script().Match(word);
            return built.Success && outputs.Contains(built.Groups["folder"].Value) ? $"src/{built.Groups["file"].Value}.{built.Groups["kind"].Value}ts" : word;
        }
    }

    /// <summary>The built scripts among the words of a command, also behind an option: <c>--import=./dist/instrument.js</c>.</summary>
    public IEnumerable<string> Scripts(ImmutableArray<string> command) =>
        from word in command
        let built = Script().Match(word.StartsWith("--", StringComparison.Ordinal) ? word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..] : word)
        where built.Success && Outputs.Any(o => o == built.Groups["folder"].Value || built.Value.StartsWith($"{o}/", StringComparison.Ordinal))
        select built.Value.StartsWith("./", StringComparison.Ordinal) ? built.Value[2..] : built.Value;

    [GeneratedRegex(@"^(\./)?(?<folder>[^/]+)/(?<file>.+)\.(?<kind>[cm]?)js\z")]
    private static partial Regex Script();
}

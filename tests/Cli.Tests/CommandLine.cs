using DuskStack.Cli;

namespace DuskStack.Tests;

/// <summary>What one call of the tool gave.</summary>
public sealed record Called(int Exit, string Out, string Error);

/// <summary>Runs the tool inside the test, in a project of its own.</summary>
public sealed class CommandLine : IDisposable
{
    private const string Manifest = """
        version: 1
        name: shop
        services:
          api: { stack: node, path: api, routes: [/api] }

        """;

    public string Root { get; } = Directory.CreateTempSubdirectory("duskstack-").FullName;

    public static CommandLine WithManifest()
    {
        var line = new CommandLine();
        File.WriteAllText(line.At("duskstack.yaml"), Manifest);
        return line;
    }

    public static async Task<Called> CallAsync(string arguments, CancellationToken? cancellation = null)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var exit = await CommandTree.RunAsync(words, new Terminal(output, error), cancellation ?? TestContext.Current.CancellationToken);
        return new(exit, output.ToString(), error.ToString());
    }

    /// <summary>In this project.</summary>
    public Task<Called> RunAsync(string arguments, CancellationToken? cancellation = null) => CallAsync($"{arguments} --directory {Root}", cancellation);

    public string At(string path) => Path.Combine(Root, path);

    public IEnumerable<string> Files() => Directory.EnumerateFiles(Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Select(f => Path.GetRelativePath(Root, f));

    /// <summary>Path and text of everything but what is local to a machine.</summary>
    public SortedDictionary<string, string> Contents() => new(
        Files().Where(f => !f.StartsWith(".git/", StringComparison.Ordinal) && !f.StartsWith(".duskstack/backup", StringComparison.Ordinal) && !f.StartsWith(".duskstack/txn", StringComparison.Ordinal) && f != ".duskstack/lock")
            .ToDictionary(f => f, f => File.ReadAllText(At(f))),
        StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

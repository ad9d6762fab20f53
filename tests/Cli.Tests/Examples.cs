using System.Runtime.CompilerServices;

namespace DuskStack.Tests;

/// <summary>The generated files of the examples are committed, so that people can read them: they must be what this version generates.</summary>
public sealed class Examples
{
    public static TheoryData<string> Folders() => [.. Directory.EnumerateFiles(Root(), "duskstack.yaml", SearchOption.AllDirectories).Select(file => Path.GetDirectoryName(file)!)];

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Is_up_to_date(string folder)
    {
        var called = await CommandLine.CallAsync($"generate --dry-run --directory {folder}");
        Assert.True(called.Exit == 0 && called.Out.StartsWith("nothing to do", StringComparison.Ordinal), $"run: dotnet run --project src/Cli -- generate --directory {folder}\n{called.Out}{called.Error}");
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "examples"));
}

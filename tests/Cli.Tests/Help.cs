using System.CommandLine;
using System.Runtime.CompilerServices;

namespace DuskStack.Tests;

/// <summary>Help is read more often than any page of documentation: a change of it is reviewed like code.</summary>
public sealed class Help
{
    [Theory]
    [InlineData("--help", "duskstack")]
    [InlineData("generate --help", "generate")]
    [InlineData("add --help", "add")]
    [InlineData("add service --help", "add.service")]
    [InlineData("add postgres --help", "add.postgres")]
    [InlineData("add proxy --help", "add.proxy")]
    [InlineData("add monitoring --help", "add.monitoring")]
    [InlineData("add ecs --help", "add.ecs")]
    [InlineData("explain --help", "explain")]
    [InlineData("verify --help", "verify")]
    [InlineData("diff --help", "diff")]
    [InlineData("check --help", "check")]
    [InlineData("status --help", "status")]
    [InlineData("resolve --help", "resolve")]
    [InlineData("adopt --help", "adopt")]
    [InlineData("eject --help", "eject")]
    [InlineData("restore --help", "restore")]
    [InlineData("mv --help", "mv")]
    [InlineData("repair --help", "repair")]
    [InlineData("undo --help", "undo")]
    [InlineData("schema --help", "schema")]
    public async Task Is_as_accepted(string arguments, string snapshot)
    {
        var called = await CommandLine.CallAsync(arguments);
        Assert.Equal((0, ""), (called.Exit, called.Error));
        Matches(called.Out.Replace(RootCommand.ExecutableName, "duskstack", StringComparison.Ordinal), snapshot);
    }

    private static void Matches(string actual, string snapshot, [CallerFilePath] string here = "")
    {
        var accepted = Path.Combine(Path.GetDirectoryName(here)!, "Snapshots", $"help.{snapshot}.txt");
        if (Environment.GetEnvironmentVariable("SNAPSHOTS") == "accept") File.WriteAllText(accepted, actual);
        var expected = File.Exists(accepted) ? File.ReadAllText(accepted) : "";
        Assert.True(expected == actual, $"The help differs. If it should: SNAPSHOTS=accept dotnet test --project tests/Cli.Tests\n\nexpected:\n{expected}\nactual:\n{actual}");
    }
}

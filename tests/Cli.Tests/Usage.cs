namespace DuskStack.Tests;

/// <summary>Mistakes on the command line: one sentence, one hint, 64, and nothing on stdout.</summary>
public sealed class Usage
{
    [Theory]
    [InlineData("", "error: no command was given\nhint: known commands: explain, generate, schema; `duskstack --help` describes them\n")]
    [InlineData("generat", "error: unrecognized command or argument `generat`\nhint: known commands: explain, generate, schema; `duskstack --help` describes them\n")]
    [InlineData("generate --dry", "error: unrecognized command or argument `--dry`\nhint: `duskstack generate --help` shows what it takes\n")]
    [InlineData("explain --yaml", "error: unrecognized command or argument `--yaml`\nhint: `duskstack explain --help` shows what it takes\n")]
    [InlineData("schema -f", "error: required argument missing for option: `-f`\nhint: `duskstack schema --help` shows what it takes\n")]
    public async Task Mistake_is_told(string arguments, string expected)
    {
        var called = await CommandLine.CallAsync(arguments);
        Assert.Equal(new Called(64, "", expected), called);
    }

    [Fact]
    public async Task Version_is_data()
    {
        var called = await CommandLine.CallAsync("--version");
        Assert.Matches(@"^\d+\.\d+\.\d+(-[\w.]+)?\n$", called.Out);
        Assert.Equal((0, ""), (called.Exit, called.Error));
    }

    [Fact]
    public async Task Schema_is_data()
    {
        var called = await CommandLine.CallAsync("schema");
        Assert.StartsWith("{", called.Out, StringComparison.Ordinal);
        Assert.Equal((0, ""), (called.Exit, called.Error));
    }

    [Theory]
    [InlineData("generate")]
    [InlineData("generate --dry-run")]
    [InlineData("explain")]
    public async Task Missing_manifest_is_told_with_an_example(string command)
    {
        using var line = new CommandLine();
        var called = await line.RunAsync(command);
        Assert.Equal((64, ""), (called.Exit, called.Out));
        Assert.Contains("duskstack.yaml", called.Error, StringComparison.Ordinal);
        Assert.Contains("    services:\n", called.Error, StringComparison.Ordinal);
        Assert.Empty(line.Files());
    }

    [Fact]
    public async Task Ctrl_C_ends_with_130_and_changes_nothing()
    {
        using var line = CommandLine.WithManifest();
        var called = await line.RunAsync("generate", new CancellationToken(canceled: true));
        Assert.Equal(new Called(130, "", "cancelled; no file was changed\n"), called);
        Assert.Equal(["duskstack.yaml"], line.Files());
    }
}

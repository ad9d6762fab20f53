using System.Runtime.InteropServices;
using System.Text.Json;
using DuskStack.Cli;

namespace DuskStack.Tests;

/// <summary>Mistakes on the command line: one sentence, one hint, 64, and nothing on stdout.</summary>
public sealed partial class Usage
{
    [Theory]
    [InlineData("", "error: no command was given\nhint: known commands: add, adopt, check, diff, eject, explain, generate, mv, repair, resolve, restore, schema, status, undo, verify; `duskstack --help` describes them\n")]
    [InlineData("generat", "error: unrecognized command or argument `generat`\nhint: known commands: add, adopt, check, diff, eject, explain, generate, mv, repair, resolve, restore, schema, status, undo, verify; `duskstack --help` describes them\n")]
    [InlineData("generate --dry", "error: unrecognized command or argument `--dry`\nhint: `duskstack generate --help` shows what it takes\n")]
    [InlineData("explain --yaml", "error: unrecognized command or argument `--yaml`\nhint: `duskstack explain --help` shows what it takes\n")]
    [InlineData("add", "error: required command was not provided\nhint: `duskstack add --help` shows what it takes\n")]
    [InlineData("add service web", "error: option `--stack` is required\nhint: `duskstack add service --help` shows what it takes\n")]
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

    [Theory]
    [InlineData("generate")]
    [InlineData("generate --dry-run")]
    [InlineData("explain")]
    public async Task Only_an_ordinary_file_is_read(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no named pipes in folders");
        using var line = CommandLine.WithManifest();
        Assert.Equal(0, MakePipe(line.At("pipe"), 0b110_100_100));
        File.CreateSymbolicLink(line.At("zero"), "/dev/zero");
        foreach (var (name, reason) in new[] { ("pipe", "it is not an ordinary file"), ("zero", "it is not an ordinary file"), (".", "it is a folder") })
        {
            var called = await line.RunAsync($"{command} -f {line.At(name)}");
            Assert.Equal((64, ""), (called.Exit, called.Out));
            Assert.Contains($"cannot be read: {reason}", called.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_an_ordinary_file_is_extended()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no named pipes in folders");
        using var line = CommandLine.WithManifest();
        Assert.Equal(0, MakePipe(line.At("pipe"), 0b110_100_100));
        await File.AppendAllTextAsync(line.At("duskstack.yaml"), "extends: pipe\n", TestContext.Current.CancellationToken);
        var called = await line.RunAsync("generate");
        Assert.Equal(64, called.Exit);
        Assert.Contains(":5:10: error DS1006: `extends` names `", called.Error, StringComparison.Ordinal);
        Assert.Contains("cannot be read: it is not an ordinary file", called.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Linked_manifest_is_read_and_a_large_one_is_not_read_to_its_end()
    {
        using var line = CommandLine.WithManifest();
        File.CreateSymbolicLink(line.At("link.yaml"), line.At("duskstack.yaml"));
        Assert.Equal(0, (await line.RunAsync($"explain -f {line.At("link.yaml")}")).Exit);

        await using (var large = File.OpenWrite(line.At("large.yaml")))
            large.SetLength(1L << 32);

        var called = await line.RunAsync($"explain -f {line.At("large.yaml")}");
        Assert.Equal(64, called.Exit);
        Assert.Contains("error DS1002", called.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifest_without_permission_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "everything can be read");
        using var line = CommandLine.WithManifest();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(line.At("duskstack.yaml"), UnixFileMode.None);

        var called = await line.RunAsync("generate");
        Assert.Equal(64, called.Exit);
        Assert.Contains("permission is denied", called.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", ".", "`--file` is empty")]
    [InlineData("x.yaml", "", "`--directory` is empty")]
    [InlineData(null, "duskstack.yaml", "which is not a folder")]
    public async Task Impossible_place_is_told(string? file, string directory, string message)
    {
        using var line = CommandLine.WithManifest();
        var place = directory == "duskstack.yaml" ? line.At(directory) : directory;
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] words = ["generate", "--json", "--directory", place, .. file is null ? Array.Empty<string>() : ["-f", file]];
        Assert.Equal(64, await CommandTree.RunAsync(words, new(output, error), TestContext.Current.CancellationToken));
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        using var report = JsonDocument.Parse(output.ToString());
        Assert.Equal(64, report.RootElement.GetProperty("exit").GetInt32());
    }

    [Fact]
    public void Closed_standard_error_ends_no_run()
    {
        var closed = new StreamWriter(new MemoryStream());
        closed.Dispose();
        using var error = new ErrorWriter(closed);
        new Terminal(TextWriter.Null, error).Complain("a", "b");
        error.Flush();
    }

    // Not by a program: between fork and exec a child holds the locks of the tests that run beside this one.
    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MakePipe(string path, uint mode);

    [Fact]
    public async Task Ctrl_C_ends_with_130_and_changes_nothing()
    {
        using var line = CommandLine.WithManifest();
        var called = await line.RunAsync("generate", new CancellationToken(canceled: true));
        Assert.Equal(new Called(130, "", "cancelled; no file was changed\n"), called);
        Assert.Equal(["duskstack.yaml"], line.Files());
    }
}

using System.Text.Json;

namespace DuskStack.Tests;

/// <summary><c>duskstack generate</c> from the outside: what it prints where, and its exit codes.</summary>
public sealed class Generate : IDisposable
{
    private readonly CommandLine line = CommandLine.WithManifest();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task Creates_files_and_then_has_nothing_to_do()
    {
        var first = await line.RunAsync("generate");
        Assert.Equal(0, first.Exit);
        Assert.Contains("created   .duskstack/schema.json\n", first.Out, StringComparison.Ordinal);
        Assert.Contains(".duskstack/state.json", line.Files());
        Assert.Contains(".duskstack/.gitignore", line.Files());

        var second = await line.RunAsync("generate");
        Assert.Equal(0, second.Exit);
        Assert.StartsWith("nothing to do", second.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_also_called_update()
    {
        await line.RunAsync("generate");
        Assert.StartsWith("nothing to do", (await line.RunAsync("update")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dry_run_lists_the_same_files_and_writes_none()
    {
        var dry = await line.RunAsync("generate --dry-run");
        Assert.Equal(["duskstack.yaml"], line.Files());
        Assert.Contains("dry run, nothing was written", dry.Out, StringComparison.Ordinal);

        var real = await line.RunAsync("generate");
        Assert.Equal(real.Out.Split('\n')[..^2], dry.Out.Split('\n')[..^2]);
    }

    [Fact]
    public async Task Json_goes_to_stdout_alone()
    {
        var called = await line.RunAsync("generate --json");
        using var report = JsonDocument.Parse(called.Out);
        Assert.Equal(0, report.RootElement.GetProperty("exit").GetInt32());
        Assert.Equal("created", report.RootElement.GetProperty("files")[0].GetProperty("action").GetString());
    }

    [Fact]
    public async Task Json_tells_of_a_missing_manifest_too()
    {
        File.Delete(line.At("duskstack.yaml"));
        var called = await line.RunAsync("generate --json");
        using var report = JsonDocument.Parse(called.Out);
        Assert.Equal(64, called.Exit);
        Assert.Equal("error", report.RootElement.GetProperty("diagnostics")[0].GetProperty("severity").GetString());
    }

    [Fact]
    public async Task Another_manifest_can_be_named()
    {
        File.Move(line.At("duskstack.yaml"), line.At("other.yaml"));
        Assert.Equal(64, (await line.RunAsync("generate")).Exit);
        Assert.Equal(0, (await line.RunAsync($"-f {line.At("other.yaml")} generate")).Exit);
    }

    [Theory]
    [InlineData("generate")]
    [InlineData("generate --dry-run")]
    public async Task Second_manifest_in_one_folder_is_refused(string command)
    {
        await line.RunAsync("generate");
        var before = line.Files().Order().ToList();
        File.Copy(line.At("duskstack.yaml"), line.At("other.yaml"));

        var called = await line.RunAsync($"{command} -f {line.At("other.yaml")}");
        Assert.Equal((4, ""), (called.Exit, called.Out));
        Assert.Contains("generated from `duskstack.yaml`", called.Error, StringComparison.Ordinal);
        Assert.Contains("--directory", called.Error, StringComparison.Ordinal);
        Assert.Equal(before.Append("other.yaml").Order(), line.Files().Order());
    }

    [Theory]
    [InlineData("duskstack.yaml")]
    [InlineData("defaults.yaml")]
    public async Task Manifest_and_what_it_extends_are_never_deleted(string path)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await File.AppendAllTextAsync(line.At("duskstack.yaml"), "extends: defaults.yaml\n", cancellation);
        await File.WriteAllTextAsync(line.At("defaults.yaml"), "version: 1\n", cancellation);
        Assert.Equal(0, (await line.RunAsync("generate")).Exit);
        File.Copy(line.At(path), line.At($".duskstack/base/{path}.base"));

        var called = await line.RunAsync("generate");
        Assert.Equal(4, called.Exit);
        Assert.Contains($"`{path}` was left as it is", called.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(line.At(path)));
    }

    [Fact]
    public async Task Manifest_can_be_renamed()
    {
        await line.RunAsync("generate");
        File.Move(line.At("duskstack.yaml"), line.At("other.yaml"));
        Assert.Equal(0, (await line.RunAsync($"generate -f {line.At("other.yaml")}")).Exit);
        Assert.Contains("\"other.yaml\"", await File.ReadAllTextAsync(line.At(".duskstack/state.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_yet_is_made()
    {
        var called = await CommandLine.CallAsync($"generate --starter -f {line.At("duskstack.yaml")} --directory {line.At("some/new/folder")}");
        Assert.Equal((0, ""), (called.Exit, called.Error));
        Assert.True(File.Exists(line.At("some/new/folder/compose.yaml")));
    }

    [Fact]
    public async Task File_in_the_way_is_a_conflict()
    {
        var path = await FirstPathAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(line.At(path))!);
        await File.WriteAllTextAsync(line.At(path), "mine\n", TestContext.Current.CancellationToken);

        var called = await line.RunAsync("generate");
        Assert.Equal(3, called.Exit);
        Assert.Contains($"pending   {path} (new version: .duskstack/pending/{path})\n", called.Out, StringComparison.Ordinal);
        Assert.Contains("warning DS2010", called.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("DS2010", called.Out, StringComparison.Ordinal);
        Assert.Equal("mine\n", await File.ReadAllTextAsync(line.At(path), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Link_is_refused()
    {
        var path = await FirstPathAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(line.At(path))!);
        File.CreateSymbolicLink(line.At(path), line.At("elsewhere"));

        var called = await line.RunAsync("generate");
        Assert.Equal(4, called.Exit);
        Assert.Contains("error DS2002", called.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(line.At("elsewhere")));
    }

    [Theory]
    [InlineData("<<<<<<< ours\n", 5, "DS2003")]
    [InlineData("""{"schema":99}""", 7, "DS2004")]
    public async Task Unusable_state_stops(string state, int exit, string code)
    {
        Directory.CreateDirectory(line.At(".duskstack"));
        await File.WriteAllTextAsync(line.At(".duskstack/state.json"), state, TestContext.Current.CancellationToken);

        var called = await line.RunAsync("generate");
        Assert.Equal((exit, ""), (called.Exit, called.Out));
        Assert.Contains($"error {code}", called.Error, StringComparison.Ordinal);
        Assert.Contains("hint: ", called.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Path_of_the_state_cannot_steer_the_terminal()
    {
        await line.RunAsync("generate");
        var state = await File.ReadAllTextAsync(line.At(".duskstack/state.json"), TestContext.Current.CancellationToken);
        var first = state.IndexOf("    {\"path\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            line.At(".duskstack/state.json"),
            state.Insert(first, """    {"path":"a\u001b]0;x\u0007","templateId":"","class":"managed","eol":"lf","bom":false,"exec":false,"status":"ok"},""" + "\n"),
            TestContext.Current.CancellationToken);

        var called = await line.RunAsync("generate");
        Assert.Equal(4, called.Exit);
        Assert.DoesNotContain('\e', called.Out);
        Assert.Contains("refused   a\\u001B]0;x\\u0007\n", called.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_run_is_locked_out()
    {
        Directory.CreateDirectory(line.At(".duskstack"));
        await using var held = new FileStream(line.At(".duskstack/lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var called = await line.RunAsync("generate");
        Assert.Equal((6, ""), (called.Exit, called.Out));
    }

    [Fact]
    public async Task Explain_prints_the_plan()
    {
        var called = await line.RunAsync("explain");
        Assert.Equal(0, called.Exit);
        Assert.NotEmpty(called.Out);
    }

    /// <summary>Of the files that are generated again, and not left alone once they are there.</summary>
    private async Task<string> FirstPathAsync()
    {
        using var report = JsonDocument.Parse((await line.RunAsync("generate --dry-run --json")).Out);
        return report.RootElement.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("path").GetString()!).First(p => p != ".config/dotnet-tools.json");
    }
}

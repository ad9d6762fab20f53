using System.Text.Json;

namespace DuskStack.Tests;

/// <summary>The commands about generated files from the outside: what they print where, and their exit codes.</summary>
public sealed class Regeneration : IDisposable
{
    private readonly CommandLine line = CommandLine.WithManifest();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task Check_writes_nothing_and_tells_drift_conflict_and_refusal_apart()
    {
        var never = await line.RunAsync("check");
        Assert.Equal((2, ""), (never.Exit, never.Out));
        Assert.Contains("duskstack generate", never.Error, StringComparison.Ordinal);
        Assert.Equal(["duskstack.yaml"], line.Files());

        await line.RunAsync("generate");
        Assert.Equal(0, (await line.RunAsync("check")).Exit);

        await ReplaceAsync("duskstack.yaml", "path: api", "path: api, port: 9000");
        File.Delete(line.At(".duskstack/lock"));
        var drift = await line.RunAsync("check --json");
        Assert.Equal(2, drift.Exit);
        using (var report = JsonDocument.Parse(drift.Out))
            Assert.Equal(2, report.RootElement.GetProperty("exit").GetInt32());

        Assert.False(File.Exists(line.At(".duskstack/lock")));
        await AppendAsync("compose.yaml", "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n");
        Assert.Equal(3, (await line.RunAsync("check")).Exit);

        File.Delete(line.At("compose.yaml"));
        File.CreateSymbolicLink(line.At("compose.yaml"), line.At("duskstack.yaml"));
        Assert.Equal(4, (await line.RunAsync("check")).Exit);
    }

    [Fact]
    public async Task Strict_check_allows_no_edits()
    {
        await line.RunAsync("generate");
        await AppendAsync("compose.yaml", "# mine\n");
        Assert.Equal(0, (await line.RunAsync("check")).Exit);
        var strict = await line.RunAsync("check --strict");
        Assert.Equal(2, strict.Exit);
        Assert.Contains("`compose.yaml` holds edits", strict.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<<<<<<< HEAD\n", 5, "duskstack repair")]
    [InlineData("""{"schema":99}""", 7, "dotnet tool update")]
    public async Task Unusable_state_is_told_by_every_command(string state, int exit, string hint)
    {
        await line.RunAsync("generate");
        await File.WriteAllTextAsync(line.At(".duskstack/state.json"), state, TestContext.Current.CancellationToken);
        var before = line.Contents();
        foreach (var command in new[] { "generate", "check", "diff", "status", "eject compose.yaml", "restore compose.yaml", "resolve compose.yaml --ours", "adopt compose.yaml", "mv compose.yaml x.yaml" })
        {
            var called = await line.RunAsync(command);
            Assert.Equal((exit, ""), (called.Exit, called.Out));
            Assert.Contains(hint, called.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, line.Contents());
    }

    [Fact]
    public async Task Newer_state_is_refused_before_any_write_by_repair_and_undo_too()
    {
        await line.RunAsync("generate");
        await File.WriteAllTextAsync(line.At(".duskstack/state.json"), """{"schema":99}""", TestContext.Current.CancellationToken);
        var before = line.Contents();
        Assert.Equal(7, (await line.RunAsync("repair")).Exit);
        Assert.Equal(7, (await line.RunAsync("undo")).Exit);
        Assert.Equal(before, line.Contents());
    }

    [Fact]
    public async Task Invalid_manifest_outranks_everything()
    {
        await line.RunAsync("generate");
        await File.WriteAllTextAsync(line.At(".duskstack/state.json"), """{"schema":99}""", TestContext.Current.CancellationToken);
        await AppendAsync("duskstack.yaml", "nonsense: 1\n");
        foreach (var command in new[] { "generate", "check", "diff", "status", "adopt compose.yaml", "repair" })
            Assert.Equal(64, (await line.RunAsync(command)).Exit);
    }

    [Fact]
    public async Task Diff_shows_edits_the_template_and_the_result()
    {
        await line.RunAsync("generate");
        await AppendAsync("compose.yaml", "# mine\n");
        Assert.Equal(new Called(0, "", ""), (await line.RunAsync("diff --exit-code")) with { Error = "" });
        var edits = await line.RunAsync("diff compose.yaml --base --exit-code");
        Assert.Equal(2, edits.Exit);
        Assert.StartsWith("--- a/compose.yaml\n+++ b/compose.yaml\n@@ -", edits.Out, StringComparison.Ordinal);
        Assert.EndsWith("+# mine\n", edits.Out, StringComparison.Ordinal);

        await ReplaceAsync("duskstack.yaml", "path: api", "path: api, port: 9000");
        var template = await line.RunAsync("diff compose.yaml --template");
        Assert.Contains("9000", template.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("# mine", template.Out, StringComparison.Ordinal);
        var result = await line.RunAsync("diff compose.yaml");
        Assert.DoesNotContain("+# mine", result.Out, StringComparison.Ordinal);
        Assert.Contains("9000", result.Out, StringComparison.Ordinal);
        Assert.Equal(64, (await line.RunAsync("diff nowhere")).Exit);
    }

    [Fact]
    public async Task Status_tells_how_each_file_stands()
    {
        await line.RunAsync("generate");
        await AppendAsync("compose.yaml", "# mine\n");
        File.Delete(line.At("docker-bake.hcl"));
        await line.RunAsync("eject .hadolint.yaml");
        await line.RunAsync("generate");
        var called = await line.RunAsync("status");
        Assert.Equal(0, called.Exit);
        Assert.Contains("edited     compose.yaml\n", called.Out, StringComparison.Ordinal);
        Assert.Contains("deleted    docker-bake.hcl\n", called.Out, StringComparison.Ordinal);
        Assert.Contains("ejected    .hadolint.yaml\n", called.Out, StringComparison.Ordinal);
        using var report = JsonDocument.Parse((await line.RunAsync("status --json")).Out);
        Assert.Contains(report.RootElement.GetProperty("files").EnumerateArray(), f => f.GetProperty("path").GetString() == "compose.yaml" && f.GetProperty("standing").GetString() == "edited");
    }

    [Fact]
    public async Task Conflict_is_resolved_by_the_command_that_generate_names()
    {
        await line.RunAsync("generate");
        await ReplaceAsync("compose.yaml", "3000", "3111");
        await ReplaceAsync("duskstack.yaml", "path: api", "path: api, port: 9000");
        var generated = await line.RunAsync("generate");
        Assert.Equal(3, generated.Exit);
        Assert.Contains("duskstack resolve compose.yaml", generated.Error, StringComparison.Ordinal);
        Assert.Equal(3, (await line.RunAsync("check")).Exit);

        var open = await line.RunAsync("resolve compose.yaml");
        Assert.Equal(3, open.Exit);
        Assert.Contains("conflict markers in line", open.Error, StringComparison.Ordinal);
        var closed = await line.RunAsync("resolve compose.yaml --ours");
        Assert.Equal((0, ""), (closed.Exit, closed.Error));
        Assert.StartsWith("resolved  compose.yaml\n", closed.Out, StringComparison.Ordinal);
        Assert.Contains("3111", await ReadAsync("compose.yaml"), StringComparison.Ordinal);
        Assert.Equal(0, (await line.RunAsync("check")).Exit);
        Assert.Equal(0, (await line.RunAsync("generate")).Exit);
    }

    [Fact]
    public async Task Data_that_would_stay_behind_stops_generate_and_check_until_it_is_named()
    {
        await File.WriteAllTextAsync(line.At("duskstack.yaml"), "version: 1\nname: shop\nservices:\n  api: { stack: node, path: api, needs: [postgres] }\npostgres: { version: 16 }\n", TestContext.Current.CancellationToken);
        await line.RunAsync("generate");
        await ReplaceAsync("duskstack.yaml", "16", "17");
        var stopped = await line.RunAsync("generate");
        Assert.Equal((4, ""), (stopped.Exit, stopped.Out));
        Assert.Contains("bash scripts/upgrade-postgres.sh", stopped.Error, StringComparison.Ordinal);
        Assert.Equal(4, (await line.RunAsync("check")).Exit);
        Assert.Equal(0, (await line.RunAsync("diff")).Exit);
        Assert.Equal(0, (await line.RunAsync("generate --leave-data postgres_data")).Exit);
        Assert.Equal(0, (await line.RunAsync("check")).Exit);
    }

    [Fact]
    public async Task Undo_takes_the_last_run_back()
    {
        await line.RunAsync("generate");
        var before = await ReadAsync("compose.yaml");
        await ReplaceAsync("duskstack.yaml", "path: api", "path: api, port: 9000");
        await line.RunAsync("generate");
        var undone = await line.RunAsync("undo");
        Assert.Equal(0, undone.Exit);
        Assert.Contains("updated   compose.yaml\n", undone.Out, StringComparison.Ordinal);
        Assert.Equal(before, await ReadAsync("compose.yaml"));
        await AppendAsync("compose.yaml", "# mine\n");
        Assert.Equal(4, (await line.RunAsync("undo")).Exit);
    }

    [Theory]
    [InlineData("resolve compose.yaml --ours --theirs")]
    [InlineData("adopt compose.yaml --ours --merge")]
    [InlineData("diff --base --template")]
    [InlineData("eject")]
    [InlineData("eject compose.yaml --all")]
    [InlineData("mv compose.yaml")]
    [InlineData("restore")]
    public async Task Options_that_exclude_each_other_and_missing_paths_are_usage_errors(string arguments)
    {
        await line.RunAsync("generate");
        var called = await line.RunAsync(arguments);
        Assert.Equal((64, ""), (called.Exit, called.Out));
        Assert.Contains("--help` shows what it takes", called.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paths_are_completed_from_the_state()
    {
        await line.RunAsync("generate");
        var root = line.Root;
        using var output = new StringWriter { NewLine = "\n" };
        string command = $"duskstack eject --directory {root} com";
        await DuskStack.Cli.CommandTree.RunAsync([$"[suggest:{command.Length}]", command], new(output, TextWriter.Null), TestContext.Current.CancellationToken);
        Assert.Contains("compose.yaml", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("compose.prod.yaml", output.ToString(), StringComparison.Ordinal);
    }

    private Task<string> ReadAsync(string path) => File.ReadAllTextAsync(line.At(path), TestContext.Current.CancellationToken);

    private Task AppendAsync(string path, string text) => File.AppendAllTextAsync(line.At(path), text, TestContext.Current.CancellationToken);

    private async Task ReplaceAsync(string path, string from, string to)
    {
        var text = await ReadAsync(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(line.At(path), text.Replace(from, to, StringComparison.Ordinal), TestContext.Current.CancellationToken);
    }
}

using System.Diagnostics;

namespace DuskStack.Tests;

/// <summary>Two branches that both regenerated, brought together by git.</summary>
public sealed class Branches : IDisposable
{
    private readonly CommandLine line = CommandLine.WithManifest();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task Merge_without_conflicts_leaves_a_project_that_is_up_to_date()
    {
        await StartAsync();
        Git("checkout", "-q", "-b", "other");
        await ReplaceAsync("compose.prod.yaml", "# Generated from", "# mine\n# Generated from");
        Git("commit", "-qam", "an edit");

        Git("checkout", "-q", "main");
        await ReplaceAsync("duskstack.yaml", "path: api", "path: api, port: 9000");
        await GenerateAsync();
        Git("commit", "-qam", "another port");

        Assert.Equal(0, TryGit("merge", "-q", "--no-edit", "other"));
        Assert.Equal(0, (await line.RunAsync("generate")).Exit);
        Assert.Equal(0, (await line.RunAsync("check")).Exit);
        Assert.Contains("# mine\n", await ReadAsync("compose.prod.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Merge_with_conflicts_everywhere_is_ended_by_repair_and_generate()
    {
        await StartAsync();
        foreach (var (branch, port, service) in new[] { ("other", "9100", "beta"), ("main", "9200", "alpha") })
        {
            if (branch == "main")
                Git("checkout", "-q", "main");
            else
                Git("checkout", "-q", "-b", branch);

            await AppendAsync("duskstack.yaml", $"  {service}: {{ stack: node, path: {service}, port: {port} }}\n");
            await GenerateAsync();
            await AppendAsync($"{service}/Dockerfile", $"# mine {service}\n");
            Git("add", "-A");
            Git("commit", "-qm", service);
        }

        Assert.NotEqual(0, TryGit("merge", "-q", "--no-edit", "other"));

        // The manifest is the one file that a person has to bring together; the files generated from it are taken from either side.
        await File.WriteAllTextAsync(line.At("duskstack.yaml"), Both(await ReadAsync("duskstack.yaml")), TestContext.Current.CancellationToken);
        foreach (var path in Output("diff", "--name-only", "--diff-filter=U").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(p => p != "duskstack.yaml" && !p.StartsWith(".duskstack/", StringComparison.Ordinal)))
            Git("checkout", "-q", "--ours", path);

        Assert.Equal(5, (await line.RunAsync("generate")).Exit);
        var repaired = await line.RunAsync("repair");
        Assert.True(repaired.Exit == 0, repaired.Error);
        var generated = await line.RunAsync("generate");
        Assert.True(generated.Exit is 0 or 3, generated.Error);
        Assert.Contains("# mine alpha\n", await ReadAsync("alpha/Dockerfile"), StringComparison.Ordinal);
        Assert.Contains("# mine beta\n", await ReadAsync("beta/Dockerfile"), StringComparison.Ordinal);

        // What was taken from one side counts as edited against what is generated; it is given up by the command that status names.
        foreach (var path in (await line.RunAsync("status")).Out.Split('\n').Where(l => l.StartsWith("edited", StringComparison.Ordinal)).Select(l => l[11..].Split(' ')[0]).Where(p => !p.EndsWith("/Dockerfile", StringComparison.Ordinal)))
            Assert.Equal(0, (await line.RunAsync($"resolve {path} --theirs")).Exit);

        Assert.Equal(0, (await line.RunAsync("generate")).Exit);
        var check = await line.RunAsync("check");
        Assert.True(check.Exit == 0, check.Error);
        Assert.Contains("alpha", await ReadAsync("compose.yaml"), StringComparison.Ordinal);
        Assert.Contains("beta", await ReadAsync("compose.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bases_keep_their_line_ends_where_git_changes_those_of_files()
    {
        Git("init", "-q", "-b", "main");
        Git("config", "core.autocrlf", "true");
        await GenerateAsync();
        Git("add", "-A");
        Git("commit", "-qm", "generated");
        File.Delete(line.At("compose.yaml"));
        File.Delete(line.At(".duskstack/base/compose.yaml.base"));
        Git("checkout", "-q", "--", ".");
        Assert.Contains("\r\n", await ReadAsync("compose.yaml"), StringComparison.Ordinal);
        Assert.DoesNotContain("\r\n", await ReadAsync(".duskstack/base/compose.yaml.base"), StringComparison.Ordinal);
        Assert.Equal(0, (await line.RunAsync("check --strict")).Exit);
    }

    private static string Both(string text) => string.Join('\n', text.Split('\n').Where(l => !l.StartsWith("<<<<<<<", StringComparison.Ordinal) && !l.StartsWith("=======", StringComparison.Ordinal) && !l.StartsWith(">>>>>>>", StringComparison.Ordinal)));

    private async Task StartAsync()
    {
        Git("init", "-q", "-b", "main");
        await GenerateAsync();
        Git("add", "-A");
        Git("commit", "-qm", "generated");
    }

    private async Task GenerateAsync()
    {
        var called = await line.RunAsync("generate");
        Assert.True(called.Exit == 0, called.Error);
    }

    private void Git(params string[] arguments) => Assert.True(TryGit(arguments) == 0, $"git {string.Join(' ', arguments)}");

    private int TryGit(params string[] arguments)
    {
        using var process = Call(arguments);
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private string Output(params string[] arguments)
    {
        using var process = Call(arguments);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    // With no settings of the machine: they would make other markers, or ask for a signature.
    private Process Call(string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "user.name=tests", "-c", "user.email=tests@example.com", .. arguments]) { WorkingDirectory = line.Root, RedirectStandardOutput = true, RedirectStandardError = false };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        return Process.Start(start)!;
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

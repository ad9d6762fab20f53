using System.Text.Json;
using DuskStack.Cli;

namespace DuskStack.Tests;

/// <summary><c>duskstack add</c> from the outside: what it writes, what it refuses, and its exit codes.</summary>
public sealed class Add : IDisposable
{
    private const string Manifest = """
        # ours
        version: 1
        name: shop

        services:
          api: { stack: node, path: api, routes: [/api] }   # the API

        """;

    private readonly CommandLine line = new();

    public Add() => Write(Manifest);

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task Everything_one_after_another_leaves_nothing_to_generate()
    {
        Write("version: 1\nname: shop\nservices: {}\n");
        foreach (var words in new[]
        {
            "service api --stack node --routes /api --starter", "service ml --stack python --port 8100 --base slim --package-manager uv --path apps/ml", "service web --stack nextjs --needs api,ml --routes /",
            "service docs --stack spa", "postgres --to api --to ml", "redis --to api,ml", "proxy --domain shop.example.com --tls files", "monitoring", "ecs --region eu-central-1",
        })
        {
            var called = await line.RunAsync($"add {words}");
            Assert.True(called.Exit == 0, called.Error);
            Assert.Contains("updated   duskstack.yaml\n", called.Out, StringComparison.Ordinal);
            Assert.StartsWith("nothing to do", (await line.RunAsync("generate")).Out, StringComparison.Ordinal);
        }

        Assert.Equal("""
            version: 1
            name: shop
            services:
              api:
                stack: node
                needs: [postgres, redis]
                routes: [/api]
              ml:
                stack: python
                path: apps/ml
                packageManager: uv
                base: slim
                port: 8100
                needs: [postgres, redis]
              web:
                stack: nextjs
                port: 3001
                needs: [api, ml]
                routes: [/]
              docs:
                stack: spa
            postgres: { version: 17 }
            redis: { version: 8 }
            proxy: { domain: shop.example.com, tls: files }
            monitoring: {}
            deploy:
              ecs: { region: eu-central-1 }

            """, Read());
        Assert.True(File.Exists(line.At("services/api/package.json")));
        Assert.True(File.Exists(line.At("ecs/api/task-definition.json")));
    }

    [Fact]
    public async Task Twice_is_nothing_to_add()
    {
        await line.RunAsync("add postgres");
        var before = line.Contents();
        var called = await line.RunAsync("add postgres");
        Assert.Equal(0, called.Exit);
        Assert.Matches("^nothing to add: `postgres` is at .*duskstack.yaml:8:1\nnothing to add: `needs of api` is at .*duskstack.yaml:6:58\n$", called.Out);
        Assert.Equal(before, line.Contents());
    }

    [Theory]
    [InlineData("add service api --stack python", "`api` is there already, without `stack: python`")]
    [InlineData("add service web --stack nodejs", "did you mean `node`?")]
    [InlineData("add service web --stack node --port 70000", "`--port` takes ")]
    [InlineData("add postgres --to ap", "did you mean `api`?")]
    [InlineData("add proxy --tls letsencrypt", "needs a `domain`")]
    [InlineData("add service Web --stack node", "did you mean `web`?")]
    public async Task Mistake_ends_with_64_and_writes_nothing(string arguments, string said)
    {
        var called = await line.RunAsync(arguments);
        Assert.Equal((64, ""), (called.Exit, called.Out));
        Assert.Contains(said, called.Error, StringComparison.Ordinal);
        Assert.Equal(["duskstack.yaml"], line.Files());
        Assert.Equal(Manifest, Read());
    }

    [Fact]
    public async Task What_would_be_invalid_is_shown_as_it_would_be_written()
    {
        Write(Manifest + "valkey: {}\n");
        var called = await line.RunAsync("add redis");
        Assert.Equal(64, called.Exit);
        Assert.Contains("would be no valid manifest, so nothing was written\nhint: the places below are those of the text that would have been written\n", called.Error, StringComparison.Ordinal);
        Assert.Contains("duskstack.yaml:8:1: error DS1104: `redis` and `valkey` exclude each other\n     8 | valkey: {}\n", called.Error, StringComparison.Ordinal);
        Assert.Equal(Manifest + "valkey: {}\n", Read());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" --json")]
    public async Task Dry_run_shows_the_manifests_diff_and_writes_nothing(string json)
    {
        var called = await line.RunAsync($"add postgres --dry-run{json}");
        Assert.Equal(0, called.Exit);
        Assert.Equal(["duskstack.yaml"], line.Files());
        Assert.Equal(Manifest, Read());
        var said = json.Length == 0 ? called.Out : JsonDocument.Parse(called.Out).RootElement.GetProperty("diff").GetString()!;
        Assert.StartsWith("--- a/duskstack.yaml\n+++ b/duskstack.yaml\n@@ -3,4 +3,6 @@\n", said, StringComparison.Ordinal);
        Assert.Contains("\n+  api: { stack: node, path: api, routes: [/api], needs: [postgres] }   # the API\n+\n+postgres: { version: 17 }\n", said, StringComparison.Ordinal);
        Assert.Contains("compose.yaml", called.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_goes_to_stdout_alone()
    {
        var called = await line.RunAsync("add redis --json");
        using var report = JsonDocument.Parse(called.Out);
        Assert.Equal(("duskstack.yaml", "updated"), (report.RootElement.GetProperty("files")[0].GetProperty("path").GetString(), report.RootElement.GetProperty("files")[0].GetProperty("action").GetString()));
        foreach (var (arguments, exit) in new[] { ("add redis --json", 0), ("add service api --stack spa --json", 64) })
        {
            called = await line.RunAsync(arguments);
            using var other = JsonDocument.Parse(called.Out);
            Assert.Equal((exit, exit), (called.Exit, other.RootElement.GetProperty("exit").GetInt32()));
        }
    }

    [Fact]
    public async Task Undo_brings_manifest_and_files_back_and_undone_twice_is_done_again()
    {
        await line.RunAsync("generate");
        var before = line.Contents();
        await line.RunAsync("add redis");
        var after = line.Contents();
        Assert.Contains(Directory.EnumerateDirectories(line.At(".duskstack/backup")), run => File.Exists(Path.Combine(run, "duskstack.yaml")) && File.ReadAllText(Path.Combine(run, "duskstack.yaml")) == Manifest);

        Assert.Equal(0, (await line.RunAsync("undo")).Exit);
        Assert.Equal(before, line.Contents());
        Assert.StartsWith("nothing to do", (await line.RunAsync("generate")).Out, StringComparison.Ordinal);
        Assert.Equal(0, (await line.RunAsync("undo")).Exit);
        Assert.Equal(after, line.Contents());
    }

    [Fact]
    public async Task Undo_leaves_a_manifest_alone_that_was_edited_since()
    {
        await line.RunAsync("add redis");
        Write(Read() + "# mine\n");
        var before = line.Contents();
        Assert.Equal(4, (await line.RunAsync("undo")).Exit);
        Assert.Equal(before, line.Contents());
    }

    [Fact]
    public async Task Mode_and_line_ends_stay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no modes");
        Write(Manifest.Replace("\n", "\r\n", StringComparison.Ordinal));
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
#pragma warning disable CA1416 // Skipped above where there are none.
        File.SetUnixFileMode(line.At("duskstack.yaml"), Mode);
        Assert.Equal(0, (await line.RunAsync("add redis")).Exit);
        Assert.Equal(Mode, File.GetUnixFileMode(line.At("duskstack.yaml")));
#pragma warning restore CA1416
        Assert.EndsWith("needs: [redis] }   # the API\r\n\r\nredis: { version: 8 }\r\n", Read(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("read-only")]
    [InlineData("outside")]
    public async Task Manifest_that_must_not_be_written_is_refused_and_nothing_else_is_written(string kind)
    {
        var (file, arguments) = (line.At("duskstack.yaml"), "add redis");
        if (kind == "link")
        {
            File.Move(file, line.At("real.yaml"));
            File.CreateSymbolicLink(file, line.At("real.yaml"));
        }
        else if (kind == "read-only")
        {
            File.SetAttributes(file, FileAttributes.ReadOnly);
        }
        else
        {
            Directory.CreateDirectory(line.At("inner"));
        }

        var called = kind == "outside" ? await CommandLine.CallAsync($"{arguments} -f {file} --directory {line.At("inner")}") : await line.RunAsync(arguments);
        Assert.Equal((4, ""), (called.Exit, called.Out));
        Assert.Contains("DS2002", called.Error, StringComparison.Ordinal);
        Assert.Equal(Manifest, Read());
        Assert.DoesNotContain(line.Files(), path => path.EndsWith("compose.yaml", StringComparison.Ordinal));
        File.SetAttributes(line.At(kind == "link" ? "real.yaml" : "duskstack.yaml"), FileAttributes.Normal);
    }

    [Fact]
    public async Task Form_that_cannot_be_edited_is_refused_with_what_to_write()
    {
        Write("version: 1\nname: shop\nx-api: &api { stack: node }\nservices:\n  api: *api\n");
        var called = await line.RunAsync("add redis");
        Assert.Equal((4, ""), (called.Exit, called.Out));
        Assert.Contains("duskstack.yaml:5:3: error DS1450: the manifest was not edited: `api` is an alias", called.Error, StringComparison.Ordinal);
        Assert.Contains("hint: write it by hand, below `services: api:`:\n    needs: [redis]\n", called.Error, StringComparison.Ordinal);
        Assert.Equal(["duskstack.yaml"], line.Files());
    }

    [Theory]
    [InlineData("add service web --stack ", "nextjs node python spa")]
    [InlineData("add service web --base ", "alpine distroless minimal slim")]
    [InlineData("add ", "ecs monitoring postgres proxy redis service valkey")]
    public void Choices_are_completed(string typed, string expected) =>
        Assert.Equal(expected.Split(' '), CommandTree.Create(Terminal.OfProcess()).Parse(typed).GetCompletions(typed.Length).Select(item => item.Label).Where(label => char.IsLetter(label[0])).Order(StringComparer.Ordinal));

    private void Write(string text) => File.WriteAllText(line.At("duskstack.yaml"), text);

    private string Read() => File.ReadAllText(line.At("duskstack.yaml"));
}

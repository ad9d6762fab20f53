using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json;
using Xunit;

namespace DuskStack.Containers.Tests.Generated;

/// <summary>Every generated file, read by the tools that will read it at its owner's.</summary>
public sealed class Generated_files_please_their_tools
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineTheory]
    [MemberData(nameof(GeneratedTree.Names), "image", MemberType = typeof(GeneratedTree))]
    public async Task Docker_build_check_warns_of_nothing(string tree)
    {
        using TestFolder folder = GeneratedTree.Named(tree);
        foreach (string dockerfile in GeneratedTree.Files(folder, "Dockerfile*"))
        {
            // A check asks for the base image, and the mirror of the golden trees does not exist.
            folder.Write(dockerfile, (await File.ReadAllTextAsync(folder[dockerfile], Cancellation)).Replace("mirror.acme.example/library/", "", StringComparison.Ordinal).Replace("mirror.acme.example/", "", StringComparison.Ordinal));
            LintResult result = await BuildCheck.Run(TestEngine.Shared, folder[Path.GetDirectoryName(dockerfile)!], Path.GetFileName(dockerfile), Cancellation);
            Assert.True(result.Clean, $"{dockerfile}:\n{result.Report}");
        }
    }

    [EngineTheory]
    [MemberData(nameof(GeneratedTree.Names), "compose.yaml compose.prod.yaml", MemberType = typeof(GeneratedTree))]
    public async Task Compose_reads_both_files_without_a_word(string tree)
    {
        using TestFolder folder = GeneratedTree.Named(tree);
        foreach (string file in new[] { "compose.yaml", "compose.prod.yaml" })
        {
            ProcessOutcome config = await new ComposeProject(TestEngine.Shared, folder.Path, file, "lint") { Environment = GeneratedTree.Demanded(folder[file]) }.Config(Cancellation);
            Assert.Equal((0, "", ""), (config.ExitCode, config.Errors, config.Output));
        }
    }

    [EngineTheory]
    [MemberData(nameof(GeneratedTree.Names), "compose.prod.yaml", MemberType = typeof(GeneratedTree))]
    public async Task Production_asks_for_every_variable_that_it_demands(string tree)
    {
        using TestFolder folder = GeneratedTree.Named(tree);
        ImmutableDictionary<string, string?> demanded = GeneratedTree.Demanded(folder["compose.prod.yaml"]);
        foreach (string name in demanded.Keys)
        {
            ProcessOutcome config = await new ComposeProject(TestEngine.Shared, folder.Path, "compose.prod.yaml", "lint") { Environment = demanded.SetItem(name, null) }.Config(Cancellation);
            Assert.NotEqual(0, config.ExitCode);
            Assert.Contains(name, config.Errors, StringComparison.Ordinal);
        }
    }

    [EngineTheory]
    [MemberData(nameof(GeneratedTree.Names), "docker-bake.hcl", MemberType = typeof(GeneratedTree))]
    public async Task Bake_builds_every_image_of_production(string tree)
    {
        using TestFolder folder = GeneratedTree.Named(tree);
        if (!File.Exists(folder["docker-bake.hcl"]))
        {
            Assert.DoesNotContain("build:", await File.ReadAllTextAsync(folder["compose.prod.yaml"], Cancellation), StringComparison.Ordinal);
            return;
        }

        ProcessOutcome print = await (TestEngine.Shared.Docker("buildx", "bake", "--file", "docker-bake.hcl", "--print") with { Folder = folder.Path }).Run(Cancellation);
        using JsonDocument plan = JsonDocument.Parse(print.Text);
        ImmutableArray<string> baked = [.. plan.RootElement.GetProperty("target").EnumerateObject().Select(t => t.Value.GetProperty("tags")[0].GetString()!).Order(StringComparer.Ordinal)];
        Assert.DoesNotContain("warning", print.Errors, StringComparison.OrdinalIgnoreCase);

        ComposeProject production = new(TestEngine.Shared, folder.Path, "compose.prod.yaml", "lint") { Environment = GeneratedTree.Demanded(folder["compose.prod.yaml"]) };
        using JsonDocument compose = JsonDocument.Parse((await production.Call("config", "--format", "json").Run(Cancellation)).Text);
        ImmutableArray<string> built = [.. compose.RootElement.GetProperty("services").EnumerateObject().Where(s => s.Value.TryGetProperty("build", out _)).Select(s => s.Value.GetProperty("image").GetString()!).Order(StringComparer.Ordinal)];
        Assert.Equal(built, baked);
    }

    [Theory]
    [MemberData(nameof(GeneratedTree.Names), "image", MemberType = typeof(GeneratedTree))]
    public async Task Hadolint_finds_nothing(string tree)
    {
        if (await Hadolint.Find(TestEngine.OrNull, Cancellation) is not { } hadolint)
        {
            Assert.Skip("skipped: no hadolint on the PATH or in HADOLINT, and its image does not run");
            return;
        }

        using TestFolder folder = GeneratedTree.Named(tree);
        foreach (string dockerfile in GeneratedTree.Files(folder, "Dockerfile*"))
        {
            LintResult result = await hadolint.Run(folder[dockerfile], folder[".hadolint.yaml"], Cancellation);
            Assert.True(result.Clean, $"{dockerfile}:\n{result.Report}");
        }
    }

    /// <summary>A rule that is left out says why, and would find something: reasons outlive what they were for.</summary>
    [Fact]
    public async Task Every_rule_that_hadolint_leaves_out_has_a_reason_and_is_needed()
    {
        if (await Hadolint.Find(TestEngine.OrNull, Cancellation) is not { } hadolint)
        {
            Assert.Skip("skipped: no hadolint on the PATH or in HADOLINT, and its image does not run");
            return;
        }

        int rules = 0;
        foreach (GeneratedTree tree in GeneratedTree.All)
        {
            using TestFolder folder = tree.Write();
            // Nothing is left out in a Dockerfile, where it would stand without being seen.
            Assert.All(GeneratedTree.Files(folder, "Dockerfile*"), d => Assert.DoesNotContain("hadolint ignore", File.ReadAllText(folder[d]), StringComparison.Ordinal));
            if (!File.Exists(folder[".hadolint.yaml"])) continue;
            string[] lines = await File.ReadAllLinesAsync(folder[".hadolint.yaml"], Cancellation);
            foreach ((int number, string rule) in lines.Select((l, i) => (i, l.Trim())).Where(l => l.Item2.StartsWith("- ", StringComparison.Ordinal)))
            {
                rules++;
                Assert.Matches(@"^\s*# .{30,}", lines[number - 1]);
                await File.WriteAllLinesAsync(folder["without.yaml"], lines.Where(l => l.Trim() != rule).Append("failure-threshold: ignore"), Cancellation);
                string found = "";
                foreach (string dockerfile in GeneratedTree.Files(folder, "Dockerfile*")) found += (await hadolint.Run(folder[dockerfile], folder["without.yaml"], Cancellation)).Report;
                Assert.True(found.Contains(rule[2..], StringComparison.Ordinal), $"{tree.Name}: {rule[2..]} is left out, and finds nothing");
            }
        }

        Assert.True(rules > 10, $"only {rules} rules are left out: does this test see them?");
    }

    [Theory]
    [MemberData(nameof(GeneratedTree.Names), "scripts", MemberType = typeof(GeneratedTree))]
    public async Task Bash_and_shellcheck_accept_every_script(string tree)
    {
        using TestFolder folder = GeneratedTree.Named(tree);
        foreach (string script in GeneratedTree.Files(folder, "*.sh"))
        {
            ProcessOutcome syntax = await new ProcessCall("bash", ["-n", folder[script]]).Run(Cancellation);
            Assert.Equal((0, ""), (syntax.ExitCode, syntax.Errors));
            try
            {
                ProcessOutcome style = await new ProcessCall("shellcheck", [folder[script]]).Run(Cancellation);
                Assert.True(style.Succeeded, $"{script}:\n{style.Output}");
            }
            catch (Win32Exception)
            {
                Assert.Skip("skipped: no shellcheck on the PATH; bash accepts the syntax");
            }
        }
    }
}

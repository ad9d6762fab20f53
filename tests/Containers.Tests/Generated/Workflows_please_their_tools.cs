using System.ComponentModel;
using Xunit;

namespace DuskStack.Containers.Tests.Generated;

/// <summary>The workflow for GitHub, read by a checker of its syntax and by one of its security.</summary>
public sealed class Workflows_please_their_tools
{
    private const string Workflow = ".github/workflows/containers.yml";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task Actionlint_finds_nothing(string tree)
    {
        using TestFolder folder = GeneratedTree.Named(tree);
        ProcessOutcome lint = await Run("actionlint", "-no-color", folder[Workflow]);
        Assert.Equal((0, ""), (lint.ExitCode, lint.Output + lint.Errors));
    }

    /// <summary>Of all that it looks for; the bot's settings are read as well.</summary>
    [Theory]
    [MemberData(nameof(Trees))]
    public async Task Zizmor_finds_nothing(string tree)
    {
        using TestFolder folder = GeneratedTree.Named(tree);
        ProcessOutcome audit = await Run("zizmor", "--offline", "--no-progress", "--quiet", "--color=never", folder[".github"]);
        Assert.True(audit.Succeeded && audit.Output.Contains("No findings to report", StringComparison.Ordinal), audit.Output + audit.Errors);
    }

    [Fact]
    public async Task They_see_what_is_wrong()
    {
        using var folder = new TestFolder("workflow");
        folder.Write(Workflow, """
            on: pull_request
            jobs:
              build:
                runs-on: ubuntu-24.04
                steps:
                  - uses: actions/checkout@v6
                  - run: echo ${{ github.event.pull_request.title }} $undefined
                  - run: echo "${{ nothing.at.all }}"
            """);
        ProcessOutcome lint = await Run("actionlint", "-no-color", folder[Workflow]);
        Assert.NotEqual(0, lint.ExitCode);
        Assert.Contains("undefined variable \"nothing\"", lint.Output, StringComparison.Ordinal);
        Assert.Contains("potentially untrusted", lint.Output, StringComparison.Ordinal);
        Assert.Contains("SC2086", lint.Output, StringComparison.Ordinal);

        ProcessOutcome audit = await Run("zizmor", "--offline", "--no-progress", "--quiet", "--color=never", folder[".github"]);
        Assert.NotEqual(0, audit.ExitCode);
        foreach (string rule in new[] { "template-injection", "unpinned-uses", "excessive-permissions", "artipacked" })
            Assert.Contains(rule, audit.Output, StringComparison.Ordinal);
    }

    public static TheoryData<string> Trees()
    {
        var names = new TheoryData<string>();
        foreach (GeneratedTree tree in GeneratedTree.All)
        {
            using TestFolder folder = tree.Write();
            if (File.Exists(folder[Workflow]))
                names.Add(tree.Row("workflow"));
        }

        return names;
    }

    private static async Task<ProcessOutcome> Run(string program, params string[] arguments)
    {
        try
        {
            return await new ProcessCall(program, [.. arguments]).Run(Cancellation);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"skipped: no {program} on the PATH");
            throw;
        }
    }
}

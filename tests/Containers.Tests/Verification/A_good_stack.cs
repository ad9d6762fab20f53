using System.Text.Json;
using DuskStack.Containers.Verification;
using DuskStack.Containers.Verification.Reports;
using Xunit;

namespace DuskStack.Containers.Tests.Verification;

/// <summary>The server of one file behind what is generated for it: every check passes, and the reports say so. Not beside the broken ones: it is searched for what verify leaves behind.</summary>
[Collection(nameof(VerifiedStack))]
public sealed class A_good_stack
{
    private const string Manifest = "services: { api: { stack: node, stop: 2s, secrets: [SOME_KEY], budget: { image: 300MB, healthy: 1m } } }\nbudget: { memory: 200M }\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    public async Task Passes_and_leaves_nothing_behind()
    {
        using var stack = VerifiedStack.Of(Manifest, small: true);
        string[] before = Tree(stack);
        VerifyReport report = await stack.Verify([Stage.Lint, Stage.Build, Stage.Run], [], Cancellation);
        string said = PlainReport.Write(report);
        Assert.False(report.HasFailures, said);
        Assert.Contains("api", said, StringComparison.Ordinal);
        Assert.Equal(CheckList.All.Where(c => c.Stage != Stage.Lint).Select(c => c.Name), report.Results.Where(r => r.Check.Stage != Stage.Lint).Select(r => r.Check.Name));
        Assert.Equal(before, Tree(stack));
        Assert.Empty((await TestEngine.Shared.Docker("ps", "--all", "--quiet", "--filter", "name=^broken-verify-").Run(Cancellation)).Text);
        Assert.Empty((await TestEngine.Shared.Docker("image", "ls", "--quiet", "--filter", "reference=broken-api:verify-*").Run(Cancellation)).Text);

        using JsonDocument json = JsonDocument.Parse(JsonReport.Write(report, 0));
        JsonElement image = json.RootElement.GetProperty("images")[0], container = json.RootElement.GetProperty("containers")[0];
        long here = image.GetProperty("size").GetProperty("here").GetInt64(), above = image.GetProperty("size").GetProperty("aboveBase").GetInt64();
        Assert.InRange(above, 1, 10_000);
        Assert.Equal(here, image.GetProperty("layers").EnumerateArray().Sum(l => l.GetProperty("size").GetInt64()));
        Assert.Equal(image.GetProperty("standIn").GetBoolean() ? image.GetProperty("publishedBase").GetInt64() + above : here, image.GetProperty("size").GetProperty("counted").GetInt64());
        Assert.Equal(("api", 200, 143), (container.GetProperty("name").GetString(), container.GetProperty("status").GetInt32(), container.GetProperty("exitCode").GetInt32()));
        Assert.InRange(container.GetProperty("memory").GetInt64(), 1_000_000, 200_000_000);
        Assert.InRange(container.GetProperty("healthy").GetDouble(), 0.1, 60);

        string markdown = MarkdownReport.Write(report), html = HtmlReport.Write(report);
        Assert.Contains("| api |", markdown, StringComparison.Ordinal);
        Assert.Contains("budget 300.0 MB", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    /// <summary>Migrations of a try must not reach a real database, and without one nothing would start.</summary>
    [EngineFact]
    public async Task Has_an_empty_server_for_what_runs_elsewhere()
    {
        using var stack = VerifiedStack.Of("services: { api: { stack: node, stop: 2s, needs: [redis] } }\nredis: { external: true }\n", small: true);
        stack.Folder.Write("services/api/server.js", """
            const { hostname, port } = new URL(require('fs').readFileSync('/run/secrets/REDIS_URL', 'utf8'))
            const ask = (answer) => require('net').connect(port, hostname).on('connect', function () { this.destroy(); answer(200) }).on('error', () => answer(503))
            require('http').createServer((q, s) => ask((code) => { s.statusCode = code; s.end() })).listen(3000)

            """);
        VerifyReport report = await stack.Verify([Stage.Run], ["healthy"], Cancellation);
        string said = PlainReport.Write(report);
        Assert.Equal((1, 0, 0), (report.Count(Outcome.Passed), report.Count(Outcome.Failed), report.Count(Outcome.NotRun)));
        Assert.Contains("took the place of redis", said, StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task Leaves_nothing_behind_when_it_is_cancelled()
    {
        using var stack = VerifiedStack.Of(Manifest, small: true);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<VerifyReport> running = stack.Verify([Stage.Run], [], cancel.Token);
        Assert.NotNull(await Polling.Until(async () => (await TestEngine.Shared.Docker("ps", "--quiet", "--filter", "name=^broken-verify-").Run(Cancellation)).Text is { Length: > 0 } id ? id : null, TimeSpan.FromMinutes(2), Cancellation));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Empty((await TestEngine.Shared.Docker("ps", "--all", "--quiet", "--filter", "name=^broken-verify-").Run(Cancellation)).Text);
    }

    [Fact]
    public async Task Is_not_passed_without_an_engine_but_not_run()
    {
        using var stack = VerifiedStack.Of(Manifest, small: true);
        VerifyReport report = await new Verifier(null, "no container engine: it is switched off", stack).Run(new(stack.Folder.Path, stack.Plan, []) { Stages = [Stage.Build, Stage.Run] }, Cancellation);
        Assert.All(report.Results, r => Assert.Equal((Outcome.NotRun, "no container engine: it is switched off"), (r.Verdict.Outcome, r.Verdict.Message)));
        Assert.Equal(CheckList.All.Count(c => c.Stage != Stage.Lint), report.Results.Length);
    }

    private static string[] Tree(VerifiedStack stack) =>
        [.. Directory.EnumerateFiles(stack.Folder.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Order(StringComparer.Ordinal).Select(f => $"{f} {File.ReadAllText(f).Length}")];
}

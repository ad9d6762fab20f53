using System.Collections.Immutable;
using DuskStack.Containers.Verification;
using DuskStack.Images;
using DuskStack.Outputs;
using DuskStack.Planning;

namespace DuskStack.Containers.Tests.Verification;

/// <summary>A generated tree to verify.</summary>
public sealed class VerifiedStack : IDisposable, IVerifyProgress
{
    private readonly TestFolder folder = new("verified");

    private VerifiedStack(string manifest, bool small)
    {
        Plan = Rendered.Into(folder, $"version: 1\nname: broken\n{manifest}");
        Files = [.. OutputList.Render(Plan)];
        if (small)
            WriteServer();
    }

    public TestFolder Folder => folder;

    public Plan Plan { get; }

    private ImmutableArray<RenderedFile> Files { get; }

    /// <param name="manifest">What stands below <c>name:</c>.</param>
    /// <param name="small">True for an application of one file in place of the service <c>api</c>.</param>
    public static VerifiedStack Of(string manifest, bool small) => new(manifest, small);

    public Task<VerifyReport> Verify(ImmutableHashSet<Stage> stages, ImmutableArray<string> checks, CancellationToken cancellation, Engine? engine = null) =>
        new Verifier(engine ?? TestEngine.OrNull, "no container engine", this).Run(new(folder.Path, Plan, Files) { Stages = stages, Checks = checks }, cancellation);

    public void Begin(Stage stage, string what)
    {
    }

    public void Found(CheckResult result)
    {
    }

    public void Dispose() => folder.Dispose();

    private void WriteServer()
    {
        folder.Write("services/api/server.js", "require('http').createServer((q, s) => { s.statusCode = 200; s.end() }).listen(3000)\n");
        folder.Write("services/api/.dockerignore", "");
        folder.Write("services/api/Dockerfile", $"""
            FROM {ImageCatalog.Shared.Default("node", "slim").Reference} AS runtime
            COPY server.js /app/
            USER 10001:10001
            HEALTHCHECK --interval=1s --timeout=2s --retries=2 CMD ["node", "-e", "fetch('http://127.0.0.1:3000/health').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
            CMD ["node", "/app/server.js"]

            """);
    }
}

using System.Collections.Immutable;
using DuskStack.Containers;
using DuskStack.Containers.Tests;
using DuskStack.Images;
using DuskStack.Planning;

namespace DuskStack.Benchmarks;

/// <summary>One row: the starter of a package manager with PostgreSQL and Redis, in production.</summary>
public sealed record Measurement
{
    public required string PackageManager { get; init; }

    /// <summary>Bytes of the image's uncompressed layers, and how many of them its base has.</summary>
    public required long Size { get; init; }
    public required long BaseSize { get; init; }
    public required BaseImage Base { get; init; }

    /// <summary>True when the base was made on this machine in place of the published one.</summary>
    public required bool StandIn { get; init; }
    public required TimeSpan ColdBuild { get; init; }
    public required TimeSpan WarmBuild { get; init; }
    public required TimeSpan Healthy { get; init; }
    public required TimeSpan Stop { get; init; }
    public required long Memory { get; init; }

    public static async Task<Measurement> Of(string packageManager, CancellationToken cancellation)
    {
        using var folder = new TestFolder("benchmark");
        // A name of its own gives every cache mount an id of its own: the first build downloads everything.
        Plan plan = Rendered.Into(folder, Manifest($"bench-{Path.GetRandomFileName()[..6]}", packageManager), starter: true);
        await using TestStack stack = TestStack.Of(folder, plan, production: true);
        var request = new BuildRequest(folder["services/api"], stack.Images[0]) { Target = "runtime" };

        ImageBuild cold = await Build(request with { Fresh = true }, cancellation);
        folder.Edit("services/api/src/health.ts", "status: 'ok'", "status: 'fine'");
        ImageBuild warm = await Build(request with { Tag = stack.FurtherImage("edited") }, cancellation);
        ImageFacts facts = await ImageFacts.Of(TestEngine.Shared, stack.Images[0], cancellation);
        ImageFacts foundation = await ImageFacts.Of(TestEngine.Shared, plan.Images[0].Bases[0].Reference, cancellation);

        (await new ProcessCall("bash", ["scripts/secrets.sh"]) { Folder = folder.Path }.Run(cancellation)).OrThrow();
        DateTimeOffset start = DateTimeOffset.UtcNow;
        await stack.Up(cancellation);
        Container api = await stack.Project.Container("api", cancellation);
        ImmutableArray<EngineEvent> events = await EngineEvents.Since(TestEngine.Shared, start, [$"container={api.Id}"], cancellation);
        TimeSpan healthy = events.First(e => e.Action == "health_status: healthy").At - events.First(e => e.Action == "start").At;
        long memory = await AtRest(api, cancellation);
        using OpenConnections connections = await OpenConnections.To(stack.Client.BaseAddress!, cancellation);
        ServiceStop stop = (await stack.Project.Stop(cancellation)).Single(s => s.Service == "api");
        return new()
        {
            PackageManager = packageManager,
            Size = facts.Size,
            BaseSize = foundation.Size,
            Base = plan.Images[0].Bases[0],
            StandIn = foundation.Labels.ContainsKey("dev.duskstack.stand-in"),
            ColdBuild = cold.Duration,
            WarmBuild = warm.Duration,
            Healthy = healthy,
            Stop = stop.Duration,
            Memory = memory,
        };
    }

    private static string Manifest(string name, string packageManager) =>
        $$"""
        version: 1
        name: {{name}}
        services:
          api: { stack: node, packageManager: {{packageManager}}, needs: [postgres, redis], migrate: [node, dist/migrate.js] }
        postgres: { version: 17 }
        redis: { version: 8 }
        """;

    private static async Task<ImageBuild> Build(BuildRequest request, CancellationToken cancellation) =>
        await ImageBuild.Run(TestEngine.Shared, request, cancellation) is { Succeeded: true } build ? build : throw new InvalidOperationException("the build failed");

    /// <summary>The least of several looks: a probe that happens to run counts as well.</summary>
    private static async Task<long> AtRest(Container container, CancellationToken cancellation)
    {
        long least = long.MaxValue;
        for (int look = 0; look < 4; look++)
            least = Math.Min(least, await MemoryUse.Of(TestEngine.Shared, container.Id, cancellation));
        return least;
    }
}

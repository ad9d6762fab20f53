using System.Collections.Immutable;
using DuskStack.Containers;
using DuskStack.Containers.Tests;
using DuskStack.Containers.Tests.Matrix;
using DuskStack.Images;

namespace DuskStack.Benchmarks;

/// <summary>One row: the starter of a stack with a package manager on a base, in production.</summary>
public sealed record Measurement
{
    public required MatrixCase Case { get; init; }

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

    public static async Task<Measurement> Of(MatrixCase matrixCase, CancellationToken cancellation)
    {
        // A name of its own gives every cache mount an id of its own: the first build downloads everything.
        await using MatrixProject project = MatrixProject.Render(matrixCase, $"bench-{Path.GetRandomFileName()[..6]}");
        ImageBuild cold = await project.Build(project.Image, fresh: true, cancellation);
        project.Edit();
        ImageBuild warm = await project.Build(project.Stack.FurtherImage("edited"), fresh: false, cancellation);
        BaseImage foundation = project.ImagePlan.Bases[^1];
        ImageFacts facts = await ImageFacts.Of(TestEngine.Shared, project.Image, cancellation);
        ImageFacts? below = foundation.Reference == "scratch" ? null : await ImageFacts.Of(TestEngine.Shared, foundation.Reference, cancellation);
        ImageFacts builder = await ImageFacts.Of(TestEngine.Shared, project.ImagePlan.Bases[0].Reference, cancellation);

        DateTimeOffset start = DateTimeOffset.UtcNow;
        await project.Up(cancellation);
        Container container = await project.Container(cancellation);
        ImmutableArray<EngineEvent> events = await EngineEvents.Since(TestEngine.Shared, start, [$"container={container.Id}"], cancellation);
        TimeSpan healthy = events.First(e => e.Action == "health_status: healthy").At - events.First(e => e.Action == "start").At;
        long memory = await AtRest(container, cancellation);
        using OpenConnections connections = await OpenConnections.To(project.Stack.Client.BaseAddress!, cancellation, project.Traits.Websocket);
        ServiceStop stop = (await project.Stack.Project.Stop(cancellation)).Single(s => s.Service == project.Traits.Service);
        return new()
        {
            Case = matrixCase,
            Size = facts.Size,
            BaseSize = below?.Size ?? 0,
            Base = foundation,
            StandIn = (below ?? builder).Labels.ContainsKey("dev.duskstack.stand-in"),
            ColdBuild = cold.Duration,
            WarmBuild = warm.Duration,
            Healthy = healthy,
            Stop = stop.Duration,
            Memory = memory,
        };
    }

    /// <summary>The least of several looks: a probe that happens to run counts as well.</summary>
    private static async Task<long> AtRest(Container container, CancellationToken cancellation)
    {
        long least = long.MaxValue;
        for (int look = 0; look < 4; look++)
            least = Math.Min(least, await MemoryUse.Of(TestEngine.Shared, container.Id, cancellation));
        return least;
    }
}

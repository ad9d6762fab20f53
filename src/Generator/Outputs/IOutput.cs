using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using DuskStack.Outputs.Ecs;
using DuskStack.Outputs.Monitoring;
using DuskStack.Outputs.Proxy;
using DuskStack.Outputs.Scripts;
using DuskStack.Planning;

namespace DuskStack.Outputs;

/// <summary>One family of generated files. It prints the Plan, and never names a stack.</summary>
public interface IOutput
{
    IEnumerable<RenderedFile> Render(Plan plan);
}

/// <summary>An output about the others: it names their files, so it is rendered after them.</summary>
public interface IOverviewOutput
{
    /// <param name="plan">The Plan.</param>
    /// <param name="others">What the outputs before it have rendered.</param>
    IEnumerable<RenderedFile> Render(Plan plan, ImmutableArray<RenderedFile> others);
}

/// <summary>All outputs, in the order in which their files are written and reported.</summary>
public static class OutputList
{
    public static ImmutableArray<IOutput> All { get; } =
    [
        new ImageOutput(),
        new ComposeOutput(),
        new BakeOutput(),
        new EnvironmentOutput(),
        new SecretsOutput(),
        new BackupOutput(),
        new UpgradeOutput(),
        new ImageScriptsOutput(),
        new SmokeOutput(),
        new HostOutput(),
        new ProxyOutput(),
        new MonitoringOutput(),
        new EcsOutput(),
        new EcsScriptOutput(),
        new ProjectOutput(),
    ];

    public static ImmutableArray<IOverviewOutput> Overviews { get; } =
    [
        new WorkflowOutput(),
        new GuideOutput(),
    ];

    public static ImmutableArray<RenderedFile> Render(Plan plan)
    {
        // None of them knows of another, so they need not wait for each other.
        var rendered = new ImmutableArray<RenderedFile>[All.Length];
        try
        {
            Parallel.For(0, All.Length, i => rendered[i] = [.. All[i].Render(plan)]);
        }
        catch (AggregateException several)
        {
            // The first says which template it is.
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        return Overviews.Aggregate(rendered.SelectMany(files => files).ToImmutableArray(), (files, output) => [.. files, .. output.Render(plan, files)]);
    }
}

using System.Collections.Immutable;
using DuskStack.Outputs.Proxy;
using DuskStack.Outputs.Scripts;
using DuskStack.Planning;

namespace DuskStack.Outputs;

/// <summary>One family of generated files. It prints the Plan, and never names a stack.</summary>
public interface IOutput
{
    IEnumerable<RenderedFile> Render(Plan plan);
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
        new ProjectOutput(),
    ];
}

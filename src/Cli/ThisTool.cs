using System.Reflection;
using DuskStack.Regeneration;

namespace DuskStack.Cli;

internal static class ThisTool
{
    /// <summary>Of this assembly, not of the process: the commands also run inside other programs, tests for one.</summary>
    public static ToolVersion Version { get; } =
        ToolVersion.Parse(typeof(ThisTool).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);
}

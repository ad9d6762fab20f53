using System.Collections.Immutable;

namespace DuskStack.Tests.Bugs;

/// <summary>All rows, each in exactly one group.</summary>
internal static class BugList
{
    public static ImmutableArray<Bug> All { get; } =
    [
        .. ImageBugs.All,
        .. ProbeBugs.All,
        .. ContextBugs.All,
        .. ComposeBugs.All,
        .. NginxBugs.All,
        .. MonitoringBugs.All,
        .. OperationBugs.All,
    ];
}

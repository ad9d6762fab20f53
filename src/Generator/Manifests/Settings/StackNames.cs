using System.Collections.Immutable;

namespace DuskStack.Manifests.Settings;

/// <summary>A stack as the manifest knows it.</summary>
/// <param name="Name">What <c>stack:</c> says.</param>
/// <param name="Summary">What it builds, as the end of the sentence "it ...".</param>
/// <param name="InBrowser">Whether its code runs in browsers, so that <c>public</c> applies.</param>
/// <param name="OwnProcess">Whether the application is a process of its own that can be started, scaled and migrated; false when nginx serves its files.</param>
public sealed record StackName(string Name, string Summary, bool InBrowser, bool OwnProcess);

/// <summary>The closed list of stacks.</summary>
public static class StackNames
{
    public static readonly ImmutableArray<StackName> All =
    [
        new("node", "is an application on Node.js", InBrowser: false, OwnProcess: true),
        new("python", "is an application on Python", InBrowser: false, OwnProcess: true),
        new("nextjs", "is a Next.js application", InBrowser: true, OwnProcess: true),
        new("spa", "is a single-page application whose files nginx serves", InBrowser: true, OwnProcess: false),
    ];

    /// <summary>What people call them, or build with them.</summary>
    internal static readonly ImmutableDictionary<string, string> OtherWords = ImmutableDictionary.CreateRange(new Dictionary<string, string>
    {
        ["js"] = "node", ["javascript"] = "node", ["typescript"] = "node", ["express"] = "node", ["fastify"] = "node", ["nestjs"] = "node", ["nest"] = "node",
        ["py"] = "python", ["fastapi"] = "python", ["django"] = "python", ["flask"] = "python",
        ["next"] = "nextjs", ["next.js"] = "nextjs",
        ["react"] = "spa", ["vite"] = "spa", ["vue"] = "spa", ["angular"] = "spa", ["svelte"] = "spa", ["static"] = "spa", ["nginx"] = "spa",
    });
}

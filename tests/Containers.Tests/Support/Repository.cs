using System.Runtime.CompilerServices;

namespace DuskStack.Containers.Tests;

/// <summary>Folders of this checkout.</summary>
public static class Repository
{
    public static string Root => Path.GetFullPath(Path.Combine(ThisFolder(), "..", "..", ".."));

    /// <summary>Small applications for cases that no starter covers.</summary>
    public static string App(string name) => Path.Combine(ThisFolder(), "..", "apps", name);

    private static string ThisFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

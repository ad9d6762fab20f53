namespace DuskStack.Manifests.Yaml;

/// <summary>How large a manifest may be. Far beyond any real one, and small enough that reading always ends within a second.</summary>
public static class YamlLimits
{
    /// <summary>Of one file, in bytes.</summary>
    public const int Bytes = 1024 * 1024;

    /// <summary>Values of one file with every alias written out. A text of a few lines can ask for billions ("billion laughs").</summary>
    public const int Nodes = 50_000;

    /// <summary>Lists and maps inside each other.</summary>
    public const int Depth = 64;

    /// <summary>Files that extend each other, the manifest not counted.</summary>
    public const int Extends = 5;
}

namespace DuskStack.Regeneration;

/// <summary>Where the tool keeps what it knows, relative to the project.</summary>
public static class OwnPaths
{
    public const string Folder = ".duskstack";
    public const string State = ".duskstack/state.json";
    public const string Bases = ".duskstack/base";
    public const string Pendings = ".duskstack/pending";
    public const string Backups = ".duskstack/backup";
    public const string Transaction = ".duskstack/txn";
    public const string Journal = ".duskstack/txn/journal.json";
    public const string Lock = ".duskstack/lock";
    public const string Ignore = ".duskstack/.gitignore";
    public const string Attributes = ".duskstack/.gitattributes";

    /// <summary>The manifest as <c>dotnet new</c> wrote it, until something is generated: <see cref="FirstBases"/>.</summary>
    public const string First = ".duskstack/first.yaml";
    public const string Schema = ".duskstack/schema.json";

    /// <summary>The suffix keeps bots, scanners and nested ignore files from taking the copy for a live file.</summary>
    public const string BaseSuffix = ".base";

    public static string Base(string path) => $"{Bases}/{path}{BaseSuffix}";

    public static string Pending(string path) => $"{Pendings}/{path}";

    public static bool IsOwn(string path) => path.StartsWith(Folder + "/", StringComparison.Ordinal);
}

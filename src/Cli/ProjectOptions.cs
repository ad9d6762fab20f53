using System.CommandLine;

namespace DuskStack.Cli;

/// <summary>Which project a command is about: options of every command.</summary>
public sealed class ProjectOptions
{
    private readonly Option<string> file = new("--file", "-f")
    {
        Description = "The manifest, relative to the project's folder",
        HelpName = "path",
        DefaultValueFactory = _ => "duskstack.yaml",
        Recursive = true,
    };

    private readonly Option<string> directory = new("--directory")
    {
        Description = "The project's folder, into which files are generated",
        HelpName = "path",
        DefaultValueFactory = _ => ".",
        Recursive = true,
    };

    public IEnumerable<Option> All => [file, directory];

    public ProjectLocation Bind(ParseResult result) => new(result.GetRequiredValue(directory), result.GetRequiredValue(file));
}

/// <param name="Directory">As the user gave it.</param>
/// <param name="File">As the user gave it, relative to <paramref name="Directory"/>.</param>
public sealed record ProjectLocation(string Directory, string File)
{
    public string FullDirectory => Path.GetFullPath(Directory);

    public string FullFile => Path.GetFullPath(Path.Combine(Directory, File));

    /// <summary>How messages name a file: relative to where the user stands, or whole where that is shorter.</summary>
    public static string NameOf(string full)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, full).Replace('\\', '/');
        return relative.Length <= full.Length ? relative : full;
    }
}

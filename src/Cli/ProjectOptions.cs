using System.CommandLine;
using DuskStack.Diagnostics;

namespace DuskStack.Cli;

/// <summary>Which project a command is about: options of every command.</summary>
public sealed class ProjectOptions
{
    private readonly Option<string?> file = new("--file", "-f")
    {
        Description = "The manifest [default: duskstack.yaml in the project's folder]",
        HelpName = "path",
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

    /// <summary>Null where no command line was read: help asks for completions as well.</summary>
    public ProjectLocation? TryBind(ParseResult result) => result.GetResult(directory) is null ? null : Bind(result);

    public ProjectLocation Bind(ParseResult result) => new(result.GetRequiredValue(directory), result.GetValue(file));
}

/// <param name="Directory">As the user gave it.</param>
/// <param name="File">As the user gave it, relative to where they stand; null for the one in <paramref name="Directory"/>.</param>
public sealed record ProjectLocation(string Directory, string? File)
{
    public string FullDirectory => Path.GetFullPath(Directory);

    public string FullFile => Path.GetFullPath(File ?? Path.Combine(Directory, "duskstack.yaml"));

    /// <summary>The manifest as the state names it: relative to the project, with <c>/</c>.</summary>
    public string ManifestPath => Path.GetRelativePath(FullDirectory, FullFile).Replace('\\', '/');

    /// <summary>What is wrong with the names themselves; null when files may be looked for under them.</summary>
    public Diagnostic? Mistake()
    {
        if (string.IsNullOrEmpty(Directory) || File?.Length == 0)
            return new(DiagnosticCodes.ManifestMissing, Severity.Error, null, $"`{(File?.Length == 0 ? "--file" : "--directory")}` is empty", "leave it out, or give it a path");

        try
        {
            _ = Environment.CurrentDirectory;
            return System.IO.File.Exists(FullDirectory)
                ? new(DiagnosticCodes.ManifestMissing, Severity.Error, null, $"`--directory` names {Quoted.Text(Directory)}, which is not a folder", "`--file` names a manifest, `--directory` the project's folder")
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(DiagnosticCodes.ManifestMissing, Severity.Error, null, "the current folder does not exist any more", "change to a folder that exists");
        }
    }

    /// <summary>How messages name a file: relative to where the user stands, or whole where that is shorter.</summary>
    public static string NameOf(string full)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, full).Replace('\\', '/');
        return relative.Length <= full.Length ? relative : full;
    }
}

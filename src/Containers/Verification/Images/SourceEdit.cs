using DuskStack.Planning;

namespace DuskStack.Containers.Verification.Images;

/// <summary>A small change of one source file, as a person's next edit would be; in the copy.</summary>
public static class SourceEdit
{
    /// <summary>What a line of comment begins with, by the ending of the file.</summary>
    private static readonly Dictionary<string, string> Comments = new(StringComparer.Ordinal)
    {
        [".ts"] = "//", [".tsx"] = "//", [".js"] = "//", [".jsx"] = "//", [".mjs"] = "//", [".cjs"] = "//", [".py"] = "#",
    };

    /// <returns>The file's path, relative to the project; null when there is none.</returns>
    public static string? Make(ProjectCopy copy, ImagePlan image)
    {
        // What is watched in development is what people edit.
        string[] places = [.. image.Watch.Where(w => w.Action != "rebuild").Select(w => w.Path).Append(Path.GetDirectoryName(ImagePlanning.Join(image.Context, image.Dockerfile)) ?? ".")];
        string? file = places.SelectMany(p => Sources(copy.At(p))).FirstOrDefault();
        if (file is null)
            return null;
        File.AppendAllText(file, $"\n{Comments[Path.GetExtension(file)]} {Guid.NewGuid()}\n");
        return Path.GetRelativePath(copy.Folder, file);
    }

    private static IEnumerable<string> Sources(string place) =>
        File.Exists(place) && Comments.ContainsKey(Path.GetExtension(place)) ? [place]
        : Directory.Exists(place) ? Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories).Where(f => Comments.ContainsKey(Path.GetExtension(f)) && !IsAside(f)).Order(StringComparer.Ordinal)
        : [];

    /// <summary>Tests and settings stay out of images.</summary>
    private static bool IsAside(string file) => file.Contains("test", StringComparison.OrdinalIgnoreCase) || Path.GetFileName(file).Contains(".config.", StringComparison.Ordinal) || file.Contains("/migrations/", StringComparison.Ordinal);
}

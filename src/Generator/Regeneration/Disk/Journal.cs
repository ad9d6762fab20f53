using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DuskStack.Regeneration.Disk;

/// <summary>One rename or removal of a run.</summary>
/// <param name="Group">The file it is done for: when one step of a group is refused, the later ones are not done either.</param>
/// <param name="Target">The path that changes.</param>
/// <param name="Remove">It is removed; otherwise the staged bytes take its place.</param>
/// <param name="Expected">SHA-256 of what must still be there, or <see cref="Nothing"/>; null when it does not matter.</param>
internal sealed record Step(string Group, string Target, bool Remove, string? Expected)
{
    public const string Nothing = "nothing";
}

/// <summary>
/// Written before anything is staged and again before the first file is replaced, so that the next run knows what an interrupted one left
/// behind: until <paramref name="Committed"/> its staged files are discarded, afterwards its steps are completed.
/// </summary>
/// <param name="Run">Names the staged files.</param>
/// <param name="Committed">All is staged and backed up.</param>
/// <param name="Steps">In the order in which they are done.</param>
/// <param name="NewFolders">Made for staged files.</param>
internal sealed record Journal(string Run, bool Committed, ImmutableArray<Step> Steps, ImmutableArray<string> NewFolders)
{
    public static bool Exists(ProjectFolder folder) => File.Exists(folder.Full(OwnPaths.Journal));

    /// <summary>Throws <see cref="JsonException"/> when it is not one of ours, which includes one that names a place we would not write to.</summary>
    public static Journal Read(ProjectFolder folder)
    {
        var journal = JsonSerializer.Deserialize(File.ReadAllBytes(folder.Full(OwnPaths.Journal)), JournalJson.Default.Journal) ?? throw new JsonException();
        return journal.Run.Length > 0 && !journal.Run.Contains('/', StringComparison.Ordinal) && !journal.Steps.IsDefault && !journal.NewFolders.IsDefault
            && journal.Steps.Select(s => s.Target).Concat(journal.NewFolders).All(IsOurs) ? journal : throw new JsonException();
    }

    public void Save(ProjectFolder folder)
    {
        Directory.CreateDirectory(folder.Full(OwnPaths.Transaction));
        var staged = folder.Full($"{OwnPaths.Journal}.new");
        DurableFile.Write(staged, JsonSerializer.SerializeToUtf8Bytes(this, JournalJson.Default.Journal), null);
        File.Move(staged, folder.Full(OwnPaths.Journal), overwrite: true);
    }

    public static void Delete(ProjectFolder folder) => File.Delete(folder.Full(OwnPaths.Journal));

    private static bool IsOurs(string path)
    {
        var inner = path.StartsWith(OwnPaths.Folder + "/", StringComparison.Ordinal) ? path[(OwnPaths.Folder.Length + 1)..] : path;
        return path == OwnPaths.Folder || PathRules.Refusal(inner) is null;
    }
}

[JsonSerializable(typeof(Journal))]
internal sealed partial class JournalJson : JsonSerializerContext;

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DuskStack.Regeneration.Disk;

/// <summary>One rename or removal of a run.</summary>
/// <param name="Group">The file it is done for: when one step of a group is refused, the later ones are not done either.</param>
/// <param name="Target">The path that changes.</param>
/// <param name="Expected">SHA-256 of what must still be there, or <see cref="Nothing"/>; null when it does not matter.</param>
/// <param name="Result">SHA-256 of what is there afterwards, or <see cref="Nothing"/>: how a later run knows that it is done.</param>
internal sealed record Step(string Group, string Target, string? Expected, string Result)
{
    public const string Nothing = "nothing";

    [JsonIgnore]
    public bool Removes => Result == Nothing;

    public static string HashOf(OnDisk there) => (there as OnDisk.Regular)?.Text.Hash ?? Nothing;
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
    public static bool Exists(ProjectFolder folder) => folder.Look(OwnPaths.Journal) is not OnDisk.Absent;

    /// <summary>Throws <see cref="JsonException"/> when it is not one of ours, which includes one that names a place we would not write to.</summary>
    public static Journal Read(ProjectFolder folder)
    {
        var journal = folder.Look(OwnPaths.Journal) is OnDisk.Regular file ? JsonSerializer.Deserialize(file.Text.Raw.Span, JournalJson.Default.Journal) : null;
        return journal is { Run: not null, Steps.IsDefault: false, NewFolders.IsDefault: false } && Backups.IsName(journal.Run)
            && journal.Steps.All(s => IsOurs(s?.Target) && (s!.Expected is not null || OwnPaths.IsOwn(s.Target))) && journal.NewFolders.All(IsOurs) ? journal : throw new JsonException();
    }

    public void Save(ProjectFolder folder)
    {
        Directory.CreateDirectory(folder.Full(OwnPaths.Transaction));
        var staged = folder.Full($"{OwnPaths.Journal}.new");
        DurableFile.Write(staged, JsonSerializer.SerializeToUtf8Bytes(this, JournalJson.Default.Journal), null);
        File.Move(staged, folder.Full(OwnPaths.Journal), overwrite: true);
    }

    public static void Delete(ProjectFolder folder)
    {
        File.Delete(folder.Full($"{OwnPaths.Journal}.new"));
        File.Delete(folder.Full(OwnPaths.Journal));
    }

    public static bool IsOurs(string? path)
    {
        if (path is null)
            return false;

        var inner = OwnPaths.IsOwn(path) ? path[(OwnPaths.Folder.Length + 1)..] : path;
        return path == OwnPaths.Folder || PathRules.Refusal(inner) is null;
    }
}

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Journal))]
internal sealed partial class JournalJson : JsonSerializerContext;

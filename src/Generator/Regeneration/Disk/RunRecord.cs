using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DuskStack.Regeneration.Disk;

/// <summary>What a run did, kept beside its backup so that it can be taken back.</summary>
/// <param name="Name">Of the run, which is that of its backup.</param>
/// <param name="Steps">In the order in which they were done.</param>
internal sealed record RunRecord(string Name, ImmutableArray<Step> Steps)
{
    /// <summary>Below the tool's own name, which no path of a backup has otherwise.</summary>
    private static string PathOf(string run) => $"{OwnPaths.Backups}/{run}/{OwnPaths.Folder}/run.json";

    /// <summary>Of the newest run; null when there is none that can be understood, or that could be ours.</summary>
    public static RunRecord? Last(ProjectFolder folder) =>
        Backups.Names(folder).Select(name => Read(folder, name)).FirstOrDefault(r => r is not null);

    public void Save(ProjectFolder folder)
    {
        var full = folder.Full(PathOf(Name));
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        DurableFile.Write(full, JsonSerializer.SerializeToUtf8Bytes(this, RunRecordJson.Default.RunRecord), null);
    }

    /// <summary>Of a run that came to nothing.</summary>
    public static void Delete(ProjectFolder folder, string run)
    {
        if (folder.Look(PathOf(run)) is OnDisk.Regular)
            File.Delete(folder.Full(PathOf(run)));
    }

    private static RunRecord? Read(ProjectFolder folder, string run)
    {
        try
        {
            var record = folder.Look(PathOf(run)) is OnDisk.Regular file ? JsonSerializer.Deserialize(file.Text.Raw.Span, RunRecordJson.Default.RunRecord) : null;
            return record is { Steps.IsDefault: false } && record.Name == run && record.Steps.All(s => Journal.IsOurs(s?.Target)) ? record : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RunRecord))]
internal sealed partial class RunRecordJson : JsonSerializerContext;

using System.Collections.Immutable;
using System.Text.Json;

namespace DuskStack.Regeneration.Commands;

/// <summary>
/// Reads what can be read of a broken <c>state.json</c>. Every entry is a line of its own, so what a merge left of it, both sides
/// and markers, still tells which files a person took away, renamed or deleted.
/// </summary>
internal static class Salvage
{
    // Of two lines about one file the one is believed that keeps us away from it.
    private static readonly StateClass[] Careful = [StateClass.Managed, StateClass.Block, StateClass.Once, StateClass.Ejected];
    private static readonly FileStatus[] CarefulStatus = [FileStatus.Ok, FileStatus.Waiting, FileStatus.Conflicted, FileStatus.DeletedByUser, FileStatus.Orphaned];

    /// <param name="text">The state; null when there is none.</param>
    /// <param name="tool">This one.</param>
    /// <param name="inputs">Of the manifest.</param>
    public static State State(FileText? text, ToolVersion tool, ImmutableSortedDictionary<string, string> inputs)
    {
        if (text is not null && StateJson.Read(text.Raw, tool) is StateReading.Read whole)
            return whole.State;

        var lines = (text?.Normal.Text ?? "").Split('\n').Select(l => l.Trim().Trim(',').Trim()).ToList();
        var files = lines.Select(StateJson.TryReadEntry).OfType<StateEntry>().GroupBy(e => e.Path, StringComparer.Ordinal)
            .Select(g => g.OrderByDescending(e => Array.IndexOf(Careful, e.Class)).ThenByDescending(e => Array.IndexOf(CarefulStatus, e.Status)).First());
        return new()
        {
            Tool = tool,
            Templates = Templates(lines) ?? tool,
            Inputs = Inputs(lines, inputs),
            Files = ImmutableSortedDictionary.Create<string, StateEntry>(StringComparer.Ordinal).AddRange(files.Select(e => KeyValuePair.Create(e.Path, e))),
        };
    }

    // The older of two: what a project was made by must not be taken for a version that would make it otherwise.
    private static ToolVersion? Templates(IEnumerable<string> lines)
    {
        try
        {
            return lines.SelectMany(Pair).Where(p => p.Key == StateJson.Templates).Select(p => ToolVersion.Parse(p.Value)).Min();
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // What was there before, above all volumes: where two sides differ, the one that the manifest does not say, so that the next run asks.
    private static ImmutableSortedDictionary<string, string> Inputs(IEnumerable<string> lines, ImmutableSortedDictionary<string, string> now)
    {
        var found = now.ToBuilder();
        foreach (var (key, value) in lines.SelectMany(Pair))
        {
            if (key != RegenerationRequest.Manifest && (key == DataAtRisk.Name || key.StartsWith("volume ", StringComparison.Ordinal)) && now.GetValueOrDefault(key) != value)
                found[key] = value;
        }

        return found.ToImmutable();
    }

    private static IEnumerable<(string Key, string Value)> Pair(string line)
    {
        try
        {
            using var document = JsonDocument.Parse($"{{{line}}}");
            return document.RootElement.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).Select(p => (p.Name, p.Value.GetString()!)).ToList();
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

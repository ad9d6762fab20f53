using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DuskStack.Regeneration;

/// <summary>What became of reading <c>state.json</c>.</summary>
public abstract record StateReading
{
    private StateReading()
    {
    }

    public sealed record Missing : StateReading;

    public sealed record Read(State State) : StateReading;

    /// <param name="Reason">Why it cannot be understood, as the end of a sentence.</param>
    public sealed record Broken(string Reason) : StateReading;

    /// <param name="Reason">What is newer, as a sentence.</param>
    public sealed record Newer(string Reason) : StateReading;
}

/// <summary>
/// Reads and writes <c>state.json</c>. The layout is fixed, one line per file and sorted, so that git merges what two people
/// added; that is why it is written by hand.
/// </summary>
public static class StateJson
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8 };
    private static readonly (StateClass Value, string Name)[] Classes =
        [(StateClass.Managed, "managed"), (StateClass.Once, "once"), (StateClass.Block, "block"), (StateClass.Ejected, "ejected")];

    private static readonly (FileStatus Value, string Name)[] Statuses =
    [
        (FileStatus.Ok, "ok"), (FileStatus.Conflicted, "conflicted"), (FileStatus.Waiting, "waiting"),
        (FileStatus.DeletedByUser, "deleted-by-user"), (FileStatus.Orphaned, "orphaned"),
    ];

    /// <summary>The key of the version that generated the files.</summary>
    internal const string Templates = "templateVersion";

    private const string FileLine = """{"path":""";

    /// <summary>True for a line of what <see cref="Write"/> gives that tells of a file.</summary>
    public static bool IsFileLine(string line) => line.TrimStart(' ', ',').StartsWith(FileLine, StringComparison.Ordinal);

    public static string Write(State state)
    {
        var inputs = state.Inputs.Select(i => $"{Quote(i.Key)}: {Quote(i.Value)}");
        var files = state.Files.Values.Select(f =>
            $$"""{{FileLine}}{{Quote(f.Path)}},"templateId":{{Quote(f.TemplateId)}},"class":"{{NameOf(Classes, f.Class)}}","eol":{{Quote(f.Eol)}},"bom":{{Truth(f.Bom)}},"exec":{{Truth(f.Exec)}},"status":"{{NameOf(Statuses, f.Status)}}"{{(f.Rendered is null ? "" : $",\"rendered\":{Quote(f.Rendered)}")}}}""");
        return $$"""
            {
              "schema": {{State.CurrentSchema}},
              "toolVersion": {{Quote(state.Tool.Text)}},
              "minTool": {{Quote(state.MinTool.Text)}},
              "{{Templates}}": {{Quote(state.Templates.Text)}},
              "inputs": {{Lines('{', inputs, '}')}},
              "files": {{Lines('[', files, ']')}}
            }

            """;
    }

    public static StateReading Read(ReadOnlyMemory<byte> json, ToolVersion tool)
    {
        if (Encoding.Latin1.GetString(json.Span).Split('\n').Any(line => line.StartsWith("<<<<<<<", StringComparison.Ordinal) || line.StartsWith(">>>>>>>", StringComparison.Ordinal)))
            return new StateReading.Broken("it holds the conflict markers of a merge");

        try
        {
            using var document = JsonDocument.Parse(new FileText(json).Normal.Raw, Strict);
            var root = document.RootElement;
            var schema = root.GetProperty("schema").GetInt32();
            if (schema > State.CurrentSchema)
                return new StateReading.Newer($"its format is {schema}, and this tool knows {State.CurrentSchema}");

            var minTool = ToolVersion.Parse(Text(root, "minTool"));
            return minTool.IsNewerThan(tool) ? new StateReading.Newer($"it asks for duskstack {minTool} or newer, and this is {tool}") : new StateReading.Read(ReadState(root, minTool));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return new StateReading.Broken(e is JsonException { LineNumber: { } line } ? $"it is no valid JSON in line {line + 1}" : "it does not have the form that this tool writes");
        }
    }

    private static State ReadState(JsonElement root, ToolVersion minTool) => new()
    {
        Tool = ToolVersion.Parse(Text(root, "toolVersion")),
        MinTool = minTool,
        Templates = ToolVersion.Parse(Text(root, Templates)),
        Inputs = ReadInputs(root.GetProperty("inputs")),
        Files = ReadFiles(root.GetProperty("files")),
    };

    private static ImmutableSortedDictionary<string, string> ReadInputs(JsonElement inputs)
    {
        var read = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var input in inputs.EnumerateObject())
            read.Add(input.Name, input.Value.GetString() ?? "");
        return read.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, StateEntry> ReadFiles(JsonElement files)
    {
        var read = ImmutableSortedDictionary.CreateBuilder<string, StateEntry>(StringComparer.Ordinal);
        foreach (var file in files.EnumerateArray())
        {
            var entry = ReadEntry(file);
            read.Add(entry.Path, entry);
        }

        return read.ToImmutable();
    }

    private static StateEntry ReadEntry(JsonElement entry) => new(
        Text(entry, "path"),
        Text(entry, "templateId"),
        ValueOf(Classes, Text(entry, "class")),
        Text(entry, "eol"),
        entry.GetProperty("bom").GetBoolean(),
        entry.GetProperty("exec").GetBoolean(),
        ValueOf(Statuses, Text(entry, "status")))
    {
        Rendered = entry.TryGetProperty("rendered", out var rendered) ? rendered.GetString() : null,
    };

    /// <summary>One line of the state by itself; null when it is none.</summary>
    internal static StateEntry? TryReadEntry(string line)
    {
        if (!line.StartsWith("{\"path\"", StringComparison.Ordinal))
            return null;

        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            return ReadEntry(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new FormatException();

    private static string Lines(char open, IEnumerable<string> lines, char close)
    {
        // The comma comes first, so that a line says the same whatever follows it: two people who add files conflict less often, and
        // `dotnet new` can leave any of them out.
        var text = string.Join("\n  , ", lines);
        return text.Length == 0 ? $"{open}{close}" : $"{open}\n    {text}\n  {close}";
    }

    private static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    private static string Truth(bool value) => value ? "true" : "false";

    private static string NameOf<T>((T Value, string Name)[] names, T value)
        where T : struct => names.Single(n => n.Value.Equals(value)).Name;

    private static T ValueOf<T>((T Value, string Name)[] names, string name)
        where T : struct
    {
        foreach (var (value, known) in names)
        {
            if (known == name)
                return value;
        }

        throw new FormatException();
    }
}

using System.Collections.Immutable;
using System.Text;
using DuskStack.Manifests;
using DuskStack.Outputs;
using DuskStack.Regeneration;

namespace DuskStack.Packing.Learning;

/// <summary>The files of a folder that held nothing but a manifest when <c>duskstack generate --starter</c> ran in it.</summary>
public static class NewProject
{
    private static readonly ImmutableArray<OwnFile> Own = OwnFiles.With(JsonSchema.Write());

    /// <summary>How names of sections begin that the base of a marked block does not have.</summary>
    public const string Marker = "marker ";

    /// <param name="generation">What was rendered from the manifest.</param>
    /// <returns>All files but the bases, which say what the files say that <see cref="HasBase"/> names.</returns>
    public static IEnumerable<(string Path, ImmutableArray<(string Id, string Text)> Sections)> Files(Generation generation)
    {
        ImmutableArray<FileChange> changes = ChangePlanner.Plan(new Snapshot(), generation.Files);
        ImmutableDictionary<string, string> written = changes.ToImmutableDictionary(c => c.Path, c => Encoding.UTF8.GetString(c.Content!.Raw.Span));
        foreach (RenderedFile file in generation.Files)
        {
            ImmutableArray<(string Id, string Text)> sections = [.. file.Sections.Select(s => (s.Id, s.Text))];
            yield return (file.Path, file.Class == FileClass.Block ? WithMarkers(written[file.Path], file.Content, sections) : sections);
        }

        foreach (OwnFile own in Own)
            yield return (own.Path, [("all", own.Content)]);
        yield return (OwnPaths.State, StateSections(changes, generation));
    }

    /// <summary>What belongs to the user from the start has no base, and secrets are never written twice.</summary>
    public static bool HasBase(RenderedFile file) => file.Class != FileClass.Once;

    private static ImmutableArray<(string Id, string Text)> WithMarkers(string whole, string lines, ImmutableArray<(string Id, string Text)> sections)
    {
        int start = whole.IndexOf(lines, StringComparison.Ordinal);
        return [(Marker + "begin", whole[..start]), .. sections, (Marker + "end", whole[(start + lines.Length)..])];
    }

    private static ImmutableArray<(string Id, string Text)> StateSections(ImmutableArray<FileChange> changes, Generation generation)
    {
        var state = new State { Tool = ToolVersion.Current, Templates = ToolVersion.Current, Inputs = RegenerationRequest.InputsOf("duskstack.yaml", generation.Plan), Files = ChangePlanner.StateAfter(null, changes) };
        string text = StateJson.Write(state);
        // A line per input and per file, each a section of its own; the others say the same in every project.
        string[] lines = [.. text.Split('\n').SkipLast(1).Select(l => l + "\n")];
        string[] inputs = [.. lines.SkipWhile(l => !l.Contains("\"inputs\"", StringComparison.Ordinal)).Skip(1).Take(state.Inputs.Count)];
        string[] files = [.. lines.Where(StateJson.IsFileLine)];
        int firstInput = Array.IndexOf(lines, inputs[0]), firstFile = Array.IndexOf(lines, files[0]);
        return
        [
            ("head", string.Concat(lines[..firstInput])),
            .. inputs.Zip(state.Inputs.Keys, (line, key) => ("input " + key, line)),
            ("middle", string.Concat(lines[(firstInput + inputs.Length)..firstFile])),
            .. files.Zip(state.Files.Keys, (line, path) => (path, line)),
            ("foot", string.Concat(lines[(firstFile + files.Length)..])),
        ];
    }
}

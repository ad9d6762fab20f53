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

    /// <param name="generation">What was rendered from the manifest.</param>
    /// <returns>All files but the bases, in place of which a new project has a record: <see cref="FirstBases"/>.</returns>
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

    private static ImmutableArray<(string Id, string Text)> WithMarkers(string whole, string lines, ImmutableArray<(string Id, string Text)> sections)
    {
        int start = whole.IndexOf(lines, StringComparison.Ordinal);
        return [("marker begin", whole[..start]), .. sections, ("marker end", whole[(start + lines.Length)..])];
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

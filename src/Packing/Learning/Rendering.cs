using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Packing.Parameters;
using DuskStack.Planning;
using DuskStack.Regeneration;

namespace DuskStack.Packing.Learning;

/// <summary>Everything that <c>dotnet new</c> writes at one point, cut into the sections of which each is folded on its own.</summary>
/// <param name="Files">By path; each a list of sections in order.</param>
public sealed record Rendering(ImmutableSortedDictionary<string, ImmutableArray<(string Id, string Text)>> Files)
{
    private readonly Dictionary<SectionName, string> texts = Files.SelectMany(f => f.Value.Prepend((SectionName.Existence, "")).Select(s => (Name: new SectionName(f.Key, s.Item1), Text: s.Item2))).ToDictionary(s => s.Name, s => s.Text);

    public IEnumerable<SectionName> Sections => texts.Keys;

    /// <summary>What a section says; empty when its file does without it, null when there is no such file.</summary>
    public string? TextOf(SectionName name) => texts.TryGetValue(name, out string? text) ? text : Files.ContainsKey(name.File) ? "" : null;

    private static readonly ConcurrentDictionary<string, Rendering> Known = new(StringComparer.Ordinal);

    /// <summary>Renders a point; points with the same manifest and starters are rendered once.</summary>
    public static Rendering Of(Point point)
    {
        bool starter = point[ParameterList.NoStarter] != "true";
        ImmutableArray<(string Id, string Text)> manifest = TemplateManifest.Sections(point, StandOf);
        return Known.GetOrAdd($"{starter}\n{string.Concat(manifest.Select(s => s.Text))}", _ => Render(manifest, starter));
    }

    private static string StandOf(string name) => ParameterList.Open.Single(o => o.Name == name).Stand;

    private static Rendering Render(ImmutableArray<(string Id, string Text)> sections, bool starter)
    {
        string manifest = string.Concat(sections.Select(s => s.Text));
        var text = new SourceText("duskstack.yaml", Encoding.UTF8.GetBytes(manifest));
        Generation generation = Generator.Run(text, (_, _) => null, new Facts { Today = DateOnly.MinValue }, starter);
        if (generation.HasErrors)
            throw new InvalidOperationException($"these options make an invalid manifest:\n{manifest}\n{new DiagnosticText([text]).Write(generation.Diagnostics)}");
        var files = NewProject.Files(generation).ToImmutableSortedDictionary(f => f.Path, f => f.Sections.Select(s => (s.Id, SentinelText.Mark(s.Text))).ToImmutableArray(), StringComparer.Ordinal);
        ImmutableArray<(string Id, string Text)> marked = [.. sections.Select(s => (s.Id, SentinelText.Mark(s.Text)))];
        return new(files.Add("duskstack.yaml", marked).Add(OwnPaths.First, FirstBases.Record(marked)));
    }
}

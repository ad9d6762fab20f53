using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace DuskStack.Templating;

/// <summary>
/// The templates, in a part of Handlebars' language, under <c>templates/</c>. A line <c>{{!section name}}</c> cuts a template into sections that are rendered
/// one by one: <c>dotnet new</c> content is folded per section, so a section should read few parameters. Of a section that is nothing but a loop, each item is one.
/// </summary>
public sealed class TemplateSet
{
    private const string SectionMark = "{{!section";
    private static readonly Assembly Source = typeof(TemplateSet).Assembly;

    private readonly ConcurrentDictionary<string, Section[]> sections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Template> partials = new(StringComparer.Ordinal);

    private TemplateSet()
    {
    }

    public static TemplateSet Shared { get; } = new();

    /// <summary>Renders <c>templates/&lt;name&gt;.hbs</c>, section by section. Every line is kept; the text ends with a line feed.</summary>
    /// <param name="name">Below <c>templates/</c>, without <c>.hbs</c>.</param>
    /// <param name="model">What the template prints.</param>
    /// <param name="instance">Tells several renderings of one template in one file apart.</param>
    public ImmutableArray<RenderedSection> RenderSections(string name, object model, string instance = "")
    {
        var rendered = ImmutableArray.CreateBuilder<RenderedSection>();
        string file = instance.Length > 0 ? $"{name}({instance})" : name;
        foreach ((int number, Section section) in sections.GetOrAdd(name, Cut).Index())
        {
            try
            {
                string id = $"{file}#{number}";
                if (section.Template.RenderItems(model) is { } items)
                    rendered.AddRange(items.Select((text, i) => new RenderedSection($"{id} {items.Take(i).Count(earlier => earlier == text)} {text.TrimEnd()}", text)));
                else
                    rendered.Add(new(id, section.Template.Render(model)));
            }
            catch (Exception cause) when (cause is not OutOfMemoryException)
            {
                throw new TemplateException(name, section.FirstLine, cause);
            }
        }

        return rendered.ToImmutable();
    }

    public string Render(string name, object model) => string.Concat(RenderSections(name, model).Select(s => s.Text));

    /// <summary>The files below <c>templates/&lt;folder&gt;</c>, relative to <c>templates/</c>, sorted.</summary>
    public static ImmutableArray<string> Names(string folder) =>
        [.. Source.GetManifestResourceNames()
            .Where(n => n.StartsWith("templates/" + folder, StringComparison.Ordinal))
            .Select(n => n["templates/".Length..])
            .Order(StringComparer.Ordinal)];

    /// <summary>The text of a file below <c>templates/</c> as it stands in the repository.</summary>
    public static string Text(string name)
    {
        using Stream stream = Source.GetManifestResourceStream("templates/" + name) ?? throw new InvalidOperationException($"there is no template `{name}`");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private Section[] Cut(string name)
    {
        string file = name + ".hbs";
        var cut = new List<Section>();
        var lines = new List<string>();
        int firstLine = 1, lineNumber = 0;
        foreach (string line in Text(file).Split('\n'))
        {
            lineNumber++;
            if (!line.StartsWith(SectionMark, StringComparison.Ordinal))
            {
                lines.Add(line);
                continue;
            }

            Close(lineNumber + 1);
        }

        if (lines.Count > 0 && lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        Close(lineNumber + 1);
        return [.. cut];

        void Close(int next)
        {
            if (lines.Count > 0)
            {
                try
                {
                    cut.Add(new(firstLine, Template.Parse(string.Join('\n', lines) + "\n", Partial)));
                }
                catch (Exception cause) when (cause is not OutOfMemoryException)
                {
                    throw new TemplateException(file, firstLine, cause);
                }
            }

            lines.Clear();
            firstLine = next;
        }
    }

    private Template Partial(string name) => partials.GetOrAdd(name, _ => Template.Parse(WithoutComment(Text($"partials/{name}.hbs")), Partial));

    /// <summary>A partial opens with its ARGS comment; it must not become a line of the output.</summary>
    private static string WithoutComment(string text)
    {
        int end = text.IndexOf("--}}\n", StringComparison.Ordinal);
        return text.StartsWith("{{!--", StringComparison.Ordinal) && end > 0 ? text[(end + 5)..] : text;
    }

    private sealed record Section(int FirstLine, Template Template);
}

/// <summary>A rendered piece of a file.</summary>
/// <param name="Id">The same for the same piece of every project, whatever else the file holds.</param>
/// <param name="Text">Whole lines; may be empty.</param>
public sealed record RenderedSection(string Id, string Text);

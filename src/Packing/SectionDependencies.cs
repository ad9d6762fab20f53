using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Planning;

namespace DuskStack.Packing;

/// <summary>
/// Which closed parameters each section of each output depends on. <c>dotnet new</c> content is folded section by section, over every
/// combination of just these parameters: a section that depends on too many cannot be folded.
/// </summary>
public static class SectionDependencies
{
    /// <summary>More combinations than this make packing slow and the folded file unreadable.</summary>
    public const int Limit = 2000;

    /// <summary>Renders every combination and finds, for each section, the parameters that change its text somewhere.</summary>
    public static ImmutableArray<SectionDependency> Measure()
    {
        ImmutableArray<ImmutableDictionary<string, string>> points = [.. ClosedParameters.Combinations()];
        var texts = new Dictionary<string, string?[]>(StringComparer.Ordinal);
        for (int i = 0; i < points.Length; i++)
        {
            foreach ((string id, string text) in Render(points[i]))
            {
                if (!texts.TryGetValue(id, out string?[]? variants)) texts[id] = variants = new string?[points.Length];
                variants[i] = text;
            }
        }

        return [.. texts.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => Dependency(t.Key, t.Value))];
    }

    public static string Table(ImmutableArray<SectionDependency> sections)
    {
        var text = new StringBuilder("combinations  variants  largest  section, and what it depends on\n");
        foreach (SectionDependency section in sections.OrderByDescending(s => s.Combinations).ThenBy(s => s.Section, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{section.Combinations,12}  {section.Variants,8}  {section.LargestBytes,5} B  {section.Section}: {(section.Parameters.IsEmpty ? "nothing" : string.Join(", ", section.Parameters))}\n");
        return text.ToString();
    }

    private static IEnumerable<(string Id, string Text)> Render(ImmutableDictionary<string, string> point)
    {
        var text = new SourceText("duskstack.yaml", Encoding.UTF8.GetBytes(ClosedParameters.Manifest(point)));
        Generation generation = Generator.Run(text, (_, _) => null, new Facts { Today = DateOnly.MinValue });
        if (generation.HasErrors)
            throw new InvalidOperationException($"the closed parameters make an invalid manifest:\n{ClosedParameters.Manifest(point)}\n{new DiagnosticText([text]).Write(generation.Diagnostics)}");
        return from file in generation.Files
               from section in file.Sections
               select ($"{file.Path} {section.Id}", section.Text);
    }

    private static SectionDependency Dependency(string section, string?[] texts)
    {
        int stride = texts.Length;
        var parameters = ImmutableArray.CreateBuilder<string>();
        int combinations = 1;
        foreach (ClosedParameter parameter in ClosedParameters.All)
        {
            int count = parameter.Values.Length, block = stride;
            stride /= count;
            bool matters = Enumerable.Range(0, texts.Length).Any(i => texts[i] != texts[i / block * block + i % stride]);
            if (!matters) continue;
            parameters.Add(parameter.Name);
            combinations *= count;
        }

        return new(section, parameters.ToImmutable(), combinations, texts.Where(t => t is not null).Distinct().Count(), texts.Max(t => t is null ? 0 : Encoding.UTF8.GetByteCount(t)));
    }
}

/// <summary>One section of one file.</summary>
/// <param name="Section">The file's path, and the section in it.</param>
/// <param name="Parameters">What changes its text.</param>
/// <param name="Combinations">How many renderings folding it takes.</param>
/// <param name="Variants">How many different texts it has.</param>
/// <param name="LargestBytes">The longest of them.</param>
public sealed record SectionDependency(string Section, ImmutableArray<string> Parameters, int Combinations, int Variants, int LargestBytes);

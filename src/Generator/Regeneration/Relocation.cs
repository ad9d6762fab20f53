using System.Collections.Immutable;
using DuskStack.Outputs;

namespace DuskStack.Regeneration;

/// <summary>Files that a person had renamed (<c>duskstack mv</c>) are generated under the name they were given.</summary>
internal static class Relocation
{
    /// <summary>By template, so that a later move of the template changes nothing; by path where several files are made from one template.</summary>
    public static ImmutableArray<RenderedFile> Apply(State? state, ImmutableArray<RenderedFile> renders)
    {
        var renamed = state?.Files.Values.Where(e => e.Rendered is not null && e.Class != StateClass.Ejected).ToList() ?? [];
        if (renamed.Count == 0)
            return renders;

        var homes = new Dictionary<RenderedFile, string>(ReferenceEqualityComparer.Instance);
        foreach (var entry in renamed)
        {
            var made = renders.Where(r => r.TemplateId == entry.TemplateId && r.Class == FileClass.Managed).ToList();
            if ((made is [var only] ? only : made.Find(r => r.Path == entry.Rendered)) is { } render && !renders.Any(r => r.Path == entry.Path && r != render))
                homes.TryAdd(render, entry.Path);
        }

        return [.. renders.Select(r => homes.TryGetValue(r, out var path) ? r with { Path = path } : r)];
    }
}

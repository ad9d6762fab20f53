using DuskStack.Diagnostics;

namespace DuskStack.Outputs;

/// <summary>Two outputs may not want one path, nor two that a file system without case takes for one.</summary>
public static class PathChecks
{
    public static void Check(IEnumerable<RenderedFile> files, DiagnosticBag bag)
    {
        foreach (IGrouping<string, RenderedFile> clash in files.GroupBy(f => f.Path, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            bag.Error(DiagnosticCodes.PathClash, null, $"two outputs would be written to `{clash.First().Path}`: {string.Join(" and ", clash.Select(f => f.TemplateId))}", "change a `path` or `init` of the manifest");
    }
}

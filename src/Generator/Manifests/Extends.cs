using DuskStack.Diagnostics;
using DuskStack.Manifests.Settings;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests;

/// <summary>Follows <c>extends:</c> from file to file and lays the nearer ones over the farther ones.</summary>
internal static class Extends
{
    /// <summary>The manifest with all defaults below it; null after an error (DS1006, or one of a file that it extends).</summary>
    public static YamlMap? Resolve(YamlMap manifest, string file, OpenExtended open, DiagnosticBag bag)
    {
        var (result, nearest) = (manifest, manifest);
        List<string> chain = [file];
        while (nearest.Find(ManifestSettings.Extends.Name) is { } entry)
        {
            // What is written wrong is reported again, and with a name, when the settings are read.
            if (!ManifestSettings.Extends.Type.TryRead(entry.Value, new(new(), new(entry.Key.Text, entry.Key.Span)), out var path)) return chain.Count == 1 ? result : Fail(entry, "is not the relative path of a local file", bag);
            if (chain.Count > YamlLimits.Extends) return Fail(entry, $"goes on for more than {YamlLimits.Extends} files", bag);
            if (open(chain[^1], path) is not { } source) return Fail(entry, $"names {Quoted.Text(path)}, which does not exist", bag, "the path is relative to the file that names it");
            if (chain.Contains(source.File)) return Fail(entry, $"goes in a circle: {string.Join(" -> ", chain.Append(source.File))}", bag);
            if (YamlReader.Read(source, bag) is not { } farther) return null;
            chain.Add(source.File);
            result = YamlOverlay.Merge(result, farther);
            nearest = farther;
        }

        return result;
    }

    private static YamlMap? Fail(YamlEntry entry, string problem, DiagnosticBag bag, string? hint = null)
    {
        bag.Error(DiagnosticCodes.ExtendsFailed, entry.Value.Span, $"`{ManifestSettings.Extends.Name}` {problem}", hint);
        return null;
    }
}

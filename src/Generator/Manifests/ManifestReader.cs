using DuskStack.Diagnostics;
using DuskStack.Manifests.Settings;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests;

/// <summary>Reads <c>duskstack.yaml</c>.</summary>
public static class ManifestReader
{
    /// <summary>Reads a manifest and the files it extends. Never throws for what stands in them, and always ends soon.</summary>
    /// <param name="text">The manifest.</param>
    /// <param name="open">Gives the files that <c>extends:</c> names.</param>
    /// <param name="bag">Takes all findings, each at its place in the file where it was written.</param>
    /// <returns>
    /// What could be read, even when there were errors, so that later checks can report theirs in the same run;
    /// null when the text is no YAML, is no map, extends what cannot be read, or is of another version.
    /// </returns>
    public static Manifest? Read(SourceText text, OpenExtended open, DiagnosticBag bag)
    {
        if (YamlReader.Read(text, bag) is not { } own) return null;
        if (Extends.Resolve(own, text.File, open, bag) is not { } map) return null;
        if (map.Size > YamlLimits.Nodes)
        {
            bag.Error(DiagnosticCodes.TooManyAliases, SourceSpan.Start(text.File), $"with what it extends the manifest has more than {YamlLimits.Nodes:N0} values");
            return null;
        }

        var root = new Reading(bag, new("", SourceSpan.Start(text.File)));
        return IsOurVersion(map, bag) && ManifestSettings.Type.TryRead(map, root, out var manifest) ? manifest : null;
    }

    // Of a later version most keys may be unknown; one sentence says more than a hundred.
    private static bool IsOurVersion(YamlMap map, DiagnosticBag bag)
    {
        if (map.Find(ManifestSettings.Version.Name)?.Value is not YamlScalar { IsPlain: true } version || !int.TryParse(version.Text, out var number) || number <= 1) return true;
        bag.Error(DiagnosticCodes.OutOfRange, version.Span, $"this manifest is of version {number}, and this DuskStack reads version 1 only", "use the DuskStack that the repository names in `.config/dotnet-tools.json`, or a newer one");
        return false;
    }
}

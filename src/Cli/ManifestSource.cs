using DuskStack.Diagnostics;
using DuskStack.Manifests;

namespace DuskStack.Cli;

/// <summary>Reads the manifest and what it extends, and remembers the texts so that messages can show their lines.</summary>
public sealed class ManifestSource(ProjectLocation location)
{
    private readonly Dictionary<string, SourceText> texts = new(StringComparer.Ordinal);

    /// <summary>By the name that diagnostics give them.</summary>
    public IReadOnlyDictionary<string, SourceText> Texts => texts;

    /// <summary>Null when there is no such file.</summary>
    public SourceText? TryRead() => Read(location.FullFile);

    /// <summary>An organisation's defaults; the one file outside the project that is ever read.</summary>
    public SourceText? OpenExtended(string fromFile, string path) =>
        Read(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(fromFile))!, path)));

    public Diagnostic Missing() => new(
        DiagnosticCodes.ManifestMissing,
        Severity.Error,
        null,
        $"there is no `{ProjectLocation.NameOf(location.FullFile)}`",
        """
        write one, for example:
            # yaml-language-server: $schema=.duskstack/schema.json
            version: 1
            name: shop
            services:
              api: { stack: node, needs: [postgres] }
            postgres: {}
        """);

    private SourceText? Read(string full)
    {
        if (!File.Exists(full))
            return null;

        var text = new SourceText(ProjectLocation.NameOf(full), File.ReadAllBytes(full));
        texts[text.File] = text;
        return text;
    }
}

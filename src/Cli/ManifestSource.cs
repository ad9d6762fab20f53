using System.CommandLine;
using System.CommandLine.Completions;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Manifests.Yaml;
using DuskStack.Regeneration.Disk;

namespace DuskStack.Cli;

/// <summary>Reads the manifest and what it extends, and remembers the texts so that messages can show their lines.</summary>
public sealed class ManifestSource(ProjectLocation location)
{
    private readonly Dictionary<string, SourceText> texts = new(StringComparer.Ordinal);

    private (string Name, string Reason)? refusal;

    /// <summary>By the name that diagnostics give them.</summary>
    public IReadOnlyDictionary<string, SourceText> Texts => texts;

    /// <summary>Null when there is no such file, or none that can be read.</summary>
    public SourceText? TryRead() => Read(location.FullFile);

    /// <summary>An organisation's defaults; the one file outside the project that is ever read.</summary>
    public SourceText? OpenExtended(string fromFile, string path) =>
        Read(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(fromFile))!, path)));

    /// <summary>Why <see cref="TryRead"/> gave nothing.</summary>
    public Diagnostic Missing() => refusal is { } r
        ? new(DiagnosticCodes.UnreadableText, Severity.Error, null, $"{Quoted.Text(r.Name)} cannot be read: {r.Reason}", "the manifest is an ordinary file; `-f` names another one")
        : NoManifest();

    /// <summary>A file that is extended and there, but cannot be read, is "not there" for the reader of manifests.</summary>
    public Diagnostic Explain(Diagnostic diagnostic) => refusal is { } r && diagnostic.Code == DiagnosticCodes.ExtendsFailed
        ? diagnostic with { Message = $"`extends` names {Quoted.Text(r.Name)}, which cannot be read: {r.Reason}", Hint = null }
        : diagnostic;

    private Diagnostic NoManifest() => new(
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

    /// <summary>For completion: the services of a manifest, as far as it can be read.</summary>
    public static IEnumerable<CompletionItem> ServiceNames(ProjectOptions project, ParseResult result)
    {
        if (project.TryBind(result) is not { } location || location.Mistake() is not null)
            return [];

        var source = new ManifestSource(location);
        var manifest = source.TryRead() is { } text ? ManifestReader.Read(text, source.OpenExtended, new()) : null;
        return manifest?.Services.Select(service => new CompletionItem(service.Name.Value)) ?? [];
    }

    private SourceText? Read(string full)
    {
        try
        {
            if (!Path.Exists(full))
                return null;

            // A link to an ordinary file is as good as the file.
            var real = new FileInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
            if (Directory.Exists(real))
                return Refuse(full, "it is a folder");

            return OrdinaryFile.Is(real) ? Keep(new(ProjectLocation.NameOf(full), ReadAtMost(real))) : Refuse(full, "it is not an ordinary file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(full, e is UnauthorizedAccessException ? "permission is denied" : e.Message.TrimEnd('.'));
        }
    }

    private SourceText Keep(SourceText text) => texts[text.File] = text;

    private SourceText? Refuse(string full, string reason)
    {
        refusal = (ProjectLocation.NameOf(full), reason);
        return null;
    }

    // One byte more than is allowed, which is enough to see that it is too much.
    private static byte[] ReadAtMost(string full)
    {
        using var stream = File.OpenRead(full);
        var bytes = new byte[YamlLimits.Bytes + 1];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}

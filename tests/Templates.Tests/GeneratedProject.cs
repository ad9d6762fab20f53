using System.Collections.Immutable;
using System.Text;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Outputs;
using DuskStack.Planning;
using DuskStack.Regeneration;

namespace DuskStack.Templates.Tests;

/// <summary>What <c>duskstack generate --starter</c> makes of a manifest in an empty folder: what <c>dotnet new</c> is measured by.</summary>
internal static class GeneratedProject
{
    private const string Manifest = "duskstack.yaml";

    public static ImmutableSortedDictionary<string, string> Of(string manifest, bool starter)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("duskstack-generated-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, Manifest), manifest);
            Generate(folder.FullName, starter);
            return Tree(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>All files as bytes, but for those that git ignores.</summary>
    public static ImmutableSortedDictionary<string, string> Tree(string folder) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(f => (Path: Path.GetRelativePath(folder, f).Replace('\\', '/'), File: f))
            .Where(f => f.Path != OwnPaths.Lock && !f.Path.StartsWith(OwnPaths.Backups + "/", StringComparison.Ordinal))
            .ToImmutableSortedDictionary(f => f.Path, f => Encoding.Latin1.GetString(File.ReadAllBytes(f.File)), StringComparer.Ordinal);

    public static RegenerationResult Generate(string folder, bool starter) => Regenerator.Run(folder, Request(folder, starter));

    private static RegenerationRequest Request(string folder, bool starter)
    {
        var text = new SourceText(Manifest, File.ReadAllBytes(Path.Combine(folder, Manifest)));
        Generation generation = Generator.Run(text, (_, _) => null, new Facts { Today = new(2026, 1, 1), Exists = path => Path.Exists(Path.Combine(folder, path)) }, starter);
        if (generation.HasErrors)
            throw new InvalidOperationException(new DiagnosticText([text]).Write(generation.Diagnostics));
        return new()
        {
            Files = generation.Files,
            Tool = ToolVersion.Current,
            Now = DateTimeOffset.UnixEpoch,
            Inputs = RegenerationRequest.InputsOf(Manifest, generation.Plan),
            OwnFiles = OwnFiles.With(JsonSchema.Write()),
            Sources = [Manifest],
            RenderFirst = RenderFirst,
        };
    }

    /// <summary>What <c>dotnet new</c> writes in place of it: no bases, and the record from which they are rendered.</summary>
    public static ImmutableSortedDictionary<string, string> AsNew(ImmutableSortedDictionary<string, string> generated) => generated
        .Where(f => !f.Key.StartsWith(OwnPaths.Bases + "/", StringComparison.Ordinal))
        .Append(new(OwnPaths.First, string.Concat(FirstBases.Record([("", generated[Manifest])]).Select(s => s.Text)))).ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The bases that are rendered from the record of a new project.</summary>
    public static ImmutableSortedDictionary<string, string> Bases(string record) => RenderFirst(record)
        .Where(r => r.Class != FileClass.Once).ToImmutableSortedDictionary(r => OwnPaths.Base(r.Path), r => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(r.Content)), StringComparer.Ordinal);

    public static RegenerationResult Repair(string folder) => Regenerator.Repair(folder, Request(folder, starter: false));

    private static ImmutableArray<RenderedFile> RenderFirst(string record) =>
        Generator.Run(new(OwnPaths.First, Encoding.UTF8.GetBytes(record)), (_, _) => null, new Facts { Today = DateOnly.MinValue }).Files;

    /// <summary>What differs between two trees; empty when nothing does.</summary>
    public static ImmutableArray<string> Differences(ImmutableSortedDictionary<string, string> expected, ImmutableSortedDictionary<string, string> actual) =>
    [
        .. expected.Keys.Where(p => !actual.ContainsKey(p)).Select(p => $"{p} is missing"),
        .. actual.Keys.Where(p => !expected.ContainsKey(p)).Select(p => $"{p} is not generated"),
        .. expected.Where(f => actual.TryGetValue(f.Key, out string? text) && text != f.Value).Select(f => $"{f.Key} differs: {FirstDifference(f.Value, actual[f.Key])}"),
    ];

    private static string FirstDifference(string expected, string actual)
    {
        int at = expected.Zip(actual).TakeWhile(c => c.First == c.Second).Count();
        return $"`{Around(expected, at)}` is written as `{Around(actual, at)}`";
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 40)..Math.Min(text.Length, at + 80)].ReplaceLineEndings("⏎");
}

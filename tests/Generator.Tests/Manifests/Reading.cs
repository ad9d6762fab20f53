using System.Collections.Immutable;
using System.Text;
using DuskStack.Diagnostics;
using DuskStack.Manifests;

namespace DuskStack.Tests.Manifests;

/// <summary>Reads manifests given as text, for tests.</summary>
internal sealed record ReadResult(Manifest? Manifest, ImmutableArray<Diagnostic> Diagnostics, string Text)
{
    public const string File = "duskstack.yaml";

    public static string FullText => System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "manifests", "full.yaml"));

    public static ReadResult Of(string text, params (string File, string Text)[] others) => Of(Encoding.UTF8.GetBytes(text), others);

    public static ReadResult Of(byte[] bytes, params (string File, string Text)[] others)
    {
        var sources = others.ToDictionary(other => other.File, other => new SourceText(other.File, Encoding.UTF8.GetBytes(other.Text)));
        var source = new SourceText(File, bytes);
        var bag = new DiagnosticBag();
        var manifest = ManifestReader.Read(source, (_, path) => sources.GetValueOrDefault(path), bag);
        var diagnostics = bag.Sorted();
        return new(manifest, diagnostics, new DiagnosticText([source, .. sources.Values]).Write(diagnostics));
    }

    /// <summary>Reads the value of a key of a service that is otherwise fine.</summary>
    public static ReadResult OfService(string keys, string stack = "stack: node") => Of($"name: shop\nservices:\n  api:\n    {stack}\n    {keys}\n");

    /// <summary>Reads a top-level section of a manifest that is otherwise fine.</summary>
    public static ReadResult OfSection(string section) => Of($"name: shop\nservices: {{ api: {{ stack: node }} }}\n{section}\n");

    public Service Service(string name) => Manifest!.Services.Single(service => service.Name.Value == name);
}

using System.Text;
using DuskStack.Manifests.Settings;

namespace DuskStack.Manifests;

/// <summary>The reference of the manifest as Markdown, for <c>docs/reference/manifest.md</c>.</summary>
public static class Reference
{
    private const string Introduction = """
        # The manifest

        <!-- Written from the descriptors in src/Generator/Manifests/Settings; change those. -->

        `duskstack.yaml` describes a product's services and what surrounds them. Every key but `name` has a default, so write only what differs.
        Unknown keys are errors. Keys that start with `x-` at the top are yours, for anchors; `<<` merges maps.

        Durations are written as in Compose: `1m30s`. Memory is binary as in Compose: `256M` is 256 MiB. Sizes of images are decimal as in registries: `200MB` is 200,000,000 bytes.
        In paths, `*` is a name that you choose and `[]` an item of a list.

        """;

    /// <summary>The whole page; always the same bytes. Ends with a line feed.</summary>
    public static string Write()
    {
        var page = new StringBuilder(Introduction.Replace("\r\n", "\n", StringComparison.Ordinal));
        foreach (var shape in SettingTree.Shapes) WriteShape(page, shape);
        return page.ToString();
    }

    private static void WriteShape(StringBuilder page, ShapePaths shape)
    {
        page.Append("\n## ").Append(shape.Paths[0].Length == 0 ? "The top level" : $"`{shape.Paths[0]}`").Append("\n\n").Append(shape.Shape.Summary).Append('\n');
        if (shape.Paths.Length > 1) page.Append("\nAlso at ").AppendJoin(", ", shape.Paths.Skip(1).Select(path => $"`{path}`")).Append(".\n");
        page.Append("\n| Key | Takes | Default | Meaning |\n|---|---|---|---|\n");
        foreach (var setting in shape.Shape.Settings)
            page.Append($"| `{setting.Name}` | {Cell(Takes(setting))} | {Cell(Default(setting))} | {Cell(Meaning(setting))} |\n");
        page.Append("\n```yaml\n").Append(shape.Shape.Example).Append("\n```\n");
    }

    private static string Takes(Setting setting)
    {
        if (setting.Type.Choices.Count > 0) return setting.Type.Word.StartsWith('`') ? setting.Type.Word : string.Join(", ", setting.Type.Choices.Select(choice => $"`{choice.Value}`")) + (setting.Type.Word.Contains('@', StringComparison.Ordinal) ? ", with `@version`" : "");
        return setting.Type.Word is "text" or "number" or "duration" or "memory" or "size" or "list of text" ? setting.Type.Accepts : setting.Type.Word;
    }

    private static string Default(Setting setting) => setting.IsRequired ? "required" : setting.Default is { } literal ? $"`{literal}`" : setting.DefaultInWords ?? "";

    private static string Meaning(Setting setting)
    {
        var meaning = new StringBuilder(setting.Summary);
        if (setting.Scope is { } scope) meaning.Append($" Only for {scope.Words}.");
        var told = setting.Type.Choices.Select(choice => $"`{choice.Value}`: {choice.Summary}").ToList();
        if (told.Count > 0) meaning.Append(' ').AppendJoin("; ", told).Append('.');
        if (setting.Example is { } example) meaning.Append($" Example: `{setting.Name}: {example}`");
        return meaning.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}

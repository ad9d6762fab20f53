using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Settings;

namespace DuskStack.Manifests;

/// <summary>Short help about keys of the manifest, as lines for a terminal.</summary>
public static class SettingsHelp
{
    /// <summary>What is known about the key at a path such as <c>services.*.port</c> or <c>services.api.port</c>; the top level for an empty path; empty when there is no such key.</summary>
    public static ImmutableArray<string> Lines(string path)
    {
        if (path.Length == 0) return [.. Keys(ManifestSettings.Shape)];
        return [.. SettingTree.Find(path).DistinctBy(found => found.Path).SelectMany((found, index) => index == 0 ? Lines(found) : Lines(found).Prepend(""))];
    }

    /// <summary>The path that was probably meant; null when none is near.</summary>
    public static string? Nearest(string path) => Suggestions.Nearest(path, [.. SettingTree.All.Select(setting => setting.Path)]);

    private static IEnumerable<string> Lines(SettingPath path)
    {
        var setting = path.Setting;
        yield return path.Path;
        yield return $"  {setting.Summary}";
        if (setting.Scope is { } scope) yield return $"  Only for:  {scope.Words}";
        if (!setting.Type.Shapes.Any()) yield return $"  Accepts:   {setting.Type.Accepts}";
        foreach (var choice in setting.Type.Choices) yield return $"    {choice.Value,-16} {choice.Summary}";
        if (setting.IsRequired) yield return "  Required";
        else if ((setting.Default ?? setting.DefaultInWords) is { } byDefault) yield return $"  Default:   {byDefault}";
        if (setting.Example is { } example) yield return $"  Example:   {setting.Name}: {example}";
        foreach (var (suffix, shape) in setting.Type.Shapes)
        {
            yield return $"  Keys of {path.Path}{suffix}:";
            foreach (var line in Keys(shape)) yield return $"  {line}";
        }
    }

    private static IEnumerable<string> Keys(ObjectShape shape)
    {
        var width = shape.Settings.Max(setting => setting.Name.Length);
        return shape.Settings.Select(setting => $"  {setting.Name.PadRight(width)}  {setting.Summary}");
    }
}

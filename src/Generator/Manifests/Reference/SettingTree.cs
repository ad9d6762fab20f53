using System.Collections.Immutable;
using DuskStack.Manifests.Settings;

namespace DuskStack.Manifests;

/// <summary>A setting and its path in the manifest: <c>services.*.routes[].rate</c>, where <c>*</c> is a name of the user's and <c>[]</c> an item of a list.</summary>
public sealed record SettingPath(string Path, Setting Setting);

/// <summary>An object of the manifest and all the paths at which it stands.</summary>
public sealed record ShapePaths(ObjectShape Shape, ImmutableArray<string> Paths);

/// <summary>All settings there are.</summary>
public static class SettingTree
{
    /// <summary>Every setting at every path, from the root down, in the order of documentation.</summary>
    public static readonly ImmutableArray<SettingPath> All = [.. Below("", ManifestSettings.Shape)];

    /// <summary>Every object once, in the order in which the tree first meets it.</summary>
    public static ImmutableArray<ShapePaths> Shapes { get; } =
    [
        new(ManifestSettings.Shape, [""]),
        .. All.SelectMany(path => path.Setting.Type.Shapes.Select(shape => (shape.Shape, Path: path.Path + shape.Suffix)))
            .GroupBy(found => found.Shape.Name)
            .Select(group => new ShapePaths(group.First().Shape, [.. group.Select(found => found.Path)])),
    ];

    /// <summary>The settings at a path. Names of the user's may stand for <c>*</c>, and <c>[]</c> may be left out: <c>services.api.routes.rate</c>.</summary>
    public static ImmutableArray<SettingPath> Find(string path)
    {
        var wanted = Segments(path);
        return [.. All.Where(candidate => Segments(candidate.Path) is var segments && segments.Length == wanted.Length && segments.Zip(wanted).All(pair => pair.First == "*" || pair.First == pair.Second))];
    }

    private static string[] Segments(string path) => path.Replace("[]", "", StringComparison.Ordinal).Split('.');

    private static IEnumerable<SettingPath> Below(string prefix, ObjectShape shape)
    {
        foreach (var setting in shape.Settings)
        {
            yield return new(prefix + setting.Name, setting);
            foreach (var (suffix, inner) in setting.Type.Shapes)
                foreach (var below in Below($"{prefix}{setting.Name}{suffix}.", inner))
                    yield return below;
        }
    }
}

using System.Collections.Immutable;
using System.Globalization;
using DuskStack.Packing.Folding;
using DuskStack.Packing.Parameters;

namespace DuskStack.Packing.Content;

/// <summary>A folder of the package, which the engine reads or passes over whole.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Exists">When it is read.</param>
/// <param name="Groups">What is in it.</param>
public sealed record ContentFolder(string Name, Condition Exists, ImmutableArray<ContentGroup> Groups);

/// <summary>Files of a folder that are written together.</summary>
/// <param name="Exists">When, wherever their folder is read.</param>
/// <param name="Files">By path.</param>
public sealed record ContentGroup(Condition Exists, ImmutableArray<FoldedFile> Files);

/// <summary>
/// Distributes files over folders. The engine evaluates the condition of each folder twice in each project, and the conditions inside a
/// folder only when it reads that. So what needs the same option to be given shares a folder, and what a project of defaults has is in
/// folders without conditions inside.
/// </summary>
public static class ContentLayout
{
    public static ImmutableArray<ContentFolder> Of(IEnumerable<FoldedFile> files)
    {
        var left = files.GroupBy(f => f.Exists.Text()).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new ContentGroup(g.First().Exists, [.. g.OrderBy(f => f.Path, StringComparer.Ordinal)])).ToImmutableList();
        var folders = ImmutableArray.CreateBuilder<ContentFolder>();
        while (left.SelectMany(g => Needed(g.Exists)).CountBy(p => p).OrderByDescending(p => p.Value).Select(p => p.Key).FirstOrDefault() is { } option)
        {
            ContentGroup[] together = [.. left.Where(g => Needed(g.Exists).Contains(option))];
            ImmutableSortedSet<int> all = [.. Enumerable.Range(0, option.Values.Length)];
            Condition given = Condition.IsOneOf(option, [.. all.Where(v => together.Any(g => g.Exists.CanHold(option, v)))], all);
            foreach (ImmutableArray<ContentGroup> groups in Apart(together))
                Add(given, [.. groups.Select(g => g with { Exists = g.Exists.Without(given) })]);
            left = left.RemoveRange(together);
        }

        foreach (ContentGroup group in left)
        {
            foreach (var part in group.Files.GroupBy(f => f.IsConstant))
                Add(group.Exists, [new(Condition.Always, [.. part])]);
        }

        return folders.ToImmutable();

        void Add(Condition exists, ImmutableArray<ContentGroup> groups) => folders.Add(new(folders.Count.ToString("00", CultureInfo.InvariantCulture), exists, groups));
    }

    /// <summary>Variants of one file cannot lie in one folder.</summary>
    private static IEnumerable<ImmutableArray<ContentGroup>> Apart(IEnumerable<ContentGroup> groups)
    {
        var apart = new List<(HashSet<string> Paths, ImmutableArray<ContentGroup>.Builder Groups)>();
        foreach (ContentGroup group in groups)
        {
            string[] paths = [.. group.Files.Select(f => f.Path)];
            int free = apart.FindIndex(a => !a.Paths.Overlaps(paths));
            if (free < 0)
            {
                free = apart.Count;
                apart.Add(([], ImmutableArray.CreateBuilder<ContentGroup>()));
            }

            apart[free].Paths.UnionWith(paths);
            apart[free].Groups.Add(group);
        }

        return apart.Select(a => a.Groups.ToImmutable());
    }

    /// <summary>The options whose default leaves the files out.</summary>
    private static IEnumerable<ClosedParameter> Needed(Condition exists) => ParameterList.Closed.Where(p => !exists.CanHold(p, 0));
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DuskStack.Regeneration;
using DuskStack.Regeneration.Merging;
using DuskStack.Tests.Snapshots;

namespace DuskStack.Tests.Regeneration.Merging;

/// <summary>Generated files, edited at random on both sides, merge as <c>git merge-file</c> merges them; ADR 0025 says where not, and why.</summary>
public sealed partial class AsGitMerges
{
    /// <summary>How many triples are merged, where it is set.</summary>
    private const string Switch = "DUSKSTACK_TRIPLES";
    private const int Few = 300;
    private const int AtOnce = 150;

    [Fact]
    public void Random_edits_of_generated_files()
    {
        var files = Files();
        var count = int.TryParse(Environment.GetEnvironmentVariable(Switch), CultureInfo.InvariantCulture, out var wanted) ? wanted : Few;
        var classes = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var numbers in Enumerable.Range(0, count).Chunk(AtOnce))
        {
            var triples = numbers.Select(n => Triple.Make(n, files)).ToList();
            foreach (var (triple, git) in triples.Zip(GitMergeFile.Run([.. triples.Select(AsGitSeesIt)])))
            {
                var (ours, text) = Merge(triple);
                AssertNothingIsLost(triple, text);
                var found = (git.Conflicts, ours) switch
                {
                    (0, 0) => text == git.Text ? "both clean" : "both clean, not the same",
                    (0, _) => "only git is clean",
                    (_, 0) => "only ours is clean",
                    _ => text == git.Text ? "both in conflict" : "both in conflict, drawn in another way",
                };
                if (!classes.TryAdd(found, [triple.Number]))
                    classes[found].Add(triple.Number);
            }
        }

        var report = string.Join(", ", classes.Select(c => $"{c.Value.Count} {c.Key}{(c.Value.Count < 10 ? $" ({string.Join(' ', c.Value)})" : "")}"));
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        int Of(string name) => classes.TryGetValue(name, out var members) ? members.Count : 0;
        Assert.True(Of("both clean") > count / 4 && Of("both in conflict") > count / 4, $"the triples say little: {report}");
        Assert.True(Of("both clean") + Of("both in conflict") >= count * 0.99, report);
        Assert.True(Of("both clean, not the same") + Of("only git is clean") + Of("only ours is clean") <= count * 0.002, report);
    }

    // Git compares bytes, so it gets what our merge compares: without line ends of another kind, and with the last one.
    private static (string Base, string Ours, string Theirs) AsGitSeesIt(Triple triple) =>
        (FileText.Of(triple.Last).Bytewise, Normal(FileText.Of(triple.Yours)), FileText.Of(triple.Template).Bytewise);

    private static string Normal(FileText text) => text.Normal.Bytewise is var normal && (normal.Length == 0 || normal.EndsWith('\n')) ? normal : normal + "\n";

    private static (int Conflicts, string Text) Merge(Triple triple)
    {
        // Under a name that is not checked for sense: git does not do that either.
        var (conflicts, text) = Merger.Merge(triple.Input with { Path = "text" }) switch
        {
            MergeResult.Clean clean => (0, clean.Text),
            MergeResult.Conflicted conflicted => (conflicted.Count, conflicted.Text),
            var other => throw new InvalidOperationException(other.ToString()),
        };
        return (conflicts, Ids().Replace(Normal(text), ""));
    }

    private static void AssertNothingIsLost(Triple triple, string merged)
    {
        var there = merged.Split('\n').ToHashSet(StringComparer.Ordinal);
        var last = Counts(triple.Last);
        foreach (var side in new[] { triple.Yours, triple.Template })
        {
            foreach (var (line, times) in Counts(side).Where(l => l.Value > last.GetValueOrDefault(l.Key)))
                Assert.True(there.Contains(line), $"triple {triple.Number}: `{line}` is gone, which was added ({times})");
        }
    }

    private static Dictionary<string, int> Counts(string text) =>
        Normal(FileText.Of(text)).Split('\n')[..^1].CountBy(l => l, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);

    private static ImmutableArray<(string Path, string Text)> Files() =>
    [
        .. Directory.EnumerateDirectories(SnapshotCase.Root).Order(StringComparer.Ordinal)
            .Select(d => Path.Combine(d, "expected")).Where(Directory.Exists)
            .SelectMany(d => Directory.EnumerateFiles(d, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            .Select(f => (Path.GetFileName(f), Encoding.UTF8.GetString(File.ReadAllBytes(f))))
            .Where(f => f.Item2.EndsWith('\n')),
    ];

    [GeneratedRegex(@"(?<=^(<<<<<<< yours|\|{7} last generated|>>>>>>> template)) \[[0-9a-f]{8}\]$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Ids();
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Editing;
using DuskStack.Manifests.Settings;
using DuskStack.Planning;
using DuskStack.Tests.Snapshots;
using FsCheck;
using FsCheck.Fluent;

namespace DuskStack.Tests.Manifests.Editing;

/// <summary>
/// The promise of every addition, over the manifests of all snapshots and examples with comments, blank lines and line ends strewn into them: the old lines are all there,
/// in order and byte for byte, but for the one that was extended; the new text says no worse things; adding twice changes nothing.
/// </summary>
public sealed class NothingElseChanges
{
    private static readonly ImmutableArray<string> Manifests =
    [
        .. new[] { SnapshotCase.Root, Path.Combine(SnapshotCase.Root, "..", "..", "examples") }
            .SelectMany(Directory.EnumerateDirectories).Select(folder => Path.Combine(folder, "duskstack.yaml")).Where(File.Exists).Order(StringComparer.Ordinal).Select(File.ReadAllText),
    ];

    private static readonly ImmutableArray<Wish> Wishes =
    [
        new ServiceWish("zulu", [new(ServiceSettings.Stack, "--stack", ["node"])]),
        new ServiceWish("yankee", [new(ServiceSettings.Stack, "--stack", ["spa"]), new(ServiceSettings.Base, "--base", ["alpine"]), new(ServiceSettings.Path, "--path", ["sites/yankee"])]),
        .. new[] { ManifestSettings.Postgres, (Setting)ManifestSettings.Redis, ManifestSettings.Valkey }.SelectMany(setting => new[] { "", "api", "web", "zulu" }.Select(to => new BackingWish(setting, to.Length == 0 ? [] : [to]))),
        new SectionWish([ManifestSettings.Proxy], [new(ProxySettings.Domain, "--domain", ["zulu.example.com"])]),
        new SectionWish([ManifestSettings.Proxy], []),
        new SectionWish([ManifestSettings.Monitoring], []),
        new SectionWish([ManifestSettings.Deploy, DeploySettings.Ecs], []),
    ];

    // What no way of writing could avoid: the stack itself cannot be that way, so the command writes nothing.
    private static readonly ImmutableHashSet<string> OfTheWish = [DiagnosticCodes.KeysExclude, DiagnosticCodes.PortClash, DiagnosticCodes.MemoryBudget, DiagnosticCodes.NameClash, DiagnosticCodes.FargateSize, DiagnosticCodes.RouteOverlap];

    private static int fulfilled;

    /// <summary>A few with every change; <c>DUSKSTACK_SEQUENCES</c> asks for more (<c>.ci/nightly</c>).</summary>
    private static int Stories => int.TryParse(Environment.GetEnvironmentVariable("DUSKSTACK_SEQUENCES"), NumberStyles.None, null, out var n) ? n : 120;

    internal sealed record Story(int Manifest, ImmutableArray<(int Line, int Kind)> Strewn, bool Windows, bool Unended, ImmutableArray<int> Wishes);

    [Fact]
    public void Old_lines_stay_and_adding_twice_changes_nothing()
    {
        var strewn = from line in Gen.Choose(0, 60) from kind in Gen.Choose(0, 5) select (line, kind);
        var story = from manifest in Gen.Choose(0, Manifests.Length - 1)
                    from lines in Gen.ListOf(strewn)
                    from windows in Gen.Elements(true, false)
                    from unended in Gen.Elements(true, false, false)
                    from wishes in Gen.ListOf(Gen.Choose(0, Wishes.Length - 1))
                    select new Story(manifest, [.. lines.Take(6)], windows, unended, [.. wishes.Take(4)]);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Stories).WithEndSize(12), Prop.ForAll(Arb.From(story), Holds));
        Assert.True(fulfilled > Stories / 3, $"only {fulfilled} wishes were fulfilled");
    }

    private static bool Holds(Story story)
    {
        var text = Written(story);
        foreach (var wish in story.Wishes.Select(index => Wishes[index]))
        {
            var added = EditedManifests.Add(wish, text);
            if (EditedManifests.TextOf(added) is not { } edited)
            {
                Assert.True(!added.Findings.IsEmpty || !added.There.IsEmpty);
                Assert.False(added.IsRefused, $"refused, though nothing is unusual here: {added.Findings.FirstOrDefault()?.Message}\n{text}");
                continue;
            }

            OldLinesStay(text, edited);
            var worse = Errors(edited).Except(Errors(text));
            if (worse.Any(error => OfTheWish.Contains(error.Code)))
                continue;

            Assert.True(worse.IsEmpty, $"{string.Join("; ", worse)}\n{edited}");
            var again = EditedManifests.Add(wish, edited);
            Assert.True(again.Text is null && again.Findings.IsEmpty && !again.There.IsEmpty, $"added again: {wish}\n{edited}");
            text = edited;
            Interlocked.Increment(ref fulfilled);
        }

        return true;
    }

    private static string Written(Story story)
    {
        var original = Manifests[story.Manifest];
        var lines = original.TrimEnd('\n').Split('\n').ToList();
        foreach (var (line, kind) in story.Strewn.Where(_ => !original.Contains('|', StringComparison.Ordinal)))
            lines.Insert(line % (lines.Count + 1), kind switch { 0 => "", 1 => "# strewn", 2 => "  # strewn: [", 3 => "    # 'strewn", 4 => "      # strewn }", _ => "   " });

        return string.Join(story.Windows ? "\r\n" : "\n", lines) + (story.Unended ? "" : story.Windows ? "\r\n" : "\n");
    }

    private static ImmutableHashSet<(string Code, string Message)> Errors(string text) =>
    [
        .. Generator.Run(new("duskstack.yaml", Encoding.UTF8.GetBytes(text)), (_, _) => null, new Facts { Today = SnapshotCase.Today, Exists = null }).Diagnostics
            .Where(finding => finding.Severity == Severity.Error).Select(finding => (finding.Code, finding.Message)),
    ];

    // The longest row of lines that both have: at most one line of the old text is not in it, and that one became longer, or lost its `{}`.
    private static void OldLinesStay(string before, string after)
    {
        string[] old = [.. Lines(before)], now = [.. Lines(after)];
        int[][] common = [.. Enumerable.Range(0, old.Length + 1).Select(_ => new int[now.Length + 1])];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
                common[i][j] = old[i] == now[j] ? common[i + 1][j + 1] + 1 : Math.Max(common[i + 1][j], common[i][j + 1]);
        }

        var lost = new List<string>();
        for (int i = 0, j = 0; i < old.Length;)
        {
            if (j < now.Length && old[i] == now[j])
                (i, j) = (i + 1, j + 1);
            else if (j < now.Length && common[i][j + 1] >= common[i + 1][j])
                j++;
            else
                lost.Add(old[i++]);
        }

        Assert.True(lost.Count <= 1, $"lost: {string.Join(" | ", lost)}\n{after}");
        Assert.All(lost, line => Assert.Contains(now, other => IsWithin(line.Replace(" {}", "", StringComparison.Ordinal), other)));
    }

    // With their ends; the last one gets an end when something follows it.
    private static IEnumerable<string> Lines(string text) => (text.EndsWith('\n') ? text[..^1] : text + (text.Contains('\r', StringComparison.Ordinal) ? "\r" : "")).Split('\n');

    private static bool IsWithin(string part, string whole)
    {
        var at = 0;
        foreach (var character in whole)
            at += at < part.Length && part[at] == character ? 1 : 0;

        return at == part.Length;
    }
}

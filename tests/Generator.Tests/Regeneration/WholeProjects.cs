using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DuskStack.Outputs;
using DuskStack.Planning;
using DuskStack.Regeneration;
using DuskStack.Regeneration.Commands;
using DuskStack.Regeneration.Merging;
using FsCheck;
using FsCheck.Fluent;
using Outcome = DuskStack.Regeneration.Outcome;

namespace DuskStack.Tests.Regeneration;

/// <summary>
/// The promise over whole projects: random histories of edits, renames, option changes, upgrades and commands. What a person wrote is
/// byte by byte where it was, or its bytes are in the backup and every line that was added is in the new file; a second run changes nothing.
/// </summary>
public sealed class WholeProjects
{
    private static readonly string[] Manifests =
    [
        "version: 1\nname: shop\nservices:\n  api: { stack: node, path: api, needs: [postgres] }\npostgres: {}\n",
        "version: 1\nname: shop\nservices:\n  api: { stack: node, path: api, needs: [postgres, redis], routes: [/api] }\npostgres: {}\nredis: {}\n",
        "version: 1\nname: shop\nservices:\n  api: { stack: python, path: api, needs: [redis] }\n  site: { stack: spa, path: site }\nredis: { maxMemory: 50mb }\nci: github\n",
        "version: 1\nname: store\nservices:\n  web: { stack: nextjs, path: web }\n",
    ];

    private static readonly ConcurrentDictionary<(int Manifest, int Version), (ImmutableArray<RenderedFile> Files, ImmutableSortedDictionary<string, string> Inputs)> Rendered = new();

    /// <summary>A few hundred histories with every change; <c>DUSKSTACK_SEQUENCES</c> asks for more (<c>.ci/nightly</c>).</summary>
    private static int Histories => int.TryParse(Environment.GetEnvironmentVariable("DUSKSTACK_SEQUENCES"), NumberStyles.None, null, out var n) ? n : 200;

    internal enum Act
    {
        AddLine,
        AddFirstLine,
        ReplaceLine,
        RemoveLine,
        LineEnds,
        Bytes,
        Delete,
        RenameByHand,
        Mode,
        Manifest,
        Upgrade,
        Generate,
        Move,
        ResolveOurs,
        ResolveTheirs,
        ResolveUnion,
        ResolveDone,
        Eject,
        Adopt,
        AdoptMerge,
        Restore,
        Undo,
        Repair,
        BreakState,
    }

    internal sealed record Moment(Act Act, int Which, int Where);

    [Fact]
    public void Nothing_that_a_person_wrote_is_lost_and_a_second_run_changes_nothing()
    {
        var moment = from act in Gen.Elements(Enum.GetValues<Act>())
                     from which in Gen.Choose(0, 1000)
                     from place in Gen.Choose(0, 1000)
                     select new Moment(act, which, place);
        var history = Gen.ListOf(moment).Select(h => h.Take(14).ToImmutableArray());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Histories).WithEndSize(20), Prop.ForAll(Arb.From(history), Play));
    }

    private static bool Play(ImmutableArray<Moment> history)
    {
        using var story = new Story();
        story.Generate();
        foreach (var moment in history)
        {
            story.Live(moment);
            if (moment.Act is Act.Upgrade or Act.Manifest)
                story.Generate();
        }

        story.Generate();
        return true;
    }

    private static (ImmutableArray<RenderedFile> Files, ImmutableSortedDictionary<string, string> Inputs) Render(int manifest, int version) => Rendered.GetOrAdd((manifest, version), static key =>
    {
        var generation = Generator.Run(new("duskstack.yaml", Encoding.UTF8.GetBytes(Manifests[key.Manifest])), (_, _) => null, new Facts { Today = new(2026, 11, 21), Exists = null });
        Assert.False(generation.HasErrors, string.Join("; ", generation.Diagnostics.Select(d => d.Message)));
        return ([.. generation.Files.Select(f => Upgraded(f, key.Version))], DataAtRisk.Inputs(generation.Plan!));
    });

    // As a later version of the tool might: other lines everywhere, and one file at another place.
    private static RenderedFile Upgraded(RenderedFile file, int version)
    {
        if (version == 1)
            return file;

        var lines = file.Content.TrimEnd('\n').Split('\n').ToList();
        if (!file.Path.EndsWith(".json", StringComparison.Ordinal))
        {
            lines.Add($"# since version {version}");
            if (lines.Count > 8 && lines[lines.Count / 2].Length == 0)
                lines[lines.Count / 2] = $"# the middle of version {version}";
        }

        var path = file.TemplateId == "docs/containers.md" && version == 3 ? "docs/guide.md" : file.Path;
        return file with { Path = path, Content = string.Join('\n', lines) + "\n" };
    }

    /// <summary>One project, and what must still be true of it.</summary>
    private sealed class Story : IDisposable
    {
        private readonly Project project = new(inMemory: true);
        private Dictionary<string, string> leftByTool = [];
        private int manifest;
        private int version = 1;
        private int lines;

        public void Dispose() => project.Dispose();

        public void Live(Moment moment)
        {
            var (act, which, place) = moment;
            var all = Files();
            var known = all.Concat(Render(manifest, version).Files.Select(f => f.Path)).Distinct().Order(StringComparer.Ordinal).ToList();
            var path = all.Count == 0 ? known[which % known.Count] : all[which % all.Count];
            var any = known[which % known.Count];
            switch (act)
            {
                case Act.AddLine:
                    Edit(path, l => l.Append(Mine()));
                    break;
                case Act.AddFirstLine:
                    Edit(path, l => l.Prepend(Mine()));
                    break;
                case Act.ReplaceLine:
                    Edit(path, l => l.Select((line, i) => i == place % l.Count ? Mine() : line));
                    break;
                case Act.RemoveLine:
                    Edit(path, l => l.Where((_, i) => i != place % l.Count));
                    break;
                case Act.LineEnds when project.Has(path):
                    project[path] = project[path].ReplaceLineEndings("\r\n");
                    break;
                case Act.Bytes when project.Has(path):
                    File.WriteAllBytes(project.At(path), [.. File.ReadAllBytes(project.At(path)), 0xFF, 0xFE, .. place % 3 == 0 ? new byte[] { 0 } : [], (byte)'\n']);
                    break;
                case Act.Delete:
                    project.Delete(path);
                    break;
                case Act.RenameByHand when project.Has(path) && !project.Has(path + ".mine"):
                    File.Move(project.At(path), project.At(path + ".mine"));
                    break;
                case Act.Mode when project.Has(path):
                    project.SetMode(path, (UnixFileMode)(place % 2 == 0 ? 0b111_101_101 : 0b110_100_100));
                    break;
                case Act.Manifest:
                    manifest = which % Manifests.Length;
                    break;
                case Act.Upgrade:
                    version = (which % 3) + 1;
                    break;
                case Act.Generate:
                    Generate();
                    break;
                case Act.Move:
                    Command(s => FileCommands.Move(s, any, $"moved/{place % 3}.txt"), any, $"moved/{place % 3}.txt");
                    break;
                case Act.ResolveOurs or Act.ResolveTheirs or Act.ResolveUnion or Act.ResolveDone:
                    var open = Directory.Exists(project.At(OwnPaths.Pendings))
                        ? Directory.EnumerateFiles(project.At(OwnPaths.Pendings), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Select(f => Path.GetRelativePath(project.At(OwnPaths.Pendings), f)).FirstOrDefault()
                        : null;
                    Command(s => Resolving.Decide(s, open ?? any, act switch { Act.ResolveOurs => MergeSide.Ours, Act.ResolveTheirs => MergeSide.Theirs, Act.ResolveUnion => MergeSide.Union, _ => null }), open ?? any);
                    break;
                case Act.Eject:
                    Command(s => FileCommands.Eject(s, any), any);
                    break;
                case Act.Adopt or Act.AdoptMerge:
                    Command(s => Adopting.Decide(s, any, Render(manifest, version).Files, act == Act.AdoptMerge), any);
                    break;
                case Act.Restore:
                    Command(s => FileCommands.Restore(s, any, Regenerator.Backup(project.Root, any, s.File(any)), Render(manifest, version).Files), any);
                    break;
                case Act.Undo:
                    Written(() => Regenerator.Undo(project.Root, Request()), linesStay: false);

                    // It may have taken a repair back.
                    Written(() => Regenerator.Repair(project.Root, Request()), linesStay: true);
                    break;
                case Act.BreakState:
                    project[OwnPaths.State] = $"<<<<<<< HEAD\n{(project.Has(OwnPaths.State) ? project.State : "")}";
                    Written(() => Regenerator.Repair(project.Root, Request()), linesStay: true);
                    break;
                case Act.Repair:
                    Written(() => Regenerator.Repair(project.Root, Request()), linesStay: true);
                    break;
                default:
                    break;
            }
        }

        public void Generate()
        {
            var before = project.Tree();
            project.Run(Request() with { DryRun = true });
            Assert.Equal(before, project.Tree());

            var first = Written(() => project.Run(Request()), linesStay: true);
            Assert.True(first.Outcome is Outcome.Clean or Outcome.Conflicts or Outcome.Refused, $"{first.Outcome}: {string.Join("; ", first.Diagnostics.Select(d => d.Message))}");
            var after = project.Tree();
            var second = project.Run(Request());
            Assert.Equal(after, project.Tree());
            Assert.Equal(first.Outcome, second.Outcome);
        }

        private void Command(Func<Snapshot, Decision> decide, params string[] paths) =>
            Written(() => Regenerator.Apply(project.Root, Request() with { Paths = [.. paths] }, decide), linesStay: false);

        private RegenerationResult Written(Func<RegenerationResult> run, bool linesStay)
        {
            var before = Contents();
            var edited = before.Where(f => !leftByTool.TryGetValue(f.Key, out var left) || left != f.Value).ToList();
            var result = run();
            var after = Contents();
            var backups = project.BackedUp().ToHashSet(StringComparer.Ordinal);
            foreach (var (path, text) in edited)
            {
                var stays = after.TryGetValue(path, out var now) && now == text;
                Assert.True(stays || after.ContainsValue(text) || backups.Contains(text), $"what a person made of `{path}` is neither there nor in the backup");
            }

            if (linesStay)
            {
                var lost = Mines(before.Values).Except(Mines(after.Values), StringComparer.Ordinal).ToList();
                Assert.True(lost.Count == 0, $"lines of a person are gone: {string.Join(", ", lost)}");
            }

            Assert.DoesNotContain(after.Keys, p => p.EndsWith(".duskstack", StringComparison.Ordinal));
            leftByTool = after;
            return result;
        }

        private RegenerationRequest Request()
        {
            var (files, inputs) = Render(manifest, version);
            return project.Request([.. files]) with { Inputs = inputs, LeaveData = ["name", .. inputs.Keys.Select(k => k.Split(' ')[^1]), "postgres_data", "redis_data"] };
        }

        private List<string> Files() => [.. project.Tree().Keys.Where(p => !OwnPaths.IsOwn(p))];

        private Dictionary<string, string> Contents() => Files().ToDictionary(p => p, p => project[p]);

        private void Edit(string path, Func<List<string>, IEnumerable<string>> edit)
        {
            if (!project.Has(path))
                return;

            var text = project[path];
            var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
            project[path] = string.Join(end, edit([.. text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')])) + end;
        }

        private string Mine() => $"# mine {++lines}.";

        private static IEnumerable<string> Mines(IEnumerable<string> texts) => texts.SelectMany(t => t.Split('\n')).Select(l => l.Trim()).Where(l => l.StartsWith("# mine ", StringComparison.Ordinal)).Distinct();
    }
}

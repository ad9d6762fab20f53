using System.Collections.Immutable;
using System.Text;
using DuskStack.Manifests;
using DuskStack.Outputs;
using DuskStack.Planning;
using DuskStack.Templating;
using FsCheck;
using FsCheck.Fluent;

namespace DuskStack.Tests.Escapes;

/// <summary>
/// Whatever a person writes into a manifest is refused with a diagnostic, or stands in every file as that value and as nothing else. A harmless word
/// at the same place shows where the value belongs; all other tokens of all files must stay as they are.
/// </summary>
public sealed class NothingBreaksOut
{
    [Fact]
    public void Any_text_at_any_place() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Cases().ToArbitrary(), each => Compare(each.Place, each.Before, each.Hostile, each.After)));

    /// <summary>Each setting once, at a place where text is free: every piece, alone or between other text.</summary>
    [Fact]
    public void Every_piece_where_text_is_free()
    {
        var free = Place.All.GroupBy(p => p.Setting).Select(g => g.LastOrDefault(p => Accepted(p.With($"{p.Text} (\"{HostileValues.Marker}\")")))).OfType<Place>().ToList();
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal) { "services.*.env.*", "services.*.start[]", "services.*.dev[]", "services.*.build.args.*", "services.*.build.command[]", "services.*.public.*", "services.*.processes.*.start[]", "services.*.health.command[]" },
            free.Select(p => p.Setting).ToHashSet());
        foreach ((int at, Place place) in free.Index())
        {
            // Every piece somewhere and at every place some; the nightly has them all.
            foreach ((int index, string piece) in HostileValues.Pieces.Index().Where(p => Everything || (p.Index + at) % 4 == 0))
            {
                if ((index / 4 + at) % 2 == 0) Compare(place, "", piece, "");
                else Compare(place, place.Text, piece, "x");
            }
        }
    }

    /// <summary>The error about the word was followed by an exception: the check had no command left.</summary>
    [Fact]
    public void A_health_check_whose_command_is_refused_is_a_finding() => Assert.Equal(
        ["DS1202"],
        Run("version: 1\nname: shop\nservices: { mail: { image: axllent/mailpit:v1.27, port: 8025, health: { command: [/mailpit, \"a\\u0001\"] } } }\n").Diagnostics.Select(d => d.Code));

    [Fact]
    public void Every_setting_that_takes_text_has_a_place()
    {
        string[] missing =
        [
            .. from setting in SettingTree.All
               where setting.Setting.Type.Word.Contains("text", StringComparison.Ordinal) || setting.Setting.Type.Word.Contains("command", StringComparison.Ordinal)
               group Plain(setting.Path) by setting.Setting into paths
               where !paths.Any(path => Place.All.Any(p => Plain(p.Setting).StartsWith(path, StringComparison.Ordinal)))
               select paths.First(),
        ];
        Assert.Equal(["extends"], missing);

        static string Plain(string path) => path.Replace("[]", "", StringComparison.Ordinal);
    }

    private static bool Everything => Environment.GetEnvironmentVariable("DUSKSTACK_SEQUENCES") is { Length: > 0 };

    /// <summary>Settings that take a path below the project.</summary>
    private static readonly ImmutableHashSet<string> Folders = ["services.*.path", "services.*.workspace", "services.*.dockerfile", "services.*.build.ca", "services.*.build.output", "postgres.init"];

    private static Gen<Case> Cases() =>
        from place in Gen.Elements(Place.All.AsEnumerable())
        from pieces in Gen.Elements(HostileValues.Pieces.AsEnumerable()).NonEmptyListOf()
        from position in Gen.Choose(0, place.Text.Length)
        let at = position < place.Text.Length && char.IsLowSurrogate(place.Text[position]) ? position - 1 : position
        from whole in Gen.Elements(true, false)
        let hostile = string.Concat(pieces.Take(4))
        select whole ? new Case(place, "", hostile, "") : new Case(place, place.Text[..at], hostile, place.Text[at..]);

    private static void Compare(Place place, string before, string hostile, string after)
    {
        string where = $"{place.Source}: {place.Setting} = {JsonText(before + hostile + after)}";
        Generation attacked = Run(place.With(before + hostile + after));
        if (attacked.HasErrors) return;
        // `services/api/` is the folder `services/api`.
        if (Folders.Contains(place.Setting) && after.Length == 0 && hostile.EndsWith('/')) hostile = hostile[..^1];

        var tokens = attacked.Files.ToDictionary(f => f.Path, f => Read(f, where), StringComparer.Ordinal);
        Generation harmless = Run(place.With(before + HostileValues.Marker + after));
        // What is no free text (a number, a choice) has no harmless twin; that every file can be read is all there is to see.
        if (harmless.HasErrors || Derives(place)) return;

        foreach (RenderedFile file in harmless.Files)
        {
            if (!tokens.TryGetValue(Replaced(file.Path, hostile), out ImmutableArray<string> found)) Assert.Fail($"{where}\n{file.Path} is missing");
            bool compose = Path.GetFileName(file.Path).StartsWith("compose", StringComparison.Ordinal);
            ImmutableArray<string> expected = Read(file, where);
            string written = compose ? Escaping.Compose(hostile) : hostile;
            // A word of a command within a command: watchfiles 'python -m ...'.
            string quoted = written.Replace("'", "'\\''", StringComparison.Ordinal);
            IEnumerable<string> lost = IsLines(file.Path)
                ? expected.Where((_, index) => !Mentions(file, index)).Except(found)
                : expected.Select(t => (Token: t, Meant: Replaced(t, written)))
                    // What is made of a text by its form (dist/x.js -> src/x.ts) may be made of one and not of the other.
                    .Where(t => !found.Contains(t.Meant) && !(t.Meant != t.Token && found.Any(f => f.Contains(written, StringComparison.Ordinal) || f.Contains(quoted, StringComparison.Ordinal))))
                    .Select(t => t.Meant);
            string[] wrong = [.. lost.Select(t => $"- {t}"), .. expected.Length == found.Length ? [] : new[] { $"{expected.Length} tokens are {found.Length}" }];
            Assert.True(wrong.Length == 0, $"{where}\n{file.Path}:\n{string.Join('\n', wrong.Take(12))}");
        }
    }

    /// <summary>
    /// Scripts and modules in commands: development, bundles and watches are made of their form, which a line feed in them changes. That every
    /// file can be read is seen for them too; how words are escaped shows at the other words of the same commands.
    /// </summary>
    private static bool Derives(Place place) => place.Setting.EndsWith("[]", StringComparison.Ordinal) && place.Text.IndexOfAny(['.', '/', ':']) >= 0;

    /// <summary>Files without a reader here: lines that do not show the value stay as they are.</summary>
    private static bool IsLines(string path) => !OutputTokens.Reads(path);

    private static bool Mentions(RenderedFile file, int line) => file.Content.Split('\n')[line].Contains(HostileValues.Marker, StringComparison.OrdinalIgnoreCase);

    private static ImmutableArray<string> Read(RenderedFile file, string where)
    {
        try
        {
            return OutputTokens.Of(file.Path, file.Content);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            throw new InvalidOperationException($"{where}\n{file.Path} cannot be read: {problem.Message}", problem);
        }
    }

    private static string Replaced(string token, string hostile) => token
        .Replace(HostileValues.Marker, hostile, StringComparison.Ordinal)
        .Replace(HostileValues.Marker.ToUpperInvariant(), hostile.Replace('-', '_').ToUpperInvariant(), StringComparison.Ordinal);

    private static bool Accepted(string manifest) => !Run(manifest).HasErrors;

    private static Generation Run(string manifest) =>
        Generator.Run(new SourceText("duskstack.yaml", Encoding.UTF8.GetBytes(manifest)), (_, _) => null, new Facts { Today = new DateOnly(2026, 11, 21) });

    private static string JsonText(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private sealed record Case(Place Place, string Before, string Hostile, string After)
    {
        public override string ToString() => $"{Place.Source} {Place.Setting} {JsonText(Before + Hostile + After)}";
    }
}

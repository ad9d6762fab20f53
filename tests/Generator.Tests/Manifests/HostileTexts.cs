using System.Text;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Yaml;
using FsCheck;
using FsCheck.Fluent;

namespace DuskStack.Tests.Manifests;

/// <summary>Texts that ask for more than any manifest needs. That reading ends early shows in where it stopped, not on a clock.</summary>
public class HostileTexts
{
    [Fact]
    public void Ten_megabytes_are_refused_unread() => Assert.Equal("DS1002", ReadResult.Of(new byte[10 * 1024 * 1024]).Diagnostics.Single().Code);

    [Fact]
    public void A_billion_laughs_stop_at_the_limit()
    {
        var text = "a: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 50).Select(i => $"k{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]\n"));
        var found = ReadResult.Of(text).Diagnostics.Single();
        // 9^5 is 59,049: the sixth line is the first that can go beyond 50,000.
        Assert.Equal(("DS1004", 6), (found.Code, found.Span!.Value.Line));
    }

    [Fact]
    public void Laughs_by_merge_keys_stop_at_the_limit()
    {
        var keys = string.Join(", ", Enumerable.Range(0, 1000).Select(i => $"k{i}: 1"));
        Assert.Equal("DS1004", ReadResult.Of($"x-a: &a {{ {keys} }}\nx-b: {{ <<: [{string.Join(',', Enumerable.Repeat("*a", 10_000))}] }}\n").Diagnostics.Single().Code);
    }

    [Fact]
    public void An_alias_inside_its_own_anchor_is_refused() => Assert.Equal("DS1004", ReadResult.Of("x-a: &a { b: [*a] }\n").Diagnostics.Single().Code);

    [Fact]
    public void A_chain_of_aliases_cannot_nest_without_end()
    {
        var text = "x-a: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 5000).Select(i => $"x-{i}: &a{i} [*a{i - 1}]\n"));
        var found = ReadResult.Of(text).Diagnostics.Single();
        Assert.Equal(("DS1004", true), (found.Code, found.Span!.Value.Line < 2 * YamlLimits.Depth));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("{a: ")]
    public void Deep_nesting_stops_at_the_limit(string opening)
    {
        var found = ReadResult.Of(string.Concat(Enumerable.Repeat(opening, 250_000))).Diagnostics.Single();
        Assert.Equal(("DS1003", true), (found.Code, found.Span!.Value.Column < 5 * YamlLimits.Depth));
    }

    [Fact]
    public void Many_values_stop_at_the_limit() => Assert.Equal("DS1004", ReadResult.Of($"a: [{string.Join(',', Enumerable.Repeat("1", 200_000))}]").Diagnostics.Single().Code);

    [Fact]
    public void Many_unknown_keys_are_summed_up()
    {
        var found = ReadResult.Of("name: a\nservices: { api: { stack: node } }\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"k{i}: 1\n"))).Diagnostics;
        Assert.Equal(21, found.Length);
        Assert.Contains("4980 more unknown keys", found[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_change_to_a_manifest_is_read_without_an_exception()
    {
        var text = ReadResult.FullText;
        var mutations = Gen.Choose(0, 1_000_000).ArrayOf().ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(60), Prop.ForAll(mutations, numbers => Rendered(Mutated(text, numbers)).Length > 0));
    }

    [Fact]
    public void Any_bytes_are_read_without_an_exception()
    {
        var bytes = Gen.Choose(0, 255).ArrayOf().Select(numbers => numbers.Select(number => (byte)number).ToArray()).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(200), Prop.ForAll(bytes, some => ReadResult.Of(some).Text.Length > 0));
    }

    // Every three numbers are one change: what to do, where, and with what.
    private static string Mutated(string text, int[] numbers)
    {
        string[] pieces = ["\t", "\n", "  ", ":", "- ", "[", "]", "{", "}", "\"", "'", "*a", "&a ", "<<: *a\n", "!x ", "|\n", "null", "\0", "\u202E", "\uD83D\uDE00", "é", "#", "%", "\\", ": ", "-1", "99999999999999999999", "\"\\uD800\"", "? ", "---\n", "1m30s", "\r"];
        var changed = new StringBuilder(text);
        foreach (var change in numbers.Chunk(3).Where(chunk => chunk.Length == 3))
        {
            var at = change[1] % (changed.Length + 1);
            var length = Math.Min(change[2] % 40, changed.Length - at);
            if (change[0] % 4 == 0) changed.Remove(at, length);
            else if (change[0] % 4 == 1) changed.Insert(at, changed.ToString(at, length));
            else changed.Insert(at, pieces[change[2] % pieces.Length]);
        }

        return changed.ToString();
    }

    private static string Rendered(string text)
    {
        var read = ReadResult.Of(text);
        Assert.True(read.Manifest is not null || read.Diagnostics.Length > 0, text);
        return read.Text + DiagnosticText.WriteJson(read.Diagnostics);
    }
}

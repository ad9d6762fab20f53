using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DuskStack.Templating;
using FsCheck;
using FsCheck.Fluent;
using YamlDotNet.RepresentationModel;

namespace DuskStack.Tests.Templating;

public sealed class EscapingKeepsEveryValue
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("${API_PORT:-3000}", "${API_PORT:-3000}")]
    [InlineData("postgres_data:/var/lib/postgresql/data", "postgres_data:/var/lib/postgresql/data")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("No", "\"No\"")]
    [InlineData("1.50", "\"1.50\"")]
    [InlineData("12:30:45", "\"12:30:45\"")]
    [InlineData("", "\"\"")]
    [InlineData("a: b", "\"a: b\"")]
    [InlineData("# no comment", "\"# no comment\"")]
    [InlineData("line\nline", "\"line\\nline\"")]
    [InlineData("trailing:", "\"trailing:\"")]
    public void Yaml_is_plain_where_that_is_safe(string value, string written) => Assert.Equal(written, Escaping.Yaml(value));

    [Fact]
    public void Any_text_comes_back_from_yaml() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(Printable(), value => FromYaml($"key: {Escaping.Yaml(value)}\n") == value));

    [Fact]
    public void Any_list_comes_back_from_yaml() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll(Printable(), Printable(), (first, second) =>
        {
            var stream = new YamlStream();
            stream.Load(new StringReader($"key: {Escaping.YamlList([first, second])}\n"));
            var list = (YamlSequenceNode)((YamlMappingNode)stream.Documents[0].RootNode)["key"];
            return list.Select(n => ((YamlScalarNode)n).Value).SequenceEqual([first, second]);
        }));

    [Fact]
    public void Any_text_comes_back_from_json() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(Printable(), value => JsonSerializer.Deserialize<string>(Escaping.Json(value)) == value));

    [Theory]
    [InlineData("plain-word_1.2")]
    [InlineData("two words")]
    [InlineData("it's")]
    [InlineData("$HOME `id` $(id) \\ \" ! *")]
    [InlineData("")]
    [InlineData("-n")]
    [InlineData("äöü 日本")]
    public void A_shell_reads_back_the_same_word(string value)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a POSIX shell");
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"printf '%s' {Escaping.Shell(value)}"]) { RedirectStandardOutput = true })!;
        string read = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData("stable", "stable")]
    [InlineData("a \"b\" $c \\", "\"a \\\"b\\\" \\$c \\\\\"")]
    public void A_dockerfile_value_expands_nothing(string value, string written) => Assert.Equal(written, Escaping.Dockerfile(value));

    [Fact]
    public void Hcl_opens_no_template() => Assert.Equal("\"$${TAG} %%{if}\"", Escaping.Hcl("${TAG} %{if}"));

    [Fact]
    public void Compose_interpolates_nothing_of_the_user() => Assert.Equal("$${HOME} $$PATH", Escaping.Compose("${HOME} $PATH"));

    [Theory]
    [InlineData("/api", "/api")]
    [InlineData("/api/v1.2/~me_-", "/api/v1\\.2/~me_-")]
    public void A_pattern_of_nginx_matches_the_path_and_no_other(string path, string written)
    {
        Assert.Equal(written, Escaping.NginxPattern(path));
        Assert.Matches($"^{written}$", path);
        Assert.DoesNotMatch($"^{written}$", path.Replace('.', 'x') + (path.Contains('.', StringComparison.Ordinal) ? "" : "x"));
    }

    [Theory]
    [InlineData("/a b")]
    [InlineData("/a;return")]
    [InlineData("/a{2}")]
    [InlineData("/(a|b)")]
    [InlineData("/a\n")]
    [InlineData("")]
    public void What_is_no_word_of_nginx_is_a_bug(string value) => Assert.Throws<ArgumentException>(() => Escaping.NginxPattern(value));

    private static string? FromYaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return ((YamlScalarNode)((YamlMappingNode)stream.Documents[0].RootNode)["key"]).Value;
    }

    /// <summary>The manifest refuses control characters and lone surrogates, so values hold none.</summary>
    private static Arbitrary<string> Printable() => ArbMap.Default.ArbFor<string>().Filter(text =>
        text is not null && text.All(c => char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)));
}

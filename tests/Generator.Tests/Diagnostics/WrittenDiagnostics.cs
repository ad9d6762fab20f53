using System.Text;
using DuskStack.Diagnostics;
using DuskStack.Manifests;

namespace DuskStack.Tests.Diagnostics;

public class WrittenDiagnostics
{
    private static string Write(string text, int line, int column, int length, string message = "wrong") =>
        new DiagnosticText([new SourceText("a.yaml", Encoding.UTF8.GetBytes(text))]).Write(new Diagnostic("DS1202", Severity.Error, new SourceSpan("a.yaml", line, column, length), message));

    [Fact]
    public void Tabs_and_wide_letters_keep_the_carets_in_place()
    {
        Assert.Equal("a.yaml:1:2: error DS1202: wrong\n     1 |     key\n       |     ^^^\n", Write("\tkey", 1, 2, 3));
        Assert.Equal("a.yaml:1:5: error DS1202: wrong\n     1 | 名前: x\n       |       ^\n", Write("名前: x", 1, 5, 1));
    }

    [Fact]
    public void CRLF_is_no_part_of_a_line() => Assert.Equal("a.yaml:2:1: error DS1202: wrong\n     2 | b\n       | ^\n", Write("a\r\nb\r\n", 2, 1, 5));

    [Fact]
    public void Long_lines_are_cut_around_the_place()
    {
        var lines = Write(new string('x', 500) + "HERE" + new string('y', 500), 1, 501, 4).Split('\n');
        Assert.All(lines, line => Assert.True(line.Length < 140));
        Assert.Equal("HERE", lines[1].Substring(lines[2].IndexOf('^', StringComparison.Ordinal), 4));
        Assert.Contains("…", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Text_cannot_steer_the_terminal() => Assert.DoesNotContain('\u001b', Write("a\u001b[31mb", 1, 1, 1, "bad \u001b[31m"));

    [Fact]
    public void A_place_beyond_the_text_is_written_without_a_line() => Assert.Equal("a.yaml:9:9: error DS1202: wrong\n", Write("a", 9, 9, 9));

    [Fact]
    public void About_no_text_it_starts_with_the_severity() => Assert.Equal("warning DS1309: old\nhint: renew\n", new DiagnosticText([]).Write(new Diagnostic("DS1309", Severity.Warning, null, "old", "renew")));

    [Fact]
    public void As_JSON_it_has_all_fields()
    {
        var json = DiagnosticText.Json([new("DS1202", Severity.Error, new SourceSpan("a", 1, 2, 3), "m", "h"), new("DS1309", Severity.Warning, null, "m")]);
        Assert.Equal("""[{"code":"DS1202","severity":"error","file":"a","line":1,"column":2,"length":3,"message":"m","hint":"h"},{"code":"DS1309","severity":"warning","message":"m"}]""", json.ToJsonString());
    }

    [Theory]
    [InlineData("nodejs", "node")]
    [InlineData("ndoe", "node")]
    [InlineData("PYTHON", "python")]
    [InlineData("nex", "nextjs")]
    [InlineData("rust", null)]
    [InlineData("", null)]
    public void Suggestions_are_near_or_none(string written, string? meant) => Assert.Equal(meant, Suggestions.Nearest(written, ["node", "python", "nextjs", "spa"]));

    [Fact]
    public void A_swap_is_one_slip() => Assert.Equal(1, Suggestions.Distance("prot", "port"));
}

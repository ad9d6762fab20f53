using System.Text;
using DuskStack.Manifests;

namespace DuskStack.Tests.Manifests;

public class YamlTexts
{
    private const string Small = "name: shop\nservices:\n  api:\n    stack: node\n";

    [Fact]
    public void Places_are_those_of_the_text()
    {
        var api = (StackService)ReadResult.Of("name: shop # the shop\nservices:\n  api:\n    stack: \"node\"   # quoted\n    port: 3000\n").Service("api");
        Assert.Equal(("duskstack.yaml:3:3", 3), (api.Name.Span.ToString(), api.Name.Span.Length));
        Assert.Equal(("duskstack.yaml:4:12", 6), (api.Stack.Span.ToString(), api.Stack.Span.Length));
        Assert.Equal(("duskstack.yaml:5:11", 4), (api.Port!.Value.Span.ToString(), api.Port.Value.Span.Length));
    }

    [Theory]
    [InlineData("\uFEFFname: shop\nservices: { api: { stack: node } }\n")]
    [InlineData("name: shop\r\nservices:\r\n  api:\r\n    stack: node\r\n")]
    [InlineData("---\nname: shop\nservices: { api: { stack: node } }\n...\n")]
    [InlineData("x-any: &any { stack: node }\nname: shop\nservices: { api: *any }\n")]
    public void These_forms_are_fine(string text)
    {
        var read = ReadResult.Of(text);
        Assert.Equal("", read.Text);
        Assert.Equal("node", ((StackService)read.Service("api")).Stack.Value);
    }

    [Fact]
    public void After_CRLF_and_BOM_places_are_still_right() => Assert.Equal("duskstack.yaml:2:5", ReadResult.Of("\uFEFFname: shop\r\nci: nothing\r\nservices: { api: { stack: node } }\r\n").Diagnostics.Single().Span.ToString());

    [Fact]
    public void Merge_keys_bring_what_is_not_written()
    {
        var read = ReadResult.Of("name: shop\nx-a: &a { stack: node, port: 1, env: { A: a } }\nx-b: &b { port: 2, workers: 2 }\nservices:\n  one: { <<: *a, port: 3 }\n  two: { <<: [*b, *a] }\n");
        Assert.Equal("", read.Text);
        var (one, two) = ((StackService)read.Service("one"), (StackService)read.Service("two"));
        Assert.Equal((3, "node", "A"), (one.Port?.Value, one.Stack.Value, one.Env.Single().Name.Value));
        Assert.Equal((2, 2), (two.Port?.Value, two.Workers?.Value));
        Assert.Equal("duskstack.yaml:2:18", one.Stack.Span.ToString());
    }

    [Fact]
    public void A_mistake_behind_an_alias_stands_at_its_anchor() => Assert.Equal("duskstack.yaml:2:30", ReadResult.Of("name: shop\nx-a: &a { stack: node, port: no }\nservices:\n  one: *a\n").Diagnostics.Single().Span.ToString());

    [Fact]
    public void A_key_twice_names_both_places()
    {
        var found = ReadResult.Of(Small + "name: other\n").Diagnostics.Single();
        Assert.Equal(("DS1005", "duskstack.yaml:5:1"), (found.Code, found.Span.ToString()));
        Assert.Contains("duskstack.yaml:1:1", found.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "DS1102", 1)]
    [InlineData("# nothing\n", "DS1102", 1)]
    [InlineData("- a\n- b\n", "DS1102", 1)]
    [InlineData("just text\n", "DS1102", 1)]
    [InlineData("name: shop\nservices:\n\tapi: 1\n", "DS1003", 3)]
    [InlineData("name: shop\nservices:\n  api:\n  \tstack: node\n", "DS1003", 4)]
    [InlineData("name: a: b\n", "DS1003", 1)]
    [InlineData("name: [a\n", "DS1003", 2)]
    [InlineData("name: \"a\n", "DS1003", 1)]
    [InlineData("name: \"\\q\"\n", "DS1003", 1)]
    [InlineData("name: \"\\UFFFFFFFF\"\n", "DS1003", 1)]
    [InlineData("name: @a\n", "DS1003", 1)]
    [InlineData("name: a\n---\nname: b\n", "DS1003", 2)]
    [InlineData("? [a]\n: b\n", "DS1003", 1)]
    [InlineData("<<: 1\nname: a\nservices: { api: { stack: node } }\n", "DS1102", 1)]
    [InlineData("name: !env NAME\nservices: { api: { stack: node } }\n", "DS1003", 1)]
    [InlineData("name: *nobody\nservices: { api: { stack: node } }\n", "DS1003", 1)]
    [InlineData("name: a\u0000\n", "DS1001", 1)]
    [InlineData("name: a\nx: \u001b[31m\n", "DS1001", 2)]
    [InlineData("name: a\u2028\n", "DS1001", 1)]
    [InlineData("name: \u202Ea\n", "DS1001", 1)]
    public void What_cannot_be_read_is_said(string text, string code, int line)
    {
        var found = ReadResult.Of(text).Diagnostics;
        Assert.Equal((code, line), (found[0].Code, found[0].Span!.Value.Line));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_shown_at_their_place()
    {
        var found = ReadResult.Of([.. "name: shop\nci: "u8, 0xE9, (byte)'\n']).Diagnostics.Single();
        Assert.Equal(("DS1001", "duskstack.yaml:2:5"), (found.Code, found.Span.ToString()));
        Assert.Equal("DS1001", ReadResult.Of(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("name: a")).ToArray()).Diagnostics.Single().Code);
    }

    [Fact]
    public void A_bracket_that_is_not_closed_is_named() => Assert.Contains("opens at duskstack.yaml:2:16", ReadResult.Of("name: shop\nservices: { a: [b\nci: github\n").Diagnostics.Single().Hint, StringComparison.Ordinal);

    [Fact]
    public void Quoted_text_is_never_nothing() => Assert.Equal("null", ReadResult.OfService("env: { A: \"null\" }").Service("api").Env.Single().Value.Value);
}

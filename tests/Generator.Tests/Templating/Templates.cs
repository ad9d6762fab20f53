using System.Collections.Immutable;
using DuskStack.Templating;

namespace DuskStack.Tests.Templating;

public sealed class Templates
{
    private static readonly Model Shop = new();

    [Theory]
    [InlineData("{{Name}}, {{name}}", "shop, shop")]
    [InlineData("{{Count}} {{Share}} {{Flag}}", "3 0.5 true")]
    [InlineData("[{{Nothing}}]", "[]")]
    [InlineData("{{Part.Name}}", "a")]
    [InlineData("{{Absent.Name}}", "")]
    [InlineData("{{json Name}} {{list Words}}", "\"shop\" [one, two]")]
    [InlineData("{{go \"if .State.Health\"}} {{go '.Id \"x\"'}}", "{{if .State.Health}} {{.Id \"x\"}}")]
    public void A_value_is_printed(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("Flag", true)]
    [InlineData("Name", true)]
    [InlineData("Count", true)]
    [InlineData("Words", true)]
    [InlineData("Lazy", true)]
    [InlineData("Part", true)]
    [InlineData("NoFlag", false)]
    [InlineData("Empty", false)]
    [InlineData("Zero", false)]
    [InlineData("NoWords", false)]
    [InlineData("NoLazy", false)]
    [InlineData("Nothing", false)]
    public void What_is_empty_counts_as_no(string name, bool holds)
    {
        Assert.Equal(holds ? "yes" : "no", Render($"{{{{#if {name}}}}}yes{{{{else}}}}no{{{{/if}}}}"));
        Assert.Equal(holds ? "no" : "yes", Render($"{{{{#unless {name}}}}}yes{{{{else}}}}no{{{{/unless}}}}"));
    }

    [Theory]
    [InlineData("{{#each Words}}{{#unless @first}}, {{/unless}}{{this}}{{/each}}", "one, two")]
    [InlineData("{{#each Parts}}{{../Name}}/{{Name}} {{/each}}", "shop/a shop/b ")]
    [InlineData("{{#each Parts}}{{#each ../Words}}{{../Name}}{{this}}{{../../Count}}{{@root.Name}} {{/each}}{{/each}}", "aone3shop atwo3shop bone3shop btwo3shop ")]
    [InlineData("{{#each Points}}{{X}};{{/each}}", "1;2;")]
    [InlineData("{{#each Nothing}}never{{/each}}", "")]
    public void A_list_is_gone_through(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("a\n{{#if Flag}}\nb\n{{else}}\nc\n{{/if}}\nd\n", "a\nb\nd\n")]
    [InlineData("a\n  {{#each Words}}\n  {{this}}\n  {{/each}}\nd", "a\n  one\n  two\nd")]
    [InlineData("{{#if Flag}}\na\n{{/if}}", "a\n")]
    [InlineData("{{!-- says {{Name}} --}}\na\n{{! and this }}\nb\n", "a\nb\n")]
    [InlineData("a{{#if Flag}} b\n{{/if}}\nc\n", "a b\nc\n")]
    [InlineData("{{#if Flag}}a{{/if}}\nb\n", "a\nb\n")]
    [InlineData("{{#if Flag}}{{/if}}\nb\n", "\nb\n")]
    [InlineData("  {{Name}}\n", "  shop\n")]
    public void A_tag_alone_on_its_line_takes_the_line_with_it(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("x\n{{> line}}\ny\n", "x\nname shop\ny\n")]
    [InlineData("{{#each Parts}}\n{{> line}}\n{{/each}}\n", "name a\nname b\n")]
    [InlineData("{{> line name=\"two words\"}}\n{{Name}}\n", "name two words\nshop\n")]
    [InlineData("{{> line name=Part.Name}}\n", "name a\n")]
    [InlineData("{{> line name=\"\"}}\n", "")]
    public void A_partial_reads_the_model_and_what_it_is_given(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("a\n{{#if Flag}}\n", "`#if Flag` is not closed (line 2 of it)")]
    [InlineData("{{#if Flag}}\n{{/each}}", "`/each` closes `#if Flag` (line 2 of it)")]
    [InlineData("{{#each Words}}{{else}}{{/each}}", "`else` closes `#each Words` (line 1 of it)")]
    [InlineData("a\n\n{{/if}}", "`/if` belongs to no block (line 3 of it)")]
    [InlineData("{{#with Part}}{{/with}}", "there is no block `with Part` (line 1 of it)")]
    [InlineData("{{yml Name}}", "there is no helper `yml` (line 1 of it)")]
    [InlineData("{{yaml Name Count}}", "a helper takes one argument (line 1 of it)")]
    [InlineData("{{Name", "`}}` is missing (line 1 of it)")]
    [InlineData("{{}}", "the tag is empty (line 1 of it)")]
    [InlineData("{{{Name}}}", "`{Name` is no path (line 1 of it)")]
    [InlineData("{{> line name}}", "`name` is no `name=value` (line 1 of it)")]
    [InlineData("{{Part..Name}}", "`Part..Name` is no path (line 1 of it)")]
    public void A_mistake_is_found_when_the_template_is_read(string template, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => Template.Parse(template, Partial)).Message);

    [Theory]
    [InlineData("{{Nam}}", "`Nam` is no property of Model")]
    [InlineData("{{#if Nam}}{{/if}}", "`Nam` is no property of Model")]
    [InlineData("{{#each Parts}}{{Count}}{{/each}}", "`Count` is no property of Part")]
    [InlineData("{{../Name}}", "`../` leads out of the model")]
    public void An_unknown_name_is_an_error(string template, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => Render(template)).Message);

    [Fact]
    public void All_templates_can_be_read() => Assert.All(
        TemplateSet.Names("").Where(n => n.EndsWith(".hbs", StringComparison.Ordinal)),
        name => Assert.All(TemplateSet.Text(name).Split("{{!section"), (section, i) => Template.Parse(i == 0 ? section : "{{!section" + section, Partial)));

    private static string Render(string template) => Template.Parse(template, Partial).Render(Shop);

    private static Template Partial(string name) => Template.Parse(name == "line" ? "{{#if name}}\nname {{name}}\n{{/if}}\n" : throw new ArgumentException(name, nameof(name)), Partial);

    private sealed record Model
    {
        public string Name { get; } = "shop";
        public string Empty { get; } = "";
        public string? Nothing { get; }
        public int Count { get; } = 3;
        public int Zero { get; }
        public double Share { get; } = 0.5;
        public bool Flag { get; } = true;
        public bool NoFlag { get; }
        public ImmutableArray<string> Words { get; } = ["one", "two"];
        public ImmutableArray<string> NoWords { get; } = [];
        public IEnumerable<int> Lazy => Enumerable.Range(0, 1);
        public IEnumerable<int> NoLazy => Enumerable.Range(0, 0).Where(_ => true);
        public Part Part { get; } = new("a");
        public Part? Absent { get; }
        public ImmutableArray<Part> Parts { get; } = [new("a"), new("b")];
        public ImmutableArray<Point> Points { get; } = [new(1), new(2)];
    }

    private sealed record Part(string Name);

    private readonly record struct Point(int X);
}

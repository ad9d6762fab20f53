using System.Collections.Immutable;
using DuskStack.Packing.Folding;
using DuskStack.Packing.Learning;
using DuskStack.Packing.Parameters;

namespace DuskStack.Tests.Packing;

/// <summary>Whatever sections say, and on whatever it depends: the folded file says it too, at every combination.</summary>
public sealed class FoldedTexts
{
    private static readonly ImmutableArray<string> Lines = ["a\n", "b\n", "\n", "  indented\n", "# a comment\n", "same\n", "last\n"];

    [Fact]
    public void Say_at_each_combination_what_the_sections_say()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            ImmutableArray<ClosedParameter> parameters = [.. ParameterList.Closed.OrderBy(_ => random.Next()).Take(4).OrderBy(p => ParameterList.Closed.IndexOf(p))];
            ImmutableArray<SectionTable> sections = [.. Enumerable.Range(0, random.Next(1, 9)).Select(i => Section($"s{i}", parameters, random))];
            string folded = FileFold.Fold(sections);
            var whole = new Space(parameters);
            foreach (int combination in whole.Possible)
            {
                Point point = whole.Set(Point.Default, combination);
                string expected = string.Concat(sections.Select(s => s.Texts[s.Space.Of(point)]));
                Assert.True(expected == FoldedText.At(folded, whole, combination), $"seed {seed}, {point}:\n{folded}");
            }
        }
    }

    [Fact]
    public void Share_one_condition_around_neighbours()
    {
        ClosedParameter database = ParameterList.Find(ParameterList.Database);
        SectionTable Says(string name, string text) => new(new("compose.yaml", name), new([database]), ["", text, text]);
        Assert.Equal("#!if (db != \"none\")\none\ntwo\n#!endif\n", FileFold.Fold([Says("a", "one\n"), Says("b", "two\n")]));
    }

    /// <summary>A project of defaults evaluates one condition in place of three.</summary>
    [Fact]
    public void Pass_over_what_a_project_of_defaults_lacks()
    {
        SectionTable Extra(string option) => new(new("compose.yaml", option), new([ParameterList.Find(option)]), ["", $"{option}\n"]);
        SectionTable Plain(string text) => new(new("compose.yaml", text), new([]), [$"{text}\n"]);
        Assert.Equal(
            "head\n#!if (proxy || mon || ecs)\n#!if (proxy)\nproxy\n#!endif\none\n#!if (mon)\nmonitoring\n#!endif\ntwo\n#!if (ecs)\necs\n#!endif\n#!else\none\ntwo\n#!endif\n",
            FileFold.Fold([Plain("head"), Extra(ParameterList.Proxy), Plain("one"), Extra(ParameterList.Monitoring), Plain("two"), Extra(ParameterList.Ecs)]));
    }

    /// <summary>The engine would take such a line for a condition of its own.</summary>
    [Fact]
    public void Have_no_line_that_reads_like_a_condition()
    {
        var table = new SectionTable(new("notes.md", "a"), new([]), ["#!if you change this\n"]);
        Assert.Contains("would take for a condition", Assert.Throws<InvalidOperationException>(() => FileFold.Fold([table])).Message, StringComparison.Ordinal);
    }

    private static SectionTable Section(string name, ImmutableArray<ClosedParameter> parameters, Random random)
    {
        var space = new Space(parameters.Where(_ => random.Next(2) == 0));
        // Few texts, often none: as sections of a service that is there or not.
        ImmutableArray<string> texts = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => string.Concat(Lines.Where(_ => random.Next(2) == 0)))];
        bool optional = random.Next(2) == 0;
        return new(new("file", name), space, [.. Enumerable.Range(0, space.Size).Select(_ => optional && random.Next(2) == 0 ? "" : texts[random.Next(texts.Length)])]);
    }
}

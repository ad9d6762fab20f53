using System.Text.RegularExpressions;
using DuskStack.Images;
using DuskStack.Packing;
using DuskStack.Templating;

namespace DuskStack.Tests.Images;

public sealed partial class TagsStandInOnePlace
{
    [Fact]
    public void No_template_names_an_image()
    {
        foreach (string name in TemplateSet.Names("").Where(n => !n.Contains("/starter/", StringComparison.Ordinal) && !n.Contains("/locks/", StringComparison.Ordinal)))
            Assert.DoesNotMatch(LiteralImage(), TemplateSet.Text(name));
    }

    [Fact]
    public void Every_row_has_an_exact_tag_a_user_and_a_source() => Assert.All(ImageCatalog.Shared.All, row =>
    {
        Assert.Matches(ExactTag(), row.Reference);
        Assert.Matches(NumericUser(), row.User);
        Assert.NotEmpty(row.Source);
        Assert.NotEmpty(row.Tools);
    });

    [Fact]
    public void Each_kind_has_exactly_one_default() => Assert.All(
        ImageCatalog.Shared.All.GroupBy(r => (r.Provides, r.Variant)),
        kind => Assert.Single(kind, r => r.Default));

    /// <summary>The stand-ins of tests/offline serve these very tags; a tag that moved there alone would test nothing.</summary>
    [Fact]
    public void Stand_ins_serve_the_tags_of_the_catalogue()
    {
        string[] tags = [.. File.ReadLines(Path.Combine(ReferenceFiles.Root(), "tests/offline/standins/tags.txt")).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])];
        string[] known = [.. ImageCatalog.Shared.All.Select(r => r.Reference), .. tags.Where(t => t.StartsWith("axllent/mailpit:", StringComparison.Ordinal))];
        Assert.Subset(known.ToHashSet(), tags.ToHashSet());
    }

    [GeneratedRegex(@"^(FROM|\s+image:) (?!\{\{)[a-z0-9./-]+:[0-9a-z.-]+", RegexOptions.Multiline)]
    private static partial Regex LiteralImage();

    // distroless publishes no versions: its tags name the language's major and Debian's.
    [GeneratedRegex(@":v?\d+(\.\d+)*-?\S*$|^gcr\.io/distroless/[a-z]+\d+-debian\d+:nonroot$|^scratch$")]
    private static partial Regex ExactTag();

    [GeneratedRegex(@"^\d+:\d+$")]
    private static partial Regex NumericUser();
}

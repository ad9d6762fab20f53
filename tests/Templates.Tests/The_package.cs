using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using DuskStack.Packing.Content;
using DuskStack.Packing.Parameters;
using Xunit;

namespace DuskStack.Templates.Tests;

/// <summary>What the gallery and the hosts of templates ask of it.</summary>
public sealed class The_package(PackedTemplate template)
{
    [Fact]
    public void Says_what_the_gallery_shows()
    {
        XElement metadata = XDocument.Load(Path.Combine(template.Unpacked, "DuskStack.Templates.nuspec")).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
        string? Value(string name) => metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name)?.Value;
        Assert.Equal(("DuskStack.Templates", "MIT", "README.md", "icon.png"), (Value("id"), Value("license"), Value("readme"), Value("icon")));
        Assert.Equal("Template", metadata.Descendants().Single(e => e.Name.LocalName == "packageType").Attribute("name")!.Value);
        Assert.Contains("dotnet-new", Value("tags")!, StringComparison.Ordinal);
        Assert.InRange(Value("description")!.Length, 40, 4000);
        Assert.DoesNotContain(metadata.Descendants(), e => e.Name.LocalName == "dependency");
        Assert.True(File.Exists(Path.Combine(template.Unpacked, "README.md")) && File.Exists(Path.Combine(template.Unpacked, "icon.png")));
        Assert.Empty(Directory.EnumerateFiles(template.Unpacked, "*.dll", SearchOption.AllDirectories));
    }

    /// <summary>Whoever packs a commit can compare what the gallery has.</summary>
    [Fact]
    public async Task Is_the_same_to_the_byte_when_it_is_packed_again()
    {
        string again = template.At("again");
        await PackedTemplate.Pack(again, template.At("folded again"));
        Assert.Equal(await File.ReadAllBytesAsync(template.Package, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Directory.EnumerateFiles(again, "*.nupkg").Single(), TestContext.Current.CancellationToken));
    }

    /// <summary>NuGet leaves out names with a dot in front, and the engine some others, unless told otherwise.</summary>
    [Fact]
    public void Holds_every_file_of_the_content()
    {
        static ImmutableSortedSet<string> Files(string folder) => [.. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))];
        ImmutableSortedSet<string> folded = Files(template.At("folded")), packed = Files(template.Content);
        Assert.Equal(folded, packed);
        Assert.Contains(packed, f => f.EndsWith("/.dockerignore", StringComparison.Ordinal));
        Assert.Contains(packed, f => f.EndsWith("/.gitignore", StringComparison.Ordinal));
        Assert.Contains(packed, f => f.EndsWith("/.duskstack/state.json", StringComparison.Ordinal));
        // Nothing of the machine that packed it.
        Assert.DoesNotContain(packed, f => f.Contains("/bin/", StringComparison.Ordinal) || f.Contains("/obj/", StringComparison.Ordinal));
    }

    [Fact]
    public void Speaks_German_and_Spanish_as_well()
    {
        ImmutableSortedDictionary<string, string> english = Translations.English(Config("template.json"));
        foreach (string language in new[] { "en", "de", "es" })
            Assert.Empty(Translations.Faults(language, Config($"localize/templatestrings.{language}.json"), english));
        var lacking = Config("localize/templatestrings.de.json");
        lacking.Remove("symbols/api-in/description");
        Assert.Single(Translations.Faults("de", lacking, english));
    }

    [Fact]
    public async Task Explains_its_options()
    {
        string hive = template.At("help");
        await PackedTemplate.Run(Path.GetTempPath(), "new", "install", template.Package, "--debug:custom-hive", hive);
        string help = await PackedTemplate.Run(Path.GetTempPath(), "new", "duskstack", "--help", "--debug:custom-hive", hive);
        foreach (TemplateParameter parameter in ParameterList.All.Where(p => p is not ClosedParameter { GivenWith: not null } && p.Name != OpenParameter.Project))
            Assert.Contains($"--{parameter.Name}", help, StringComparison.Ordinal);
        // A name that is taken already is written with a prefix.
        Assert.DoesNotContain("--param:", help, StringComparison.Ordinal);
        Assert.DoesNotContain("-p:", help, StringComparison.Ordinal);
        Assert.DoesNotContain("-given", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3.1", "compared")]
    [InlineData("16", "compared")]
    [InlineData("null", "compared")]
    [InlineData("Node", "compared")]
    public void Is_not_made_with_a_value_that_the_engine_would_misread(string value, string fault) =>
        Assert.Contains(ParameterFaults.Of([new ClosedParameter("stack", "", "", [new("none", ""), new(value, "")])]), f => f.Contains(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("name")]
    [InlineData("type")]
    [InlineData("output")]
    public void Is_not_made_with_an_option_of_the_command_itself(string name) =>
        Assert.Contains(ParameterFaults.Of([ClosedParameter.Switch(name, "", "")]), f => f.Contains("dotnet new itself", StringComparison.Ordinal));

    private JsonObject Config(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(template.Content, ".template.config", file)), null, new JsonDocumentOptions())!.AsObject();
}

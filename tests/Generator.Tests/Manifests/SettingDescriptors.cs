using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Manifests.Settings;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Tests.Manifests;

public class SettingDescriptors
{
    [Fact]
    public void Every_descriptor_belongs_to_an_object()
    {
        var declared = typeof(Setting).Assembly.GetTypes().SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => typeof(Setting).IsAssignableFrom(field.FieldType)).Select(field => ($"{field.DeclaringType!.Name}.{field.Name}", (Setting)field.GetValue(null)!));
        var used = SettingTree.All.Select(path => path.Setting).ToHashSet();
        Assert.Empty(declared.Where(field => !used.Contains(field.Item2)).Select(field => field.Item1));
    }

    [Fact]
    public void Examples_and_defaults_are_accepted()
    {
        var refused = from path in SettingTree.All
                      from value in new[] { path.Setting.Example, path.Setting.Default }.OfType<string>()
                      let text = Read(path.Setting, value)
                      where text.Length > 0
                      select $"{path.Path}: {value}\n{text}";
        Assert.Empty(refused);
    }

    [Fact]
    public void Whole_examples_are_accepted()
    {
        Assert.Equal("", ReadResult.Of(ManifestSettings.Shape.Example).Text);
        foreach (var shape in SettingTree.Shapes.Skip(1))
        {
            var key = shape.Shape.Example.Split(':')[0];
            Assert.Contains(SettingTree.All.Where(path => path.Setting.Name == key), path => Read(path.Setting, null, shape.Shape.Example).Length == 0);
        }
    }

    [Fact]
    public void Summaries_are_sentences() => Assert.All(SettingTree.All, path => Assert.Matches(@"\A[A-Z].*\.\z", path.Setting.Summary));

    [Fact]
    public void The_schema_describes_every_setting()
    {
        var schema = JsonNode.Parse(JsonSchema.Write())!.AsObject();
        foreach (var shape in SettingTree.Shapes)
        {
            var described = shape.Paths[0].Length == 0 ? schema : schema["definitions"]![shape.Shape.Name]!.AsObject();
            Assert.Equal(shape.Shape.Settings.Select(setting => setting.Name), described["properties"]!.AsObject().Select(property => property.Key));
            Assert.False((bool)described["additionalProperties"]!);
            Assert.All(described["properties"]!.AsObject(), property => Assert.NotEmpty((string)property.Value!["description"]!));
        }
    }

    [Fact]
    public void The_schema_knows_choices_and_defaults()
    {
        var service = JsonNode.Parse(JsonSchema.Write())!["definitions"]!["service"]!["properties"]!;
        Assert.Equal("""["node","python","nextjs","spa"]""", service["stack"]!["enum"]!.ToJsonString());
        Assert.Equal("10s", (string?)service["stop"]!["default"]);
        Assert.Equal(5, (int)service["pool"]!["default"]!);
    }

    [Fact]
    public void The_schema_has_patterns_that_JavaScript_reads()
    {
        var patterns = Patterns(JsonNode.Parse(JsonSchema.Write())!).ToList();
        Assert.NotEmpty(patterns);
        Assert.All(patterns, pattern => _ = new Regex(pattern, RegexOptions.ECMAScript));
    }

    [Fact]
    public void The_reference_has_a_row_for_every_setting()
    {
        var reference = Reference.Write();
        Assert.All(SettingTree.All, path => Assert.Contains($"| `{path.Setting.Name}` |", reference, StringComparison.Ordinal));
        Assert.DoesNotContain("\r", reference, StringComparison.Ordinal);
        Assert.Equal(reference, Reference.Write());
    }

    [Fact]
    public void Help_finds_a_key_by_the_names_of_a_manifest()
    {
        Assert.Equal(SettingsHelp.Lines("services.*.port"), SettingsHelp.Lines("services.api.port"));
        Assert.Equal("services.*.port", SettingsHelp.Lines("services.api.port")[0]);
        Assert.Contains("  Default:   10s", SettingsHelp.Lines("services.api.stop"));
        Assert.Empty(SettingsHelp.Lines("services.api.nonsense"));
        Assert.Equal("postgres.version", SettingsHelp.Nearest("postgres.verion"));
        Assert.Contains(SettingsHelp.Lines(""), line => line.Contains("services", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Patterns(JsonNode node) => node switch
    {
        JsonObject map => map.SelectMany(entry => entry is { Key: "pattern", Value: JsonValue value } ? [(string)value!] : entry.Value is null ? [] : Patterns(entry.Value)),
        JsonArray list => list.SelectMany(item => item is null ? [] : Patterns(item)),
        _ => [],
    };

    private static string Read(Setting setting, string? value, string? whole = null)
    {
        var bag = new DiagnosticBag();
        var source = new SourceText("example", Encoding.UTF8.GetBytes(whole ?? $"{setting.Name}: {value}"));
        var map = YamlReader.Read(source, bag)!;
        var entry = map.Entries.Single();
        var reading = new Reading(bag, new(entry.Key.Text, entry.Key.Span));
        setting.Read(entry.Value, reading, new ObjectValues(map, reading));
        return new DiagnosticText([source]).Write(bag.Sorted());
    }
}

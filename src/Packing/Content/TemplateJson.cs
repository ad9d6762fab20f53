using System.Collections.Immutable;
using System.Text.Json.Nodes;
using DuskStack.Packing.Folding;
using DuskStack.Packing.Parameters;

namespace DuskStack.Packing.Content;

/// <summary>
/// <c>.template.config/template.json</c>: what people read of it is written by hand in <c>templates/duskstack</c>, and completed with the options, the
/// conditions under which files exist, and how conditions are written.
/// </summary>
public static class TemplateJson
{
    private const string AsIs = "is";

    /// <param name="written">The part that is written by hand.</param>
    /// <param name="folders">All files of the content.</param>
    public static JsonObject Of(JsonObject written, ImmutableArray<ContentFolder> folders)
    {
        JsonObject json = written.DeepClone().AsObject();
        json["symbols"] = Symbols();
        json["forms"] = Forms();
        json["sources"] = new JsonArray([.. folders.Select(f => (JsonNode)Source(f))]);
        json["SpecialCustomOperations"] = new JsonObject { ["**/*"] = Conditionals() };
        return json;
    }

    private static JsonObject Symbols()
    {
        var symbols = new JsonObject();
        foreach (ClosedParameter parameter in ParameterList.Closed)
            symbols[parameter.Id] = parameter.GivenWith is { } open ? Given(open) : parameter.IsSwitch ? Switch(parameter) : Choice(parameter);
        foreach ((string name, JsonObject derived) in Derived())
            symbols[name] = derived;
        foreach (OpenParameter parameter in ParameterList.Open)
            symbols[parameter.Id] = parameter.IsOption ? Text(parameter) : Inserted(parameter);

        return symbols;
    }

    /// <summary>What conditions read where two options decide together; <see cref="ParameterList.Impossible"/> says the same the other way round.</summary>
    private static IEnumerable<(string Name, JsonObject Symbol)> Derived()
    {
        ClosedParameter api = ParameterList.Find(ParameterList.Api), proxy = ParameterList.Find(ParameterList.Proxy);
        string web = ParameterList.Find(ParameterList.Web).Id, tls = ParameterList.Find(ParameterList.Tls).Id;
        yield return (api.Symbol, new()
        {
            ["type"] = "generated",
            ["generator"] = "switch",
            ["datatype"] = "string",
            ["parameters"] = new JsonObject
            {
                ["evaluator"] = "C++2",
                ["cases"] = new JsonArray(
                    Case($"({api.Id} == \"none\" && {web} != \"none\")", "none"),
                    Case($"({api.Id} == \"python\")", "python"),
                    Case("", "node")),
            },
        });
        yield return (proxy.Symbol, new()
        {
            ["type"] = "computed",
            ["datatype"] = "bool",
            ["evaluator"] = "C++2",
            ["value"] = $"({proxy.Id} || {tls} != \"none\")",
        });

        static JsonNode Case(string condition, string value) => new JsonObject { ["condition"] = condition, ["value"] = value };
    }

    private static JsonObject Choice(ClosedParameter parameter) => new()
    {
        ["type"] = "parameter",
        ["datatype"] = "choice",
        ["displayName"] = parameter.Title,
        ["description"] = parameter.Summary,
        ["defaultValue"] = parameter.Values[0].Value,
        ["choices"] = new JsonArray([.. parameter.Values.Select(v => (JsonNode)new JsonObject { ["choice"] = v.Value, ["description"] = v.Summary })]),
        ["forms"] = Replaced(),
    };

    private static JsonObject Switch(ClosedParameter parameter) => new()
    {
        ["type"] = "parameter",
        ["datatype"] = "bool",
        ["displayName"] = parameter.Title,
        ["description"] = parameter.Summary,
        ["defaultValue"] = "false",
        ["forms"] = Replaced(),
    };

    // What is inserted is what remains of the text when everything that means something in some format is gone. A number comes as the engine has parsed it.
    private static JsonObject Text(OpenParameter parameter) => new()
    {
        ["type"] = "parameter",
        ["datatype"] = parameter.IsNumber ? "int" : "text",
        ["displayName"] = parameter.Title,
        ["description"] = parameter.Summary,
        ["defaultValue"] = parameter.Default,
        ["replaces"] = parameter.Sentinel,
        ["forms"] = Replaced(parameter.IsNumber ? AsIs : parameter.Form.Name),
    };

    /// <summary>A form of the name: the engine's own symbol has no place for one.</summary>
    private static JsonObject Inserted(OpenParameter parameter) => new()
    {
        ["type"] = "derived",
        ["valueSource"] = parameter.Source ?? parameter.Name,
        ["valueTransform"] = parameter.Form.Name,
        ["replaces"] = parameter.Sentinel,
        ["forms"] = Replaced(AsIs),
    };

    // The engine makes a symbol of every form of every symbol, `identity` if nothing else is said, and puts all of them into a table before each condition.
    private static JsonObject Replaced(params string[] forms) => new() { ["global"] = new JsonObject { ["forms"] = new JsonArray([.. forms]), ["addIdentity"] = false } };

    // Comparing with an empty text is not reliable in conditions; a pattern is.
    private static JsonObject Given(string open) => new()
    {
        ["type"] = "generated",
        ["generator"] = "regexMatch",
        ["datatype"] = "bool",
        ["parameters"] = new JsonObject { ["source"] = open, ["pattern"] = "." },
    };

    private static JsonObject Forms()
    {
        var forms = new JsonObject { [AsIs] = new JsonObject { ["identifier"] = "identity" } };
        foreach (TextForm form in ParameterList.Open.Where(o => !o.IsNumber).Select(o => o.Form))
        {
            forms[form.Name] = new JsonObject { ["identifier"] = "chain", ["steps"] = new JsonArray([.. form.After is { } first ? [(JsonNode)first.Name] : Array.Empty<JsonNode>(), .. form.Steps.Select((_, i) => (JsonNode)$"{form.Name}{i}")]) };
            foreach ((TextStep step, int i) in form.Steps.Select((step, i) => (step, i)))
                forms[$"{form.Name}{i}"] = step.Pattern is { } pattern
                    ? new JsonObject { ["identifier"] = "replace", ["pattern"] = pattern, ["replacement"] = step.Replacement }
                    : new JsonObject { ["identifier"] = "lowerCaseInvariant" };
        }

        return forms;
    }

    private static JsonObject Source(ContentFolder folder)
    {
        FoldedFile[] files = [.. folder.Groups.SelectMany(g => g.Files)];
        FoldedFile[] constant = [.. files.Where(f => f.IsConstant)];
        var source = new JsonObject
        {
            ["source"] = $"./{folder.Name}/",
            ["target"] = "./",
            ["include"] = new JsonArray("**/*"),
            // Given, because the engine's own lists would drop files of ours.
            ["exclude"] = new JsonArray(),
            ["copyOnly"] = constant.Length == files.Length ? new JsonArray("**/*") : Patterns(constant),
        };
        if (folder.Exists != Condition.Always)
            source["condition"] = Written(folder.Exists);
        if (folder.Groups.Any(g => g.Exists != Condition.Always))
        {
            source["modifiers"] = new JsonArray(
            [
                .. folder.Groups.Where(g => g.Exists != Condition.Always)
                    .Select(g => (JsonNode)new JsonObject { ["condition"] = Written(g.Exists.Not()), ["exclude"] = Patterns(g.Files) }),
            ]);
        }

        return source;
    }

    private static string Written(Condition condition) => $"({condition.Text()})";

    // `[slug].tsx` would be a pattern for one letter.
    private static JsonArray Patterns(IEnumerable<FoldedFile> files) => new([.. files.Select(f => (JsonNode)f.Path.Replace("[", "[[]", StringComparison.Ordinal))]);

    private static JsonObject Conditionals() => new()
    {
        // Without one of its own, `-:cnd` and its kind would be live in every file.
        ["flagPrefix"] = "#!duskstack:",
        ["operations"] = new JsonArray(new JsonObject
        {
            ["type"] = "conditional",
            ["configuration"] = new JsonObject
            {
                ["if"] = new JsonArray(SectionFold.If),
                ["elseif"] = new JsonArray(SectionFold.ElseIf),
                ["else"] = new JsonArray(SectionFold.Else),
                ["endif"] = new JsonArray(SectionFold.EndIf),
                ["trim"] = true,
                ["wholeLine"] = true,
                ["evaluator"] = "C++2",
            },
        }),
    };
}

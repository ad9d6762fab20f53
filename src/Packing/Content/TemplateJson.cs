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
    /// <param name="written">The part that is written by hand.</param>
    /// <param name="groups">All files of the content.</param>
    public static JsonObject Of(JsonObject written, ImmutableArray<ContentGroup> groups)
    {
        JsonObject json = written.DeepClone().AsObject();
        json["symbols"] = Symbols();
        json["forms"] = Forms();
        json["sources"] = new JsonArray([.. groups.Select(g => (JsonNode)Source(g))]);
        json["SpecialCustomOperations"] = new JsonObject { ["**/*"] = Conditionals() };
        return json;
    }

    private static JsonObject Symbols()
    {
        var symbols = new JsonObject();
        foreach (ClosedParameter parameter in ParameterList.Closed)
            symbols[parameter.Name] = parameter.GivenWith is { } open ? Given(open) : parameter.IsSwitch ? Switch(parameter) : Choice(parameter);
        foreach ((string name, JsonObject derived) in Derived())
            symbols[name] = derived;
        foreach (OpenParameter parameter in ParameterList.Open)
        {
            if (parameter.Name != OpenParameter.Project && parameter.Source is null)
                symbols[parameter.Name] = Text(parameter);
            // A number comes as the engine has parsed it.
            if (parameter.IsNumber)
            {
                symbols[parameter.Name]!["replaces"] = parameter.Sentinel;
                continue;
            }

            // What is inserted is what remains of the text when everything that means something in some format is gone.
            symbols[parameter.Name + "-inserted"] = new JsonObject
            {
                ["type"] = "derived",
                ["valueSource"] = parameter.Source ?? parameter.Name,
                ["valueTransform"] = parameter.Form.Name,
                ["replaces"] = parameter.Sentinel,
            };
        }

        return symbols;
    }

    /// <summary>What conditions read where two options decide together; <see cref="ParameterList.Impossible"/> says the same the other way round.</summary>
    private static IEnumerable<(string Name, JsonObject Symbol)> Derived()
    {
        yield return (ParameterList.Find(ParameterList.Api).Symbol, new()
        {
            ["type"] = "generated",
            ["generator"] = "switch",
            ["datatype"] = "string",
            ["parameters"] = new JsonObject
            {
                ["evaluator"] = "C++2",
                ["cases"] = new JsonArray(
                    Case($"({ParameterList.Api} == \"none\" && {ParameterList.Web} != \"none\")", "none"),
                    Case($"({ParameterList.Api} == \"python\")", "python"),
                    Case("", "node")),
            },
        });
        yield return (ParameterList.Find(ParameterList.Proxy).Symbol, new()
        {
            ["type"] = "computed",
            ["datatype"] = "bool",
            ["evaluator"] = "C++2",
            ["value"] = $"({ParameterList.Proxy} || {ParameterList.Tls} != \"none\")",
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
    };

    private static JsonObject Switch(ClosedParameter parameter) => new()
    {
        ["type"] = "parameter",
        ["datatype"] = "bool",
        ["displayName"] = parameter.Title,
        ["description"] = parameter.Summary,
        ["defaultValue"] = "false",
    };

    private static JsonObject Text(OpenParameter parameter) => new()
    {
        ["type"] = "parameter",
        ["datatype"] = parameter.IsNumber ? "int" : "text",
        ["displayName"] = parameter.Title,
        ["description"] = parameter.Summary,
        ["defaultValue"] = parameter.Default,
    };

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
        var forms = new JsonObject();
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

    private static JsonObject Source(ContentGroup group)
    {
        var source = new JsonObject
        {
            ["source"] = $"./{group.Folder}/",
            ["target"] = "./",
            ["include"] = new JsonArray("**/*"),
            // Given, because the engine's own lists would drop files of ours.
            ["exclude"] = new JsonArray(),
            ["copyOnly"] = group.CopyOnly ? new JsonArray("**/*") : new JsonArray(),
        };
        if (group.Exists != Condition.Always)
            source["condition"] = $"({group.Exists.Text()})";
        return source;
    }

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

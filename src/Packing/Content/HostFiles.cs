using System.Text.Json.Nodes;
using DuskStack.Packing.Parameters;

namespace DuskStack.Packing.Content;

/// <summary>What the command line and the dialogs of IDEs are told beside <c>template.json</c>.</summary>
public static class HostFiles
{
    /// <summary><c>dotnetcli.host.json</c>: short names, and an example for the help.</summary>
    public static JsonObject CommandLine() => new()
    {
        ["$schema"] = "http://json.schemastore.org/dotnetcli.host",
        ["usageExamples"] = new JsonArray("--api node --web nextjs --database postgres --cache redis --proxy --monitoring --ecs"),
        ["symbolInfo"] = new JsonObject(Options().Select(p => KeyValuePair.Create(p.Id, (JsonNode?)new JsonObject { ["longName"] = p.Name, ["shortName"] = p.Short }))),
    };

    /// <summary><c>ide.host.json</c>: every option is shown, in the order of the list.</summary>
    public static JsonObject Ide() => new()
    {
        ["$schema"] = "http://json.schemastore.org/ide.host",
        ["order"] = 0,
        ["icon"] = "icon.png",
        ["defaultSymbolVisibility"] = false,
        ["symbolInfo"] = new JsonArray([.. Options().Select(p => (JsonNode)new JsonObject { ["id"] = p.Id, ["isVisible"] = true, ["persistenceScope"] = "templateGroup" })]),
    };

    /// <summary>What people can give; the project's name is the host's own option.</summary>
    private static IEnumerable<TemplateParameter> Options() =>
        ParameterList.All.Where(p => p is not ClosedParameter { GivenWith: not null } && p.Name != OpenParameter.Project);
}

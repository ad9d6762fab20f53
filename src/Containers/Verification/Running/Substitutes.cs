using System.Text.Json.Nodes;
using DuskStack.Containers.Verification.Lint;
using DuskStack.Planning;

namespace DuskStack.Containers.Verification.Running;

/// <summary>Empty servers beside production, for the databases and caches that it has elsewhere.</summary>
internal static class Substitutes
{
    private const string Services = "compose.substitutes.yaml", Whole = "compose.verify.yaml";

    /// <summary>Writes what they need into the copy.</summary>
    /// <returns>The Compose file to start: production's own when nothing runs elsewhere.</returns>
    public static string Write(ProjectCopy copy, Plan plan)
    {
        if (plan.Substitutes.IsEmpty)
            return LintedProject.Production;
        // JSON is YAML, and needs no escaping of ours.
        var services = new JsonObject(plan.Substitutes.Select(s => KeyValuePair.Create(s.Host, (JsonNode?)Service(s, plan))));
        File.WriteAllText(copy.At(Services), new JsonObject { ["services"] = services }.ToJsonString());
        File.WriteAllText(copy.At(Whole), new JsonObject { ["include"] = new JsonArray(new JsonObject { ["path"] = new JsonArray(LintedProject.Production, Services) }) }.ToJsonString());
        return Whole;
    }

    private static JsonObject Service(SubstitutePlan substitute, Plan plan) => new()
    {
        ["image"] = substitute.Image,
        ["init"] = true,
        ["environment"] = new JsonObject(substitute.Environment.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)JsonValue.Create(e.Value)))),
        ["networks"] = Texts(plan.Containers.Where(c => c.Production.Secrets.Contains(substitute.Secret)).SelectMany(c => c.Production.Networks).Distinct()),
        ["healthcheck"] = new JsonObject { ["test"] = Texts(substitute.Probe.Prepend("CMD")), ["interval"] = "1s", ["retries"] = 60 },
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)JsonValue.Create(t)!)]);
}

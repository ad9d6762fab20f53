using System.Text.Json;
using DuskStack.Planning;

namespace DuskStack.Containers.Verification.Lint;

/// <summary>Our own rules for compose.prod.yaml, as <c>docker compose config --format json</c> prints it. Each broken one is a sentence.</summary>
public static class ComposeRules
{
    public static IEnumerable<string> Rights(JsonElement root)
    {
        foreach (JsonProperty service in Services(root))
        {
            if (service.Value.Flag("privileged"))
                yield return $"{service.Name} is privileged";
            foreach (string capability in service.Value.Texts("cap_add"))
                yield return $"{service.Name} adds the capability {capability}";
            foreach (string key in new[] { "network_mode", "pid", "ipc", "userns_mode" }.Where(k => service.Value.Text(k) == "host"))
                yield return $"{service.Name} shares {key} with the host";
            foreach (string option in service.Value.Texts("security_opt").Where(o => o.Contains("unconfined", StringComparison.Ordinal)))
                yield return $"{service.Name} switches a protection off: {option}";
            foreach (JsonElement mount in Items(service.Value, "volumes").Where(m => m.Text("source").EndsWith(".sock", StringComparison.Ordinal)))
                yield return $"{service.Name} mounts {mount.Text("source")}, and with it the engine";
        }
    }

    public static IEnumerable<string> Ports(JsonElement root, Plan plan)
    {
        foreach (JsonProperty service in Services(root))
        {
            ContainerPlan? container = plan.Containers.FirstOrDefault(c => c.Name == service.Name);
            (int Target, string Address)[] published = [.. Items(service.Value, "ports").Select(p => ((int)p.Number("target"), p.Text("host_ip")))];
            foreach ((int target, string address) in published)
            {
                PortPlan? planned = container?.Production.Ports.FirstOrDefault(p => p.Container == target);
                if (planned is null)
                    yield return $"{service.Name} publishes its port {target}, which the manifest does not ask for; take it out of `ports`";
                else if (planned.Loopback && address != "127.0.0.1")
                    yield return $"{service.Name} publishes its port {target} to other machines; it is for 127.0.0.1 alone";
                if (target < 1024)
                    yield return $"{service.Name} listens on port {target}, which only root may; use one above 1023 and publish that";
            }

            foreach (PortPlan missing in (container?.Production.Ports ?? []).Where(p => !published.Any(b => b.Target == p.Container)))
                yield return $"{service.Name} does not publish its port {missing.Container}";
        }
    }

    private static JsonElement.ObjectEnumerator Services(JsonElement root) => root.GetProperty("services").EnumerateObject();

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object) : [];
}

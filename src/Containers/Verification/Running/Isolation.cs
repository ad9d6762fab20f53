using System.Text.Json;

namespace DuskStack.Containers.Verification.Running;

/// <summary>Whether a Compose file can run beside the one that serves people, without touching anything of it.</summary>
public static class Isolation
{
    /// <param name="root">As <c>docker compose config --format json</c> prints it.</param>
    /// <param name="project">The name that it will run under.</param>
    /// <param name="folder">The copy.</param>
    /// <returns>What it would share; empty when there is nothing.</returns>
    public static IEnumerable<string> Shared(JsonElement root, string project, string folder)
    {
        foreach (string kind in new[] { "volumes", "networks" })
        {
            if (!root.TryGetProperty(kind, out JsonElement all) || all.ValueKind != JsonValueKind.Object)
                continue;
            foreach (JsonProperty one in all.EnumerateObject().Where(v => v.Value.Flag("external") || !v.Value.Text("name").StartsWith(project + "_", StringComparison.Ordinal)))
                yield return $"the {kind[..^1]} {one.Name} is `{one.Value.Text("name")}` whatever the project is called";
        }

        foreach (JsonProperty service in root.GetProperty("services").EnumerateObject())
        {
            if (service.Value.Text("container_name") is { Length: > 0 } name)
                yield return $"{service.Name} is called `{name}` whatever the project is called";
            foreach (JsonElement mount in service.Value.TryGetProperty("volumes", out JsonElement mounts) ? mounts.EnumerateArray() : [])
            {
                string source = mount.Text("source");
                if (mount.Text("type") == "bind" && !mount.Flag("read_only") && source != folder && !source.StartsWith(folder + "/", StringComparison.Ordinal))
                    yield return $"{service.Name} writes to {source}";
            }
        }
    }
}

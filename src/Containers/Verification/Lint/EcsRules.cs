using System.Globalization;
using System.Text.Json;
using DuskStack.Outputs.Ecs;
using DuskStack.Planning.Ecs;

namespace DuskStack.Containers.Verification.Lint;

/// <summary>What the models of AWS do not say of a task definition: pairs of Fargate, ranges, fields that depend on each other. Each broken rule is a sentence.</summary>
public static class EcsRules
{
    private static readonly (string Name, int Least, int Most)[] HealthRanges = [("interval", 5, 300), ("timeout", 2, 60), ("retries", 1, 10), ("startPeriod", 0, 300)];

    public static IEnumerable<string> Broken(JsonElement task)
    {
        string cpu = task.Text("cpu"), memory = task.Text("memory");
        if (!int.TryParse(cpu, NumberStyles.None, CultureInfo.InvariantCulture, out int units) || !int.TryParse(memory, NumberStyles.None, CultureInfo.InvariantCulture, out int mebibytes) || !FargateSize.All.Contains(new(units, mebibytes)))
            yield return $"Fargate has no cpu {cpu} with memory {memory}{Offer(cpu)}";
        foreach ((string name, string[] allowed) in new[] { ("networkMode", new[] { "awsvpc" }) })
        {
            if (!allowed.Contains(task.Text(name)))
                yield return $"{name} `{task.Text(name)}` is none of {string.Join(", ", allowed)}";
        }

        if (task.TryGetProperty("runtimePlatform", out JsonElement platform) && platform.Text("cpuArchitecture") is not ("X86_64" or "ARM64"))
            yield return $"cpuArchitecture `{platform.Text("cpuArchitecture")}` is neither X86_64 nor ARM64";
        if (task.Text("taskRoleArn") is { Length: > 0 } role && role == task.Text("executionRoleArn") && !role.StartsWith(EcsPlan.UnsetMark, StringComparison.Ordinal))
            yield return "the application's role is the one that reads secrets for ECS";
        string[] volumes = [.. Items(task, "volumes").Select(v => v.Text("name"))];
        foreach (string sentence in Items(task, "containerDefinitions").SelectMany(c => OfContainer(c, volumes)))
            yield return sentence;
    }

    private static IEnumerable<string> OfContainer(JsonElement container, string[] volumes)
    {
        string name = container.Text("name");
        if (container.Number("stopTimeout") is < 1 or > 120)
            yield return $"{name}: stopTimeout {container.Number("stopTimeout")} is not within 1 and 120";
        if (container.TryGetProperty("healthCheck", out JsonElement health))
        {
            foreach ((string key, int least, int most) in HealthRanges)
            {
                if (health.Number(key) is var value && (value < least || value > most))
                    yield return $"{name}: healthCheck.{key} {value} is not within {least} and {most}";
            }

            if (health.Texts("command") is not ["CMD" or "CMD-SHELL", _, ..])
                yield return $"{name}: healthCheck.command begins with neither CMD nor CMD-SHELL";
        }

        string image = container.Text("image");
        if (image != EcsJson.ImageMark && !ProjectLint.IsPinned(image))
            yield return $"{name}: the image `{image}` names no version";
        foreach (string twice in new[] { "environment", "secrets" }.SelectMany(k => Items(container, k)).Select(e => e.Text("name")).GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key))
            yield return $"{name}: the variable {twice} is given twice";
        foreach (string lost in Items(container, "mountPoints").Select(m => m.Text("sourceVolume")).Except(volumes))
            yield return $"{name}: mounts the volume {lost}, which is not declared";
        if (container.TryGetProperty("logConfiguration", out JsonElement logs))
        {
            if (logs.Text("logDriver") is not ("awslogs" or "splunk" or "awsfirelens"))
                yield return $"{name}: Fargate has no log driver `{logs.Text("logDriver")}`";
            else if (logs.Text("logDriver") == "awslogs" && logs.GetProperty("options").Text("awslogs-stream-prefix").Length == 0)
                yield return $"{name}: awslogs on Fargate needs awslogs-stream-prefix";
        }

        if (container.TryGetProperty("linuxParameters", out JsonElement linux) && (linux.TryGetProperty("sharedMemorySize", out _) || linux.TryGetProperty("devices", out _)))
            yield return $"{name}: Fargate has neither sharedMemorySize nor devices";
    }

    private static string Offer(string cpu)
    {
        string[] offered = [.. FargateSize.All.Where(s => s.Cpu.ToString(CultureInfo.InvariantCulture) == cpu).Select(s => s.Memory.ToString(CultureInfo.InvariantCulture))];
        return offered.Length == 0 ? $"; cpu is one of {string.Join(", ", FargateSize.All.Select(s => s.Cpu).Distinct())}" : $"; it offers {offered[0]} to {offered[^1]} MiB with it";
    }

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];
}

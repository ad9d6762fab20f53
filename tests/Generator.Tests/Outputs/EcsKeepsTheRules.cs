using System.Collections.Immutable;
using System.Text.Json;
using DuskStack.Planning;
using DuskStack.Planning.Ecs;
using DuskStack.Templating;
using DuskStack.Tests.Snapshots;

namespace DuskStack.Tests.Outputs;

/// <summary>
/// What the models of AWS do not say: the pairs of Fargate, ranges, and fields that depend on each other. Each rule has a file that breaks
/// it; names, types and enums are checked by botocore and the AWS CLI in the container tests.
/// </summary>
public sealed class EcsKeepsTheRules
{
    private const string Good = """
        {"family":"a","requiresCompatibilities":["FARGATE"],"networkMode":"awsvpc","cpu":"512","memory":"1024","executionRoleArn":"arn:aws:iam::1:role/e","taskRoleArn":"arn:aws:iam::1:role/t","runtimePlatform":{"cpuArchitecture":"ARM64","operatingSystemFamily":"LINUX"},
        "containerDefinitions":[{"name":"a","image":"DEPLOY:image","essential":true,"portMappings":[{"name":"a","containerPort":3000}],"environment":[{"name":"A","value":"1"}],"secrets":[{"name":"B","valueFrom":"DEPLOY:secret:/p/B"}],"readonlyRootFilesystem":true,
        "linuxParameters":{"initProcessEnabled":true,"tmpfs":[{"containerPath":"/tmp","size":64}]},"mountPoints":[{"sourceVolume":"v","containerPath":"/v"}],"healthCheck":{"command":["CMD","x"],"interval":30,"timeout":5,"retries":3,"startPeriod":40},"stopTimeout":10,
        "logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"g","awslogs-region":"r","awslogs-stream-prefix":"p","mode":"non-blocking"}}}],"volumes":[{"name":"v"}]}
        """;

    public static TheoryData<string, string, string> Mistakes() => new()
    {
        { "pair", "\"memory\":\"1024\"", "\"memory\":\"5120\"" },
        { "pair", "\"cpu\":\"512\"", "\"cpu\":\"300\"" },
        { "role", "role/t", "role/e" },
        { "stop", "\"stopTimeout\":10", "\"stopTimeout\":9999" },
        { "interval", "\"interval\":30", "\"interval\":1" },
        { "timeout", "\"timeout\":5", "\"timeout\":61" },
        { "retries", "\"retries\":3", "\"retries\":11" },
        { "startPeriod", "\"startPeriod\":40", "\"startPeriod\":301" },
        { "health", "[\"CMD\",\"x\"]", "[\"x\"]" },
        { "shell", "[\"CMD\",\"x\"]", "[\"CMD-SHELL\",\"x\"]" },
        { "image", "DEPLOY:image", "nginx" },
        { "twice", "\"name\":\"B\"", "\"name\":\"A\"" },
        { "volume", "\"sourceVolume\":\"v\"", "\"sourceVolume\":\"w\"" },
        { "prefix", "\"awslogs-stream-prefix\":\"p\",", "" },
        { "blocking", "non-blocking", "blocking" },
        { "init", "\"initProcessEnabled\":true", "\"initProcessEnabled\":false" },
        { "devices", "\"initProcessEnabled\":true", "\"initProcessEnabled\":true,\"sharedMemorySize\":64" },
        { "tmpfs", "\"size\":64", "\"size\":2048" },
        { "network", "awsvpc", "bridge" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_found(string rule, string before, string after)
    {
        Assert.Empty(Broken(Good));
        string wrong = Good.Replace(before, after, StringComparison.Ordinal);
        Assert.NotEqual(Good, wrong);
        Assert.Contains(rule, Broken(wrong));
    }

    [Fact]
    public void Every_task_definition_keeps_them()
    {
        int count = 0;
        foreach ((string path, string text) in Files("task-definition.json"))
        {
            ImmutableArray<string> broken = [.. Broken(text)];
            Assert.True(broken.IsEmpty, $"{path}: {string.Join(", ", broken)}");
            count++;
        }

        Assert.True(count > 10);
    }

    [Fact]
    public void A_service_fits_its_task_definition()
    {
        foreach ((string path, string text) in Files("service.json"))
        {
            using JsonDocument service = JsonDocument.Parse(text), update = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, "service-update.json"))), task = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, "task-definition.json")));
            JsonElement root = service.RootElement, container = task.RootElement.GetProperty("containerDefinitions")[0];
            Assert.Equal(task.RootElement.GetProperty("family").GetString(), root.GetProperty("taskDefinition").GetString());
            Assert.True(root.GetProperty("deploymentConfiguration").GetProperty("deploymentCircuitBreaker").GetProperty("rollback").GetBoolean(), path);
            Assert.Equal(root.GetProperty("serviceName").GetString(), update.RootElement.GetProperty("service").GetString());
            foreach (JsonProperty shared in update.RootElement.EnumerateObject().Where(p => p.Name != "service"))
                Assert.Equal(root.GetProperty(shared.Name).GetRawText(), shared.Value.GetRawText());

            JsonElement connect = root.GetProperty("serviceConnectConfiguration");
            if (connect.TryGetProperty("services", out JsonElement served))
            {
                JsonElement port = container.GetProperty("portMappings")[0];
                Assert.Equal(port.GetProperty("name").GetString(), served[0].GetProperty("portName").GetString());
                Assert.Equal(port.GetProperty("containerPort").GetInt32(), served[0].GetProperty("clientAliases")[0].GetProperty("port").GetInt32());
                Assert.Equal(container.GetProperty("name").GetString(), served[0].GetProperty("clientAliases")[0].GetProperty("dnsName").GetString());
            }

            if (!root.TryGetProperty("loadBalancers", out JsonElement balancers))
                continue;
            Assert.Equal(container.GetProperty("name").GetString(), balancers[0].GetProperty("containerName").GetString());
            Assert.Equal(container.GetProperty("portMappings")[0].GetProperty("containerPort").GetInt32(), balancers[0].GetProperty("containerPort").GetInt32());
            Assert.True(root.GetProperty("healthCheckGracePeriodSeconds").GetInt32() > container.GetProperty("healthCheck").GetProperty("startPeriod").GetInt32(), path);
        }
    }

    /// <summary>The command and the times of the HEALTHCHECK, word for word.</summary>
    [Fact]
    public void The_health_check_is_that_of_the_image()
    {
        int count = 0;
        foreach (SnapshotCase snapshot in SnapshotCase.All())
        {
            Plan? plan = snapshot.Run().Plan;
            foreach (EcsService service in plan?.Ecs?.Services ?? [])
            {
                ContainerPlan container = plan!.Containers.Single(c => c.Name == service.Task.Name);
                if (container.Health is not HealthPlan.Image || container.Image?.Check is null || !snapshot.Stored().TryGetValue($"expected/{ImagePlanning.Join(container.Image.Context, container.Image.Dockerfile)}", out string? dockerfile))
                    continue;
                string words = Escaping.JsonList(service.Task.Health!.Command.Skip(1));
                Assert.Contains($"HEALTHCHECK --interval={service.Task.Health.Interval}s --timeout={service.Task.Health.Timeout}s --start-period={service.Task.Health.StartPeriod}s", dockerfile, StringComparison.Ordinal);
                Assert.Contains($"CMD {words}\n", dockerfile, StringComparison.Ordinal);
                count++;
            }
        }

        Assert.True(count > 5, $"only {count} checks");
    }

    [Fact]
    public void A_lifecycle_policy_is_JSON_in_a_string_and_keeps_releases()
    {
        foreach ((string path, string text) in Files("lifecycle-policy.json"))
        {
            using JsonDocument file = JsonDocument.Parse(text);
            using JsonDocument policy = JsonDocument.Parse(file.RootElement.GetProperty("lifecyclePolicyText").GetString()!);
            JsonElement tagged = policy.RootElement.GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("selection")).Single(s => s.GetProperty("tagStatus").GetString() == "tagged");
            Assert.Equal("imageCountMoreThan", tagged.GetProperty("countType").GetString());
            Assert.True(tagged.GetProperty("countNumber").GetInt32() >= 10, path);
        }
    }

    [Theory]
    [InlineData(0.1, 100, 256, 512)]
    [InlineData(0.25, 513, 256, 1024)]
    [InlineData(0.25, 2049, 512, 3072)]
    [InlineData(1, 320, 1024, 2048)]
    [InlineData(1.5, 320, 2048, 4096)]
    [InlineData(0.25, 30721, 8192, 32768)]
    [InlineData(16, 122880, 16384, 122880)]
    public void The_smallest_pair_is_taken(decimal cpus, long mebibytes, int cpu, int memory) => Assert.Equal(new FargateSize(cpu, memory), FargateSize.Holding(cpus, mebibytes));

    [Theory]
    [InlineData(16.1, 100)]
    [InlineData(1, 122881)]
    public void Nothing_is_larger_than_the_largest(decimal cpus, long mebibytes) => Assert.Null(FargateSize.Holding(cpus, mebibytes));

    /// <summary>Written down apart from the generator's own table: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html</summary>
    private static bool IsPair(int cpu, int memory) => cpu switch
    {
        256 => memory is 512 or 1024 or 2048,
        512 => memory is >= 1024 and <= 4096 && memory % 1024 == 0,
        1024 => memory is >= 2048 and <= 8192 && memory % 1024 == 0,
        2048 => memory is >= 4096 and <= 16384 && memory % 1024 == 0,
        4096 => memory is >= 8192 and <= 30720 && memory % 1024 == 0,
        8192 => memory is >= 16384 and <= 61440 && memory % 4096 == 0,
        16384 => memory is >= 32768 and <= 122880 && memory % 8192 == 0,
        _ => false,
    };

    [Fact]
    public void Every_size_is_a_pair() => Assert.All(FargateSize.All, s => Assert.True(IsPair(s.Cpu, s.Memory), $"{s}"));

    private static IEnumerable<(string Path, string Text)> Files(string name) =>
        Directory.EnumerateFiles(SnapshotCase.Root, name, SearchOption.AllDirectories).Where(f => f.Contains("/expected/ecs/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(f => (f, File.ReadAllText(f)));

    private static IEnumerable<string> Broken(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement task = document.RootElement, container = task.GetProperty("containerDefinitions")[0];
        int memory = int.Parse(task.GetProperty("memory").GetString()!);
        if (!IsPair(int.Parse(task.GetProperty("cpu").GetString()!), memory)) yield return "pair";
        if (task.GetProperty("networkMode").GetString() != "awsvpc") yield return "network";
        if (task.TryGetProperty("taskRoleArn", out JsonElement role) && role.GetString() == task.GetProperty("executionRoleArn").GetString()) yield return "role";
        if (container.GetProperty("stopTimeout").GetInt32() is < 1 or > 120) yield return "stop";
        if (container.TryGetProperty("healthCheck", out JsonElement health))
        {
            foreach ((string name, int least, int most) in new[] { ("interval", 5, 300), ("timeout", 2, 60), ("retries", 1, 10), ("startPeriod", 0, 300) })
            {
                if (health.GetProperty(name).GetInt32() is var value && (value < least || value > most)) yield return name;
            }

            string first = health.GetProperty("command")[0].GetString()!;
            if (first is not ("CMD" or "CMD-SHELL")) yield return "health";
            if (first == "CMD-SHELL") yield return "shell";
        }

        // By a digest that the deployment finds, or by the tag of somebody else's image.
        string image = container.GetProperty("image").GetString()!;
        if (image != "DEPLOY:image" && (!image.Contains(':', StringComparison.Ordinal) || image.EndsWith(":latest", StringComparison.Ordinal))) yield return "image";
        string[] names = [.. new[] { "environment", "secrets" }.Where(k => container.TryGetProperty(k, out _)).SelectMany(k => container.GetProperty(k).EnumerateArray()).Select(e => e.GetProperty("name").GetString()!)];
        if (names.Distinct().Count() != names.Length) yield return "twice";
        string[] volumes = task.TryGetProperty("volumes", out JsonElement all) ? [.. all.EnumerateArray().Select(v => v.GetProperty("name").GetString()!)] : [];
        string[] mounted = container.TryGetProperty("mountPoints", out JsonElement mounts) ? [.. mounts.EnumerateArray().Select(m => m.GetProperty("sourceVolume").GetString()!)] : [];
        if (mounted.Except(volumes).Any() || volumes.Except(mounted).Any()) yield return "volume";
        JsonElement options = container.GetProperty("logConfiguration").GetProperty("options");
        if (new[] { "awslogs-group", "awslogs-region", "awslogs-stream-prefix" }.Any(k => !options.TryGetProperty(k, out _))) yield return "prefix";
        if (options.GetProperty("mode").GetString() != "non-blocking") yield return "blocking";
        JsonElement linux = container.GetProperty("linuxParameters");
        if (!linux.GetProperty("initProcessEnabled").GetBoolean()) yield return "init";
        if (linux.TryGetProperty("devices", out _) || linux.TryGetProperty("sharedMemorySize", out _) || linux.TryGetProperty("maxSwap", out _)) yield return "devices";
        if (linux.TryGetProperty("tmpfs", out JsonElement tmpfs) && tmpfs.EnumerateArray().Sum(t => t.GetProperty("size").GetInt32()) >= memory) yield return "tmpfs";
    }
}

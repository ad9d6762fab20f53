using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Images;
using DuskStack.Manifests;
using DuskStack.Planning;

namespace DuskStack.Backing;

/// <summary>Redis or Valkey: one protocol, two names.</summary>
public sealed class Cache : IBackingService
{
    private const int Port = 6379;

    public BackingPlan? Plan(Manifest manifest, Func<BaseImage, string> reference, DiagnosticBag bag)
    {
        if (manifest.Cache is not { } cache)
            return null;

        string name = cache.Key.Value;
        if (cache.External?.Value == true)
        {
            return new()
            {
                Name = name,
                Container = null,
                Substitute = Substitute(name, reference(Known(cache) ?? ImageCatalog.Shared.Default(name))),
                Connect = _ => new("REDIS_URL", "${REDIS_URL:?set it in .env, for example rediss://:password@cache.example.com:6379}", new("REDIS_URL", new SecretOrigin.User())),
                Variables = [new("REDIS_URL", "rediss://:change-me@cache.example.com:6379", $"The external {Title(name)}.", VariableScope.Development, Required: true)],
            };
        }

        BaseImage image = Image(cache, bag);
        return new()
        {
            Name = name,
            Exporter = CacheMonitoring.Exporter(name, Title(name), Port, evicts: cache.Policy is { Value: not "noeviction" }, keeps: cache.Persistence?.Value != "none"),
            Container = Container(cache, image, reference(image), bag),
            Secrets = [new("REDIS_PASSWORD", new SecretOrigin.Random([]))],
            Volumes = [cache.Persistence?.Value == "none" ? new($"{name}_data", $"{Title(name)}: stays empty (persistence: none)", Kept: false) : new($"{name}_data", $"{Title(name)}: what it keeps between starts")],
            Connect = _ => new("REDIS_URL", $"redis://{name}:{Port}", new("REDIS_URL", new SecretOrigin.Derived("redis://:", "REDIS_PASSWORD", $"@{name}:{Port}"))),
        };
    }

    private static SubstitutePlan Substitute(string name, string image)
    {
        string host = $"{name}-substitute";
        return new(name, host, "REDIS_URL", $"redis://{host}:{Port}", image, ImmutableSortedDictionary<string, string>.Empty, [$"{name}-cli", "-h", "127.0.0.1", "ping"]);
    }

    private static string Title(string name) => name == "redis" ? "Redis" : "Valkey";

    private static BaseImage Image(CacheSection cache, DiagnosticBag bag)
    {
        if (Known(cache) is { } image)
            return image;
        bag.Error(DiagnosticCodes.UnknownChoice, cache.Version?.Span ?? cache.Key.Span, $"{Title(cache.Key.Value)} {Version(cache)} is not known", $"known versions: {string.Join(", ", ImageCatalog.Shared.Versions(cache.Key.Value))}");
        return ImageCatalog.Shared.Default(cache.Key.Value);
    }

    private static BaseImage? Known(CacheSection cache) => ImageCatalog.Shared.Find(cache.Key.Value, Version(cache));

    private static string Version(CacheSection cache) => cache.Version?.Value ?? ImageCatalog.Shared.Default(cache.Key.Value).Version;

    private static ContainerPlan Container(CacheSection cache, BaseImage image, string reference, DiagnosticBag bag)
    {
        string name = cache.Key.Value, server = $"{name}-server", client = $"{name}-cli";
        ResourcesPlan resources = ResourcePlanning.Plan(cache.Resources, ByteSize.Mebibytes(128));
        ByteSize maxMemory = cache.MaxMemory?.Value ?? ByteSize.Mebibytes(resources.Memory.Bytes * 6 / 10 / ByteSize.Mebibyte);
        string persistence = cache.Persistence?.Value ?? "aof";
        CheckMemory(cache, resources, maxMemory, persistence, bag);

        string[] settings =
        [
            $"maxmemory {(maxMemory.Bytes % ByteSize.Mebibyte == 0 ? $"{maxMemory.Bytes / ByteSize.Mebibyte}mb" : maxMemory.Bytes)}",
            $"maxmemory-policy {cache.Policy?.Value ?? "noeviction"}",
            .. persistence switch { "aof" => new[] { "appendonly yes" }, "none" => ["save \"\""], _ => Array.Empty<string>() },
            "dir /data",
        ];
        // Read from standard input, so that the password stands neither in the process list nor in a file of the container.
        // Through the image's entrypoint, which loads the modules that development has too.
        string script = $"exec docker-entrypoint.sh {server} - <<CONF\n{string.Join('\n', settings.Prepend("requirepass $(cat /run/secrets/REDIS_PASSWORD)"))}\nCONF\n";
        ImmutableArray<MountPlan> mounts = [new($"{name}_data", "/data", File: false)];
        return new()
        {
            Name = name,
            Role = ContainerRole.Backing,
            Comment = $"{Title(name)} {image.Version}, reachable for services that need it.",
            Image = null,
            Reference = reference,
            Port = Port,
            Health = new HealthPlan.Check(
                ["CMD", client, "-h", "127.0.0.1", "-e", "ping"],
                // -e: without it the client answers 0 on NOAUTH as well.
                ["CMD-SHELL", $"REDISCLI_AUTH=$(cat /run/secrets/REDIS_PASSWORD) {client} -h 127.0.0.1 -e ping"],
                HealthPlanning.Timing(cache.Health, HealthTiming.Backing)),
            DependsOn = [],
            StopGrace = TimeSpan.FromSeconds(60),
            Replicas = 1,
            Resources = resources,
            Logs = ResourcePlanning.Plan(cache.Logs),
            Development = new()
            {
                Ports = [new("REDIS_PORT", cache.Port?.Value ?? Port, Port, Loopback: true)],
                Mounts = mounts,
            },
            Production = new()
            {
                Command = ["sh", "-c", script],
                Script = true,
                Secrets = ["REDIS_PASSWORD"],
                Mounts = mounts,
                Tmpfs = [new("/tmp", ByteSize.Mebibytes(1), "1777", null)],
                Networks = [NetworkNames.Data],
                User = image.User,
                ReadOnly = true,
                DropCapabilities = true,
            },
        };
    }

    /// <summary>Writing the append-only file forks: pages that change meanwhile exist twice, so a tight limit ends in the kernel's kill.</summary>
    private static void CheckMemory(CacheSection cache, ResourcesPlan resources, ByteSize maxMemory, string persistence, DiagnosticBag bag)
    {
        if (maxMemory.Bytes >= resources.Memory.Bytes)
            bag.Error(DiagnosticCodes.CacheMemory, cache.MaxMemory?.Span ?? cache.Key.Span, $"`maxMemory` {maxMemory} does not fit into the memory limit {resources.Memory}", "keep it below 75 % of `resources.memory`");
        else if (persistence != "none" && maxMemory.Bytes > resources.Memory.Bytes * 3 / 4)
            bag.Warning(DiagnosticCodes.CacheMemory, cache.MaxMemory?.Span ?? cache.Key.Span, $"`maxMemory` {maxMemory} leaves little room in {resources.Memory}: saving to disk copies pages that change meanwhile", "keep it below 75 % of `resources.memory`, or set `persistence: none`");
    }
}

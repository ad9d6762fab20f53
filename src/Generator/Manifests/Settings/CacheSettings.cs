using System.Collections.Immutable;

namespace DuskStack.Manifests.Settings;

/// <summary><c>redis:</c> and <c>valkey:</c></summary>
public static class CacheSettings
{
    public static readonly Setting<string> Version = new("version", ValueTypes.Version) { Summary = "Version of the server.", DefaultInWords = "8 for redis, 9 for valkey", Example = "8" };
    public static readonly Setting<bool> External = new("external", ValueTypes.Bool) { Summary = "Whether it runs elsewhere: then no container is made, and `REDIS_URL` is a secret that you set.", Default = "false", Example = "true" };
    public static readonly Setting<ByteSize> MaxMemory = new("maxMemory", ValueTypes.Memory(new(ByteSize.Mebibyte), new(1024L * 1024 * ByteSize.Mebibyte))) { Summary = "Memory for data, in binary units; it must lie well below `resources.memory`.", DefaultInWords = "three quarters of `resources.memory`", Example = "50mb" };
    public static readonly Setting<string> Policy = new("policy", new ChoiceType("policy",
        new Choice("noeviction", "writing fails when memory is full"), new Choice("allkeys-lru", "the least recently used keys go"), new Choice("allkeys-lfu", "the least often used keys go"), new Choice("allkeys-random", "any keys go"),
        new Choice("volatile-lru", "of keys that expire, the least recently used go"), new Choice("volatile-lfu", "of keys that expire, the least often used go"), new Choice("volatile-random", "of keys that expire, any go"), new Choice("volatile-ttl", "of keys that expire, the next to expire go")) { Nouns = "policies" }) { Summary = "What happens when its memory is full.", Default = "noeviction", Example = "allkeys-lru" };
    public static readonly Setting<string> Persistence = new("persistence", new ChoiceType("persistence", new Choice("none", "everything is lost with the container"), new Choice("rdb", "a snapshot now and then"), new Choice("aof", "every write, once a second")) { Nouns = "kinds of persistence" }) { Summary = "How data is kept on disk.", Default = "aof", Example = "aof" };
    public static readonly Setting<int> Port = new("port", ValueTypes.Port) { Summary = "Port on which development publishes it on 127.0.0.1.", Default = "6379", Example = "6380" };
    public static readonly Setting<Resources> Resources = new("resources", ResourceSettings.Type) { Summary = "How much of the machine it may use in production." };
    public static readonly Setting<Logs> Logs = new("logs", LogSettings.Type) { Summary = "How the log is rotated." };
    public static readonly Setting<HealthSection> Health = new("health", HealthSettings.TimingType) { Summary = "When its health is checked.", Example = "{ interval: 5s }" };

    public static readonly ObjectType<CacheSection> Type = new(
        new("redis", "The Redis or Valkey server; services use it with `needs: [redis]` or `needs: [valkey]`, and both hand over `REDIS_URL`.", [Version, External, MaxMemory, Policy, Persistence, Port, Resources, Logs, Health])
        {
            MayBeEmpty = true,
            OtherWords = ComposeWords.OfServices.Remove("version").AddRange(new Dictionary<string, string> { ["maxmemory"] = "maxMemory", ["max_memory"] = "maxMemory", ["eviction"] = "policy", ["maxmemory-policy"] = "policy", ["appendonly"] = "persistence", ["password"] = "the password is a secret that `scripts/secrets.sh` makes; delete this key", ["image"] = "the image follows from `version`; delete this key" }),
            Example = "redis: { version: 8, maxMemory: 50mb, policy: allkeys-lru, persistence: aof, resources: { memory: 64M } }",
        },
        Read);

    private static CacheSection Read(ObjectValues values)
    {
        BackingSettings.CheckExternal(values, External, ImmutableArray.Create<Setting>(MaxMemory, Policy, Persistence, Port, Resources, Logs, Health));
        return new()
        {
            Key = values.Key,
            Version = values.Get(Version),
            External = values.Get(External),
            MaxMemory = values.Get(MaxMemory),
            Policy = values.Get(Policy),
            Persistence = values.Get(Persistence),
            Port = values.Get(Port),
            Resources = values.Get(Resources)?.Value ?? new(),
            Logs = values.Get(Logs)?.Value ?? new(),
            Health = values.Get(Health)?.Value,
        };
    }
}

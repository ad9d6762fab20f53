using System.Collections.Immutable;

namespace DuskStack.Manifests.Settings;

/// <summary>What Compose calls things, so that its users find ours at once. A text with spaces is a hint as it stands; a single word is the key that was meant.</summary>
internal static class ComposeWords
{
    public static readonly ImmutableDictionary<string, string> OfServices = ImmutableDictionary.CreateRange(new Dictionary<string, string>
    {
        ["command"] = "start", ["entrypoint"] = "start", ["cmd"] = "start", ["environment"] = "env", ["env_file"] = "write variables under `env`, and names of secrets under `secrets`",
        ["depends_on"] = "needs", ["links"] = "needs", ["healthcheck"] = "health", ["logging"] = "logs", ["log"] = "logs", ["reservations"] = "reserve", ["ports"] = "port", ["expose"] = "port",
        ["deploy"] = "resources", ["scale"] = "replicas", ["mem_limit"] = "write it as `resources: { memory: 256M }`", ["cpus"] = "write it as `resources: { cpus: 1 }`",
        ["mem_reservation"] = "write it as `resources: { reserve: { memory: 128M } }`", ["memory"] = "write it as `resources: { memory: 256M }`",
        ["stop_grace_period"] = "stop", ["tmpfs"] = "writable", ["context"] = "path", ["uid"] = "user", ["version"] = "runtime", ["package_manager"] = "packageManager",
        ["env_vars"] = "env", ["args"] = "write it as `build: { args: { ... } }`", ["output"] = "write it as `build: { output: dist }`", ["migrations"] = "migrate", ["type"] = "stack",
        ["language"] = "stack", ["framework"] = "stack", ["runtimeVersion"] = "runtime", ["concurrency"] = "workers", ["route"] = "routes", ["domain"] = "a domain is set under `proxy`, or as `host` of a route",
        ["restart"] = "containers are always restarted unless you stop them; delete this key", ["container_name"] = "Compose names containers itself, so that replicas are possible; delete this key",
        ["networks"] = "networks follow from `needs` and `routes`; delete this key", ["labels"] = "labels are written by DuskStack; delete this key",
        ["read_only"] = "the file system is always read-only; name folders to write to under `writable`", ["privileged"] = "services never get more rights; delete this key",
        ["cap_add"] = "services never get more rights; delete this key", ["cap_drop"] = "all rights are always dropped; delete this key", ["security_opt"] = "`no-new-privileges` is always set; delete this key",
        ["working_dir"] = "the working directory is the stack's; delete this key", ["init"] = "an init process is added where it is needed; delete this key", ["profiles"] = "there are no profiles; delete this key",
        ["platform"] = "platforms are set for all images: `images: { platforms: [linux/amd64] }`", ["extends"] = "`extends` is a key of the whole manifest; within it use anchors and `<<`",
    });

    public static readonly ImmutableDictionary<string, string> OfManifest = ImmutableDictionary.CreateRange(new Dictionary<string, string>
    {
        ["volumes"] = "volumes are named under the service that uses them", ["networks"] = "networks follow from `needs` and `routes`; delete this key", ["secrets"] = "secrets are named under the service that reads them",
        ["configs"] = "there are no configs; put files into the image", ["include"] = "extends", ["database"] = "postgres", ["db"] = "postgres", ["postgresql"] = "postgres", ["cache"] = "redis", ["nginx"] = "proxy",
        ["prometheus"] = "monitoring", ["grafana"] = "monitoring", ["apps"] = "services", ["ecs"] = "write it as `deploy: { ecs: { ... } }`", ["registry"] = "write it as `images: { registry: ghcr.io/acme }`",
        ["domain"] = "write it as `proxy: { domain: shop.example.com }`", ["project"] = "name", ["$schema"] = "editors read the comment `# yaml-language-server: $schema=.duskstack/schema.json`",
    });
}

using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Settings;

/// <summary>The whole manifest: the root of the tree of settings.</summary>
public static class ManifestSettings
{
    public static readonly Setting<int> Version = new("version", new IntegerType(1, 1)) { Summary = "Version of the manifest's format.", Default = "1", Example = "1" };
    public static readonly Setting<string> Extends = new("extends", PathTypes.Defaults) { Summary = "File with an organisation's defaults, of the same form, relative to this one; maps are merged, anything else written here wins.", DefaultInWords = "none", Example = "../platform/duskstack.defaults.yaml" };
    public static readonly Setting<string> Name = new("name", NameTypes.Project) { Summary = "Name of the product, in image names and in Compose.", DefaultInWords = "required, here or in what is extended", Example = "shop" };
    public static readonly Setting<ImagesSection> Images = new("images", ImagesSettings.Type) { Summary = "What holds for all images." };
    public static readonly Setting<ImmutableArray<Service>> Services = new("services", ServiceSettings.Type) { Summary = "The services, by name; in Compose they are called the same." };
    public static readonly Setting<PostgresSection> Postgres = new("postgres", PostgresSettings.Type) { Summary = "PostgreSQL.", DefaultInWords = "no database" };
    public static readonly Setting<CacheSection> Redis = new("redis", CacheSettings.Type) { Summary = "Redis; excludes `valkey`.", DefaultInWords = "no cache" };
    public static readonly Setting<CacheSection> Valkey = new("valkey", CacheSettings.Type) { Summary = "Valkey, with the keys of `redis`; excludes `redis`.", DefaultInWords = "no cache" };
    public static readonly Setting<ProxySection> Proxy = new("proxy", ProxySettings.Type) { Summary = "The reverse proxy.", DefaultInWords = "no proxy" };
    public static readonly Setting<MonitoringSection> Monitoring = new("monitoring", MonitoringSettings.Type) { Summary = "Monitoring and alerts.", DefaultInWords = "no monitoring" };
    public static readonly Setting<DeploySection> Deploy = new("deploy", DeploySettings.Type) { Summary = "Where production runs." };
    public static readonly Setting<string> Ci = new("ci", new ChoiceType("CI system", new Choice("github", "GitHub Actions"), new Choice("none", "no workflow"))) { Summary = "Continuous integration for which a workflow is generated.", Default = "none", Example = "github" };
    public static readonly Setting<StackBudget> Budget = new("budget", StackBudgetSettings.Type) { Summary = "Memory that the whole of production may take." };

    public static readonly ObjectShape Shape = new("manifest", "A product's services and what surrounds them, from which DuskStack generates its containers.",
        [Version, Extends, Name, Images, Services, Postgres, Redis, Valkey, Proxy, Monitoring, Deploy, Ci, Budget])
    {
        AllowsExtensions = true,
        OtherWords = ComposeWords.OfManifest,
        Example = "version: 1\nname: shop\nservices:\n  api: { stack: node, needs: [postgres], routes: [/api] }\n  web: { stack: nextjs, needs: [api], routes: [/] }\npostgres: { version: 17 }\nproxy: { domain: shop.example.com, tls: letsencrypt, email: ops@example.com }",
    };

    public static readonly ObjectType<Manifest> Type = new(Shape, Read);

    private static Manifest Read(ObjectValues values)
    {
        var file = values.Key.Span.File;
        if (values.Written(Name) is null)
            values.Bag.Error(DiagnosticCodes.MissingKey, SourceSpan.Start(file), "the manifest has no `name`", "for example `name: shop`; images and containers are named by it");
        if (values.Written(Redis) is { } redis && values.Written(Valkey) is { } valkey)
            values.Bag.Error(DiagnosticCodes.KeysExclude, valkey.Key.Span, "`redis` and `valkey` exclude each other", $"keep one; `redis` stands at {redis.Key.Span}");
        if (new Setting[] { Services, Postgres, Redis, Valkey }.All(setting => values.Written(setting) is null))
            values.Bag.Error(DiagnosticCodes.MissingKey, SourceSpan.Start(file), "the manifest has no `services`", "for example `services: { api: { stack: node } }`");

        var services = values.All(Services);
        var written = (values.Written(Services)?.Value as YamlMap)?.Entries.Select(entry => new Located<string>(entry.Key.Text, entry.Key.Span)) ?? [];
        return new()
        {
            // The error above stops the run; until then the other checks go on with any name.
            Name = values.Get(Name) ?? new("unnamed", SourceSpan.Start(file)),
            Version = values.Get(Version),
            Extends = values.Get(Extends),
            Images = values.Get(Images)?.Value ?? new(),
            Services = services,
            UnreadableServices = [.. written.Where(name => services.All(service => service.Name.Value != name.Value))],
            Postgres = values.Get(Postgres)?.Value,
            Cache = (values.Get(Redis) ?? values.Get(Valkey))?.Value,
            Proxy = values.Get(Proxy)?.Value,
            Monitoring = values.Get(Monitoring)?.Value,
            Deploy = values.Get(Deploy)?.Value,
            Ci = values.Get(Ci),
            Budget = values.Get(Budget)?.Value,
        };
    }
}

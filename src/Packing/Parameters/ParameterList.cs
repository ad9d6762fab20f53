using System.Collections.Immutable;
using DuskStack.Manifests.Settings;

namespace DuskStack.Packing.Parameters;

/// <summary>
/// The options of <c>dotnet new duskstack</c>. What a value means is said by the description of settings, where the manifest has it too.
/// </summary>
public static class ParameterList
{
    public const string Api = "api", Web = "web", NodeManager = "node-package-manager", PythonManager = "python-package-manager", Base = "base", Database = "database", Cache = "cache",
        Proxy = "proxy", Tls = "tls", Monitoring = "monitoring", Ecs = "ecs", Ci = "ci", NoStarter = "no-starter", DomainGiven = "domain-given", RegistryGiven = "registry-given";

    public static ImmutableArray<ClosedParameter> Closed { get; } =
    [
        new(Api, "API", "Stack of the service `api`; with neither an API nor a site, `node` is taken.", [.. Choices(ServiceSettings.Stack, "node", "python"), new("none", "no API")]) { Id = "api-in", Symbol = "api" },
        new(Web, "Site", "Stack of the service `web`, the site.", [new("none", "no site"), .. Choices(ServiceSettings.Stack, "nextjs", "spa")]) { Short = "w" },
        new(NodeManager, "Package manager for JavaScript", "Package manager of what is written in JavaScript.", [new("npm", "npm"), new("pnpm", "pnpm"), new("yarn", "Yarn 4")]) { Id = "pm-js" },
        new(PythonManager, "Package manager for Python", "Package manager of what is written in Python.", [new("pip", "pip, with hashes"), new("uv", "uv"), new("poetry", "Poetry")]) { Id = "pm-py" },
        new(Base, "Base image", $"{ServiceSettings.Base.Summary} A site of `spa` always runs on nginx.", [.. Choices(ServiceSettings.Base)]) { Short = "b" },
        new(Database, "Database", "Database of the API, or of a Next.js site without one.", [new("none", "no database"), new("postgres", "PostgreSQL"), new("pgvector", "PostgreSQL with vectors")]) { Short = "db", Id = "db" },
        new(Cache, "Cache and queue", "Cache and queue of the API, or of a Next.js site without one.", [new("none", "no cache"), new("redis", "Redis"), new("valkey", "Valkey")]) { Short = "c" },
        ClosedParameter.Switch(Proxy, "Reverse proxy", "Puts nginx before production as the only way in.") with { Short = "p", Id = "proxy-in", Symbol = "proxy" },
        new(Tls, "TLS", "Where the certificate of the proxy comes from; anything but `none` implies --proxy.", [.. Choices(ProxySettings.Tls)]) { Short = "t" },
        ClosedParameter.Switch(Monitoring, "Monitoring", "Adds Prometheus, alerts, Alertmanager and Grafana.") with { Short = "m", Id = "mon" },
        ClosedParameter.Switch(Ecs, "Amazon ECS", "Adds task definitions and a deploy script for Amazon ECS on Fargate."),
        new(Ci, "Continuous integration", ManifestSettings.Ci.Summary, [.. Choices(ManifestSettings.Ci, "none", "github")]),
        ClosedParameter.Switch(NoStarter, "No starter", "Leaves the small applications out: you bring your own.") with { Id = "bare" },
        ClosedParameter.Given("domain"),
        ClosedParameter.Given("registry"),
    ];

    public static ImmutableArray<OpenParameter> Open { get; } =
    [
        new(OpenParameter.Project, "Name", "Name of the product.", "", "zqname-stands", TextForm.Project) { Id = "name-in", Example = "shop", Trace = "zqname" },
        // The database and its user are called so where the manifest names none.
        new("database-name", "", "", "", "zqname_stands", TextForm.Database) { Id = "name-db", Source = OpenParameter.Project, Trace = "zqname" },
        new("domain", "Domain", ProxySettings.Domain.Summary, "", "zqdomain-stands.example", TextForm.Domain) { Trace = "zqdomain", Example = "shop.example.com" },
        new("region", "AWS region", EcsSettings.Region.Summary, "eu-central-1", "zq-regionqz-9", TextForm.Region) { Trace = "regionqz" },
        new("registry", "Registry", ImagesSettings.Registry.Summary, "", "zqregistry-stands.example/zq", TextForm.Registry) { Trace = "zqregistry", Example = "ghcr.io/acme" },
        new("api-port", "Port of the API", "Port of the service `api`.", "8000", "47811", TextForm.Number),
        new("web-port", "Port of the site", "Port of the service `web`.", "3000", "47813", TextForm.Number),
    ];

    /// <summary>
    /// What the symbols of two parameters cannot be together, as the symbol of the first is derived: there is an API where there is no site, and a
    /// proxy where there is a certificate.
    /// </summary>
    public static ImmutableArray<(string Parameter, string Value, string Other, Func<string, bool> OtherIs)> Impossible { get; } =
    [
        (Api, "none", Web, web => web == "none"),
        (Proxy, "false", Tls, tls => tls != "none"),
    ];

    /// <summary>What people can give, and whether they gave it.</summary>
    public static IEnumerable<TemplateParameter> All => [.. Closed, .. Open.Where(o => o.Source is null)];

    public static ClosedParameter Find(string name) => Closed.Single(p => p.Name == name);

    /// <summary>Words of a setting, all or some of them in this order, with what the manifest's description says of them.</summary>
    private static IEnumerable<ParameterValue> Choices(Setting setting, params string[] words) =>
        (words.Length == 0 ? [.. setting.Type.Choices.Select(c => c.Value)] : words)
        .Select(word => new ParameterValue(word, setting.Type.Choices.Single(c => c.Value == word).Summary));
}

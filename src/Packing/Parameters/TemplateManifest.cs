using System.Collections.Immutable;
using DuskStack.Manifests.Settings;
using static DuskStack.Packing.Parameters.ParameterList;

namespace DuskStack.Packing.Parameters;

/// <summary>
/// The one function from options to <c>duskstack.yaml</c>. Texts and numbers are always written; of the choices, only what differs from the
/// manifest's defaults.
/// </summary>
public static class TemplateManifest
{
    /// <param name="point">A value of each closed parameter.</param>
    /// <param name="open">Gives the text of an open parameter.</param>
    /// <returns>Sections, each of which is one key at the top or one service.</returns>
    public static ImmutableArray<(string Id, string Text)> Sections(Point point, Func<string, string> open)
    {
        // Without either there would be nothing to run.
        string api = point[Api] == "none" && point[Web] == "none" ? "node" : point[Api];
        bool proxy = point[Proxy] == "true" || point[Tls] != "none";
        bool database = point[Database] != "none", cache = point[Cache] != "none";
        return
        [
            ("header", "# What this product consists of. `duskstack generate` makes everything else from it, and keeps what you edited there.\n# yaml-language-server: $schema=.duskstack/schema.json\nversion: 1\n"),
            ("name", $"name: {open("name")}\n"),
            ("images", point[RegistryGiven] == "true" ? $"images: {{ registry: {open("registry")} }}\n" : ""),
            ("services", "\nservices:\n"),
            .. api == "none" ? [] : ApiService(point, api, open("api-port")),
            ("gap", api != "none" && point[Web] != "none" ? "\n" : ""),
            .. point[Web] == "none" ? [] : WebService(point, api != "none", open("web-port")),
            ("data", database || cache ? "\n" : ""),
            ("postgres", database ? $"postgres: {{ version: {PostgresSettings.Version.Default}{(point[Database] == "pgvector" ? ", extensions: [vector]" : "")} }}\n" : ""),
            ("cache", cache ? $"{point[Cache]}: {{}}\n" : ""),
            ("proxy", proxy ? $"\n# Everything in production is reached through nginx.\nproxy: {{{ProxyKeys(point, open("domain"))}}}\n" : ""),
            ("monitoring", point[Monitoring] == "true" ? "\n# Prometheus, alerts and Grafana, on the loopback of the machine that production runs on.\nmonitoring: {}\n" : ""),
            ("deploy", point[Ecs] == "true" ? $"\n# Facts of your account that are missing here become placeholders, which scripts/deploy-ecs.sh refuses.\ndeploy:\n  ecs: {{ region: {open("region")} }}\n" : ""),
            ("ci", point[Ci] == "github" ? "\nci: github\n" : ""),
        ];
    }

    public static string Text(Point point, Func<string, string> open) => string.Concat(Sections(point, open).Select(s => s.Text));

    private static ImmutableArray<(string Id, string Text)> ApiService(Point point, string api, string port)
    {
        string manager = point[api == "python" ? PythonManager : NodeManager];
        return
        [
            ("api", $"  # The API. It answers below /api, and is told where to find what it needs.\n  api:\n    stack: {api}\n"),
            ("api manager", manager is "npm" or "pip" ? "" : $"    packageManager: {manager}\n"),
            ("api base", point[Base] == "slim" ? "" : $"    base: {point[Base]}\n"),
            ("api port", $"    port: {port}\n"),
            ("api needs", Needs(Data(point))),
            ("api migrate", point[Database] == "none" || point[NoStarter] == "true" ? "" : api == "python" ? "    migrate: [alembic, upgrade, head]\n" : "    migrate: [node, dist/migrate.js]\n"),
            ("api metrics", point[Monitoring] == "true" ? "    metrics: /metrics\n" : ""),
            ("api routes", "    routes: [/api]\n"),
        ];
    }

    private static ImmutableArray<(string Id, string Text)> WebService(Point point, bool withApi, string port) =>
    [
        ("web", $"  # What people see in their browsers.\n  web:\n    stack: {point[Web]}\n"),
        ("web manager", point[NodeManager] == "npm" ? "" : $"    packageManager: {point[NodeManager]}\n"),
        ("web base", point[Base] == "slim" || point[Web] == "spa" ? "" : $"    base: {point[Base]}\n"),
        ("web port", $"    port: {port}\n"),
        // What runs in browsers cannot reach a database.
        ("web needs", Needs(withApi ? ["api"] : point[Web] == "nextjs" ? Data(point) : [])),
        ("web api", withApi ? "    public: { API_URL: /api }\n" : ""),
        ("web routes", "    routes: [/]\n"),
    ];

    private static ImmutableArray<string> Data(Point point) => [.. new[] { point[Database] == "none" ? "none" : "postgres", point[Cache] }.Where(n => n != "none")];

    private static string Needs(ImmutableArray<string> names) => names.IsEmpty ? "" : $"    needs: [{string.Join(", ", names)}]\n";

    private static string ProxyKeys(Point point, string domain)
    {
        string[] keys =
        [
            .. point[DomainGiven] == "true" || point[Tls] == "letsencrypt" ? [$"domain: {domain}"] : Array.Empty<string>(),
            .. point[Tls] == "none" ? Array.Empty<string>() : [$"tls: {point[Tls]}"],
        ];
        return keys.Length == 0 ? "" : $" {string.Join(", ", keys)} ";
    }
}

using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DuskStack.Tests.Bugs.Reading;

namespace DuskStack.Tests.Bugs;

/// <summary>What goes wrong with Prometheus and Grafana.</summary>
internal static class MonitoringBugs
{
    public static ImmutableArray<Bug> All { get; } =
    [
        new Bug.InFiles("B64", "Prometheus asks a database, which speaks no HTTP", t =>
            from prometheus in t.Prometheus
            from job in prometheus.Root.At("scrape_configs").Items()
            from target in job.At("static_configs").Items().SelectMany(c => c.At("targets").Texts()).Concat(job.At("dns_sd_configs").Items().Select(c => $"{c.At("names").Texts().FirstOrDefault()}:{c.At("port").Text()}"))
            where Regex.IsMatch(target, ":(5432|6379|3306|27017)$")
            select $"{prometheus.Path}: {target}",
            "The_shop_in_production.Prometheus_sees_every_target_and_knows_every_rule"),

        new Bug.InFiles("B65", "rules that Prometheus is told of and does not have", t =>
            from prometheus in t.Prometheus
            from rules in prometheus.Root.At("rule_files").Texts()
            let pattern = $"^{Regex.Escape($"{Path.GetDirectoryName(prometheus.Path)}/{rules}").Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$"
            let folder = $"/etc/prometheus/{Path.GetDirectoryName(rules)}".TrimEnd('/')
            let mounted = t.Production.SelectMany(c => c.Services).SelectMany(s => s.Node.At("volumes").Items()).Select(v => v.At("target").Text().TrimEnd('/')).ToArray()
            where !t.Files.Keys.Any(f => Regex.IsMatch(f, pattern)) || !mounted.Any(m => m == folder || m == "/etc/prometheus")
            select $"{prometheus.Path}: {rules}",
            "Monitoring_reads_what_is_generated.Promtool_accepts_configuration_and_rules_and_every_alert_passes_its_tests"),

        new Bug.InFiles("B66", "consoles, which Prometheus has no more", t => Arguments(t, @"--web\.console\.")),

        new Bug.InFiles("B67", "everybody in the network may stop Prometheus", t => Arguments(t, @"--web\.enable-(lifecycle|admin-api)")),

        new Bug.InFiles("B68", "labels that nothing reads", t =>
            [
                .. t.Composes.SelectMany(c => c.Services.Where(s => s.Node.At("labels").Pairs().Select(l => l.Key).Concat(s.Node.At("labels").Texts()).Any(l => l.StartsWith("prometheus.io/", StringComparison.Ordinal))).Select(s => $"{c.Path}: {s.Name}")),
                .. ImageBugs.EachDockerfile(t, d => d.All.Where(i => i.Keyword == "LABEL" && i.Text.Contains("prometheus.io/", StringComparison.Ordinal)).Select(i => $"{i.Line}: LABEL {i.Text}")),
            ],
            "A_watched_stack.Every_replica_of_every_target_is_up"),

        new Bug.InFiles("B69", "a password of Grafana that everybody knows, and nothing in it", t =>
            from compose in t.Composes
            from service in compose.Services
            where service.Image.Contains("grafana/grafana", StringComparison.Ordinal)
            let environment = service.Environment.ToDictionary(e => e.Name, e => e.Value)
            from finding in new[]
            {
                environment.ContainsKey("GF_SECURITY_ADMIN_PASSWORD") || !environment.ContainsKey("GF_SECURITY_ADMIN_PASSWORD__FILE") ? "the password is no secret" : "",
                environment.GetValueOrDefault("GF_AUTH_ANONYMOUS_ENABLED") == "true" || environment.GetValueOrDefault("GF_USERS_ALLOW_SIGN_UP") == "true" ? "everybody may come in" : "",
                service.Node.At("volumes").Items().Any(v => v.At("target").Text().Contains("/provisioning", StringComparison.Ordinal)) ? "" : "nothing is provisioned",
            }
            where finding.Length > 0
            select $"{compose.Path}: {finding}",
            "A_watched_stack.No_password_is_seen_from_outside"),
    ];

    private static IEnumerable<string> Arguments(Tree tree, string pattern) =>
        from compose in tree.Composes
        from service in compose.Services
        where Regex.IsMatch(service.Command, pattern)
        select $"{compose.Path}: {service.Name}: {service.Command}";
}

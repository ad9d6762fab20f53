using DuskStack.Manifests;

namespace DuskStack.Planning.Monitoring;

/// <summary>The reverse proxy, by nginx-prometheus-exporter, and its certificate, by blackbox_exporter.</summary>
public static class ProxyRules
{
    public static Watched Of(Pace pace)
    {
        string instance = "job=\"nginx-exporter\",instance=\"nginx-exporter:9113\"";
        return new("proxy", "Proxy", new("proxy", "The reverse proxy, through which everybody comes.", [], [
            new()
            {
                Name = "ProxyDown",
                Severity = AlertSeverity.Critical,
                Expression = "nginx_up == 0",
                For = pace.Soon,
                Summary = "The proxy does not answer",
                Description = "Nobody reaches the site. docker compose -f compose.prod.yaml logs proxy says why; a mistake of its configuration names file and line.",
                Fires = pace.Test(($"nginx_up{{{instance}}}", "0")),
                Silent = pace.Test(($"nginx_up{{{instance}}}", "1")),
            },
            new()
            {
                Name = "ProxyDropsConnections",
                Severity = AlertSeverity.Warning,
                Expression = $"rate(nginx_connections_accepted[{pace.Rate}]) - rate(nginx_connections_handled[{pace.Rate}]) > 0.01",
                For = pace.Soon,
                Summary = "The proxy drops connections",
                Description = "{{ $value }} connections a second are accepted and dropped: worker_connections or its memory is used up. Look for many slow clients, and give the proxy more `resources.memory`.",
                Fires = pace.Test(($"nginx_connections_accepted{{{instance}}}", pace.PerSecond(10)), ($"nginx_connections_handled{{{instance}}}", pace.PerSecond(9))),
                Silent = pace.Test(($"nginx_connections_accepted{{{instance}}}", pace.PerSecond(10)), ($"nginx_connections_handled{{{instance}}}", pace.PerSecond(10))),
            },
        ]), [
            new("Requests at the proxy", "reqps", "All requests, those that a limit of rate refused included.", ($"rate(nginx_http_requests_total[{pace.Rate}])", "requests")),
            new("Connections at the proxy", "short", "Open connections; idle ones wait for their next request.", ("nginx_connections_active", "open"), ("nginx_connections_waiting", "idle")),
        ]);
    }

    public static Watched Certificate(Pace pace)
    {
        const string Series = "probe_ssl_earliest_cert_expiry{job=\"blackbox-exporter\",instance=\"shop.example.com\"}";
        TimeSpan hour = TimeSpan.FromHours(1);
        return new("certificate", "Certificate", new("certificate", "The certificate that browsers see.", [
            new("certificate:lifetime_seconds", $"(last_over_time(certificate:lifetime_seconds[1d]) and on (instance) changes(probe_ssl_earliest_cert_expiry[{DurationText.Write(pace.Window)}]) == 0)\n  or probe_ssl_earliest_cert_expiry - time()")
            {
                Comment = "No exporter says how long a certificate is valid in all. So remember what was left when it was first seen: a new one has its whole life before it.",
            },
        ], [
            new()
            {
                Name = "CertificateEnds",
                Severity = AlertSeverity.Critical,
                Expression = "(probe_ssl_earliest_cert_expiry - time() < certificate:lifetime_seconds / 4)\n  or (probe_ssl_earliest_cert_expiry - time() < 3 * 86400)",
                Comment = "A quarter, because lifetimes shrink; a renewal comes when a third is left. Three days, for a Prometheus that has not seen the certificate young.",
                For = TimeSpan.FromHours(1),
                Summary = "The certificate of {{ $labels.instance }} ends in {{ $value | humanizeDuration }}",
                Description = "It should have been renewed by now. What the renewal says: docker compose -f compose.prod.yaml logs certbot. Port 80 has to be reachable from outside. A certificate of your own: put the new one in place.",
                Fires = AlertTest.Of(hour, 32 * 24, (Series, "3456000")),
                Silent = AlertTest.Of(hour, 29 * 24, (Series, "3456000")),
            },
            new()
            {
                Name = "CertificateNotSeen",
                Severity = AlertSeverity.Warning,
                Expression = "probe_success{job=\"blackbox-exporter\"} == 0",
                For = pace.Lasting,
                Summary = "{{ $labels.instance }} does not answer by TLS",
                Description = "So nobody watches its certificate, and browsers may get no answer either. docker compose -f compose.prod.yaml logs proxy says more.",
                Fires = AlertTest.Of(hour, 8, ("probe_success{job=\"blackbox-exporter\",instance=\"shop.example.com\"}", "0")),
                Silent = AlertTest.Of(hour, 8, ("probe_success{job=\"blackbox-exporter\",instance=\"shop.example.com\"}", "1")),
            },
        ]), [
            new("Certificate", "s", "Time until it ends, and the quarter of its life at which CertificateEnds fires.", ("probe_ssl_earliest_cert_expiry - time()", "left"), ("certificate:lifetime_seconds / 4", "too late")),
        ]);
    }
}

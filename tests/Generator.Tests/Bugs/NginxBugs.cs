using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DuskStack.Tests.Bugs.Reading;

namespace DuskStack.Tests.Bugs;

/// <summary>What goes wrong with nginx, as the proxy and as the server of a site.</summary>
internal static class NginxBugs
{
    /// <summary>Mozilla's intermediate profile, 5.8: https://ssl-config.mozilla.org</summary>
    private const string Ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

    public static ImmutableArray<Bug> All { get; } =
    [
        new Bug.InFiles("B32", "a user, a pid file or a folder that only root may have", t => Each(t, n =>
            [
                .. n.Top.Where(d => d.Name == "user").Select(d => d.Text),
                .. n.Top.Any(d => d is { Name: "pid", Values: [['/', 't', 'm', 'p', '/', ..]] }) ? Array.Empty<string>() : ["no pid file under /tmp"],
                .. new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Where(kind => !n.All($"{kind}_temp_path").Any(d => d.Values[0].StartsWith("/tmp/", StringComparison.Ordinal))).Select(kind => $"no {kind}_temp_path under /tmp"),
            ]),
            "The_server_of_a_site.Runs_as_nobody_in_little_memory"),

        new Bug.InFiles("B33", "logs in files of a container", t => Each(t, n => n.All("access_log").Concat(n.All("error_log")).Where(d => d.Values[0] is not ("off" or "stderr" or "/dev/stdout" or "/dev/stderr")).Select(d => d.Text))),

        new Bug.InFiles("B34", "a header of a server or a location takes away those above it", t => Each(t, n =>
            [
                .. from found in n.Walk()
                   where found.Directive.Name == "add_header" && found.Around.Length > 1
                   where !found.Around.Any(block => block.All("add_header_inherit").Any(d => d.Values[0] == "merge"))
                   where found.Around.SkipLast(1).Any(block => block.All("add_header").Any())
                   select $"{found.Directive.Text} alone is sent",
                .. from name in new[] { "Strict-Transport-Security", "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy" }
                   where !n.Top.Single(d => d.Name == "http").All("add_header").Any(d => d.Values[0] == name && d.Values[^1] == "always")
                   select $"{name} is not sent with every answer",
            ]),
            "A_proxy_before_an_api.Every_answer_has_each_security_header_once"),

        new Bug.InFiles("B35", "two headers about caching, and one that keeps files by their ending", t => Each(t, n =>
            [
                .. n.All("expires").Select(d => d.Text),
                .. from found in n.Walk()
                   where found.Directive.Name == "add_header" && found.Directive.Values[0] == "Cache-Control" && found.Directive.Values[1].Contains("immutable", StringComparison.Ordinal)
                   where found.Around.LastOrDefault(b => b.Name == "location")?.Values is not ["^~", "/assets/"]
                   select found.Directive.Text,
            ]),
            "The_server_of_a_site.Sends_its_headers_once_with_every_answer"),

        new Bug.InFiles("B36", "two types of one answer, and a path that means more than itself", t => Each(t, n =>
            [
                .. n.All("add_header").Where(d => d.Values[0].Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Select(d => d.Text),
                .. n.All("location").Where(d => d.Values is [var path] && path.StartsWith("/health", StringComparison.Ordinal)).Select(d => d.Text),
            ])),

        new Bug.InFiles("B37", "X-XSS-Protection, which browsers have dropped", t => Each(t, n => n.All("add_header").Where(d => d.Values[0].Equals("X-XSS-Protection", StringComparison.OrdinalIgnoreCase)).Select(d => d.Text))),

        new Bug.InFiles("B38", "texts that are sent uncompressed", t => Each(t, n =>
            [
                .. new[] { "image/svg+xml", "application/manifest+json", "application/wasm", "application/javascript", "text/css", "application/json" }.Where(type => !n.All("gzip_types").Any(d => d.Values.Contains(type))).Select(type => $"{type} is not compressed"),
                .. new[] { "gzip_proxied", "gzip_comp_level", "gzip_vary" }.Where(name => !n.All(name).Any()).Select(name => $"no {name}"),
            ]),
            "A_proxy_before_an_api.Texts_are_compressed_and_nothing_is_cached_by_its_ending"),

        new Bug.InFiles("B78", "HTTP/2 as a word of `listen`", t => Each(t, n => n.All("listen").Where(d => d.Values.Contains("http2")).Select(d => d.Text)), "Nginx_reads_what_is_generated.Nginx_has_nothing_to_say"),

        new Bug.InFiles("B79", "a service that is looked up once, and has to be there before nginx", t => Each(t, n =>
            [
                .. from upstream in n.All("upstream")
                   from server in upstream.All("server")
                   where !server.Values.Contains("resolve") || !upstream.All("zone").Any()
                   select server.Text,
                .. n.All("proxy_pass").Where(d => !d.Values[0].Contains('$', StringComparison.Ordinal) && !n.All("upstream").Any(u => Regex.IsMatch(d.Values[0], $"^https?://{Regex.Escape(u.Values[0])}(/|$)"))).Select(d => d.Text),
            ]),
            "A_proxy_before_an_api.A_service_is_found_again_when_it_was_replaced"),

        new Bug.InFiles("B80", "a certificate under another name, which nobody fetches, and without which nginx does not start", t =>
            from nginx in t.Nginx
            let paths = nginx.Walk().Select(f => f.Directive).Where(d => d.Values.Concat([d.Name]).Any(v => v.Contains("/live/", StringComparison.Ordinal))).ToArray()
            where paths.Length > 0
            from finding in (string[])
            [
                .. paths.SelectMany(d => d.Values).Select(v => Regex.Match(v, "/live/(?<name>[^/]+)/").Groups["name"].Value).Where(name => name.Length > 0 && !nginx.All("server_name").Any(s => s.Values.Contains(name))).Select(name => $"no server is called {name}"),
                .. nginx.All("location").Any(l => l.Values[^1].StartsWith("/.well-known/acme-challenge", StringComparison.Ordinal)) ? Array.Empty<string>() : ["no way for the proof that the domain is ours"],
                .. paths.Any(d => d.Name is "ssl_certificate") ? ["the certificate has to be there before nginx starts"] : Array.Empty<string>(),
                .. t.Production.Any(c => c.Services.Any(s => s.Image.Contains("certbot", StringComparison.Ordinal))) ? Array.Empty<string>() : ["nobody fetches it"],
            ]
            select $"{nginx.Path}: {finding}",
            "A_certificate_by_acme.Arrives_and_is_renewed_while_requests_run"),

        new Bug.InFiles("B81", "ciphers of one's own", t => Each(t, n => !n.All("ssl_certificate").Any() ? [] :
            [
                .. n.All("ssl_ciphers").Any(d => d.Values[0] == Ciphers) ? Array.Empty<string>() : ["ssl_ciphers"],
                .. n.All("ssl_prefer_server_ciphers").Any(d => d.Values[0] == "off") ? Array.Empty<string>() : ["ssl_prefer_server_ciphers"],
                .. n.All("ssl_protocols").Any(d => d.Values is ["TLSv1.2", "TLSv1.3"]) ? Array.Empty<string>() : ["ssl_protocols"],
                .. n.All("ssl_ecdh_curve").Any(d => d.Values[0].TrimStart('?') == "X25519MLKEM768:X25519:prime256v1:secp384r1") ? Array.Empty<string>() : ["ssl_ecdh_curve"],
            ]),
            "Tls_of_a_proxy.Agrees_upon"),

        new Bug.InFiles("B82", "no HSTS, a version for everybody, bodies of any size, an answer to any name", t => Each(t, n => !n.All("ssl_certificate").Any() ? [] :
            [
                .. n.Walk().Any(f => f.Directive.Values.Any(v => v.Contains("max-age=63072000", StringComparison.Ordinal))) && n.All("add_header").Any(d => d.Values[0] == "Strict-Transport-Security") ? Array.Empty<string>() : ["no HSTS"],
                .. n.All("server_tokens").Any(d => d.Values[0] == "off") ? Array.Empty<string>() : ["server_tokens"],
                .. n.All("client_max_body_size").Any() ? Array.Empty<string>() : ["client_max_body_size"],
                .. n.All("server").Any(s => s.All("listen").Any(l => l.Values.Contains("default_server")) && s.All("ssl_reject_handshake").Any() && s.Inside.SelectMany(d => d.Inside.Append(d)).Any(d => d is { Name: "return", Values: ["444"] })) ? Array.Empty<string>() : ["no server for other names"],
            ]),
            "Tls_of_a_proxy.Has_no_certificate_for_other_names"),

        new Bug.InFiles("B83", "requests of a burst are held back for seconds, and a path means more than itself", t => Each(t, n =>
            [
                .. n.All("limit_req").Where(d => d.Values.Any(v => v.StartsWith("burst=", StringComparison.Ordinal)) && !d.Values.Contains("nodelay")).Select(d => d.Text),
                .. n.All("location").Where(d => d.Inside.Any(i => i.Name == "proxy_pass") && (d.Values is [['/', ..] path] || d.Values is ["^~", _]) && !d.Values[^1].EndsWith('/')).Select(d => d.Text),
            ]),
            "A_proxy_before_an_api.A_rate_holds_for_its_route_and_says_when_to_come_back"),

        new Bug.InFiles("B84", "a location without the headers of the others, without websockets and events", t => Each(t, n =>
            from found in n.Walk()
            where found.Directive.Name == "proxy_pass"
            // As with add_header: those of the innermost block that has any are sent.
            let headers = found.Around.Reverse().Select(block => block.All("proxy_set_header").Select(d => d.Values[0]).ToArray()).FirstOrDefault(h => h.Length > 0) ?? []
            from name in new[] { "Host", "X-Real-IP", "X-Forwarded-For", "X-Forwarded-Proto", "Upgrade", "Connection" }.Except(headers)
            select $"{found.Directive.Text} without {name}"),
            "A_proxy_before_an_api.A_websocket_echoes"),

        new Bug.InFiles("D15", "a client is believed about its own address", t => Each(t, n =>
            n.All("proxy_set_header").Where(d => d.Values.Any(v => v.Contains("proxy_add_x_forwarded_for", StringComparison.Ordinal) || v.Contains("$http_x_forwarded_for", StringComparison.Ordinal))).Select(d => d.Text)),
            "A_proxy_before_an_api.Nobody_is_believed_about_who_he_is"),
    ];

    private static IEnumerable<string> Each(Tree tree, Func<NginxFile, IEnumerable<string>> find) => tree.Nginx.SelectMany(n => find(n).Select(finding => $"{n.Path}: {finding}"));
}

using System.Collections.Immutable;
using System.Text;
using DuskStack.Manifests;
using DuskStack.Planning;
using DuskStack.Planning.Proxy;

namespace DuskStack.Tests.Outputs;

/// <summary>What becomes of <c>proxy:</c> and of routes.</summary>
public sealed class ProxyFiles
{
    [Fact]
    public void One_site_for_each_name_whatever_its_case()
    {
        ProxyPlan proxy = Plan("api: { stack: node, routes: [/api, { path: /a, host: b.example.com }, { path: /b, host: A.example.com }, { path: /c, host: B.EXAMPLE.COM }] }", "{ domain: a.example.com }").Proxy!;
        Assert.Equal(["a.example.com", "b.example.com"], proxy.Sites.Select(s => s.Host));
        Assert.Equal([["/api", "/b"], ["/a", "/c"]], proxy.Sites.Select(s => s.Routes.Select(r => r.Route.Path.Value)));
    }

    [Theory]
    [InlineData("api: { stack: node }", "/ api")]
    [InlineData("api: { stack: node, routes: [/api] }\n  web: { stack: nextjs }", "/api api, / web")]
    [InlineData("api: { stack: node, routes: [/api] }\n  web: { stack: nextjs }\n  site: { stack: spa, routes: [/site] }", "/api api, /site site, / web")]
    [InlineData("api: { stack: node, routes: [/] }\n  web: { stack: nextjs }", "/ api")]
    [InlineData("one: { stack: spa }\n  two: { stack: nextjs }", "")]
    public void The_only_site_without_routes_has_all_that_is_left(string services, string routes) =>
        Assert.Equal(routes, string.Join(", ", Plan(services, "{}").Proxy!.Sites.SelectMany(s => s.Routes).Select(r => $"{r.Route.Path.Value} {r.Service}")));

    [Theory]
    [InlineData("routes: [/api], metrics: /metrics", "")]
    [InlineData("routes: [/api], metrics: /api/metrics", "/api/metrics")]
    [InlineData("routes: [/api/metrics], metrics: /api/metrics", "/api/metrics")]
    [InlineData("routes: [/api/met], metrics: /api/metrics", "")]
    [InlineData("routes: [/], metrics: /metrics", "/metrics")]
    public void Metrics_below_a_route_are_hidden(string api, string hidden) =>
        Assert.Equal(hidden, string.Join(' ', Plan($"api: {{ stack: node, {api} }}", "{}").Proxy!.Sites.SelectMany(s => s.Hidden)));

    [Fact]
    public void A_path_that_another_service_has_is_not_hidden() =>
        Assert.All(Plan("api: { stack: node, routes: [/], metrics: /stats/metrics }\n  stats: { stack: node, routes: [/stats] }", "{}").Proxy!.Sites, site => Assert.Empty(site.Hidden));

    [Theory]
    [InlineData("", 1, 1024)]
    [InlineData("resources: { memory: 32M }", 1, 512)]
    [InlineData("resources: { memory: 256M }", 1, 2048)]
    [InlineData("resources: { cpus: 4, memory: 128M }", 2, 2048)]
    [InlineData("resources: { cpus: 4, memory: 1G }", 4, 2048)]
    public void Workers_fit_the_memory_and_the_processors(string settings, int workers, int connections)
    {
        ProxyPlan proxy = Plan("api: { stack: node, routes: [/] }", $"{{ {settings} }}").Proxy!;
        Assert.Equal((workers, connections), (proxy.Workers, proxy.Connections));
    }

    [Fact]
    public void Counters_of_all_rates_leave_room()
    {
        string routes = string.Join(", ", Enumerable.Range(1, 8).Select(i => $"{{ path: /r{i}, rate: 1r/s }}"));
        ProxyPlan proxy = Plan($"api: {{ stack: node, routes: [{routes}] }}", "{ resources: { memory: 32M } }").Proxy!;
        Assert.Equal(ByteSize.Mebibytes(2), proxy.Counters);
    }

    [Fact]
    public void Production_publishes_the_proxy_alone()
    {
        Plan plan = Plan("api: { stack: node, routes: [/api], replicas: 3 }\n  web: { stack: nextjs, needs: [api] }", "{ domain: a.example.com, tls: files }");
        Assert.Equal(["HTTP_PORT", "HTTPS_PORT"], plan.Containers.SelectMany(c => c.Production.Ports).Select(p => p.Variable));
        Assert.Null(plan.Containers.Single(c => c.Role == ContainerRole.Proxy).Development);
    }

    [Theory]
    [InlineData("stack: node", "TRUSTED_PROXIES", "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fd00::/8")]
    [InlineData("stack: python", "FORWARDED_ALLOW_IPS", "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fd00::/8")]
    [InlineData("stack: python, start: [gunicorn, 'app:app']", "FORWARDED_ALLOW_IPS", "*")]
    [InlineData("stack: node, env: { TRUSTED_PROXIES: 10.1.2.3 }", "TRUSTED_PROXIES", "10.1.2.3")]
    public void Applications_behind_it_believe_it(string api, string variable, string value)
    {
        string service = $"api: {{ {api}, routes: [/api] }}";
        Assert.Equal(value, Variable(Plan(service, "{}")));
        Assert.Equal(value, Variable(Plan($"{service}\n  site: {{ stack: spa }}", null)));
        // Whoever reaches it directly could claim anything.
        if (!api.Contains("env", StringComparison.Ordinal))
            Assert.Null(Variable(Plan(service, null)));
        Assert.DoesNotContain(Plan(service, "{}").Containers.Single(c => c.Name == "api").Development!.Environment, e => e.Value == value && e.Comment is not null);

        string? Variable(Plan plan) => plan.Containers.Single(c => c.Name == "api").Production.Environment.FirstOrDefault(e => e.Name == variable)?.Value;
    }

    [Fact]
    public void A_change_of_a_service_does_not_restart_the_proxy()
    {
        ImmutableArray<string> lines = [.. Files("api: { stack: node, routes: [/] }", "{}")["compose.prod.yaml"].Split('\n')];
        Assert.DoesNotContain("restart: true", string.Join('\n', lines.SkipWhile(l => l != "  proxy:")), StringComparison.Ordinal);
    }

    private static Plan Plan(string services, string? proxy) => Run(services, proxy).Plan!;

    private static ImmutableDictionary<string, string> Files(string services, string proxy) => Run(services, proxy).Files.ToImmutableDictionary(f => f.Path, f => f.Content);

    private static Generation Run(string services, string? proxy)
    {
        var text = new SourceText("duskstack.yaml", Encoding.UTF8.GetBytes($"version: 1\nname: demo\nservices:\n  {services}\n{(proxy is null ? "" : $"proxy: {proxy}\n")}"));
        Generation generation = Generator.Run(text, (_, _) => null, new Facts { Today = DateOnly.MinValue });
        Assert.False(generation.HasErrors, string.Join('\n', generation.Diagnostics));
        return generation;
    }
}

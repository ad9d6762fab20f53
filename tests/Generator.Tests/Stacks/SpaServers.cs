using System.Text;
using DuskStack.Manifests;
using DuskStack.Planning;

namespace DuskStack.Tests.Stacks;

/// <summary>What becomes of routes in the nginx of a site.</summary>
public sealed class SpaServers
{
    [Fact]
    public void The_longest_path_comes_first()
    {
        string[] locations = [.. Configuration("api: { stack: node, routes: [/a, /a/b/c, /a/b] }\n  web: { stack: spa }").Split('\n').Where(l => l.Contains("location ~ ^", StringComparison.Ordinal)).Select(l => l.Trim())];
        Assert.Equal(["location ~ ^/a/b/c(/|$) {", "location ~ ^/a/b(/|$) {", "location ~ ^/a(/|$) {"], locations);
    }

    [Theory]
    [InlineData("30r/m", 2)]
    [InlineData("7r/m", 9)]
    [InlineData("600r/m", 1)]
    [InlineData("5r/s", 1)]
    public void A_limit_says_when_the_next_request_is_let_through(string rate, int seconds) =>
        Assert.Contains($"set $retry_after {seconds};", Configuration($"api: {{ stack: node, routes: [{{ path: /api, rate: {rate} }}] }}\n  web: {{ stack: spa }}"), StringComparison.Ordinal);

    [Fact]
    public void Limits_of_alike_paths_count_apart()
    {
        string text = Configuration("api: { stack: node, routes: [{ path: /a-b, rate: 1r/s }, { path: /a.b, rate: 1r/s }, { path: /~, rate: 1r/s }] }\n  web: { stack: spa }");
        Assert.Contains("zone=rate_a_b:10m", text, StringComparison.Ordinal);
        Assert.Contains("zone=rate_a_b_2:10m", text, StringComparison.Ordinal);
        Assert.Contains("zone=rate_root:10m", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_passes_on_in_its_place() =>
        Assert.DoesNotContain("proxy_pass", Configuration("api: { stack: node, routes: [/api] }\n  web: { stack: spa, routes: [/] }\nproxy: { domain: a.example.com }"), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "3s")]
    [InlineData(", stop: 30s", "28s")]
    [InlineData(", stop: 3s", "1s")]
    public void Streams_end_before_Docker_kills(string stop, string timeout) =>
        Assert.Contains($"worker_shutdown_timeout {timeout};", Configuration($"web: {{ stack: spa{stop} }}"), StringComparison.Ordinal);

    private static string Configuration(string services)
    {
        var text = new SourceText("duskstack.yaml", Encoding.UTF8.GetBytes($"version: 1\nname: demo\nservices:\n  {services}\n"));
        Generation generation = Generator.Run(text, (_, _) => null, new Facts { Today = DateOnly.MinValue });
        Assert.False(generation.HasErrors);
        return generation.Files.Single(f => f.Path == "services/web/nginx/nginx.conf").Content;
    }
}

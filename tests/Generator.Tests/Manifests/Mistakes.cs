
namespace DuskStack.Tests.Manifests;

public class Mistakes
{
    public static TheoryData<string, string, int> OfServices => new()
    {
        // key and value, code, column of the span in `    key: value`
        { "start: node server.js", "DS1102", 12 },
        { "migrate: alembic upgrade head", "DS1102", 14 },
        { "port: \"3000\"", "DS1102", 11 },
        { "port: 0800", "DS1102", 11 },
        { "port: 99999", "DS1204", 11 },
        { "replicas: -1", "DS1204", 15 },
        { "env: [A=b]", "DS1102", 10 },
        { "env: { A: }", "DS1102", 12 },
        { "env: { 1A: b }", "DS1201", 12 },
        { "env: { A: \"\\0\" }", "DS1202", 15 },
        { "build: { bundle: yes }", "DS1102", 22 },
        { "build:", "DS1102", 5 },
        { "build: { output: ../dist }", "DS1205", 22 },
        { "start: []", "DS1202", 12 },
        { "stop: 10", "DS1202", 11 },
        { "stop: 2d", "DS1204", 11 },
        { "stop: 30s1m", "DS1202", 11 },
        { "user: 0", "DS1204", 11 },
        { "user: node", "DS1202", 11 },
        { "runtime: v24", "DS1202", 14 },
        { "base: alpin", "DS1203", 11 },
        { "packageManager: pnmp@10", "DS1203", 21 },
        { "packageManager: pnpm@^10", "DS1202", 21 },
        { "path: ../api", "DS1205", 11 },
        { "path: /api", "DS1205", 11 },
        { "path: a\\b", "DS1205", 11 },
        { "path: a/.git/b", "DS1205", 11 },
        { "path: .duskstack", "DS1205", 11 },
        { "path: \"\"", "DS1205", 11 },
        { "writable: [/]", "DS1205", 16 },
        { "writable: [/app/../etc]", "DS1205", 16 },
        { "writable: [/proc/x]", "DS1205", 16 },
        { "volumes: { Data: /data }", "DS1201", 16 },
        { "volumes: { data: data }", "DS1205", 22 },
        { "routes: [/api/]", "DS1205", 14 },
        { "routes: [\"/a(b)*\"]", "DS1205", 14 },
        { "routes: [{ rate: 30r/m }]", "DS1103", 5 },
        { "routes: [{ path: /, rate: 30 }]", "DS1202", 31 },
        { "secrets: [A B]", "DS1201", 15 },
        { "secrets: [A, A]", "DS1005", 18 },
        { "secrets: [{ name: A, as: variable }]", "DS1203", 30 },
        { "health: { path: /a, command: [b] }", "DS1104", 25 },
        { "health: image", "DS1202", 13 },
        { "resources: { memory: 64M, reserve: { memory: 65M } }", "DS1204", 50 },
        { "resources: { memory: 256 }", "DS1202", 26 },
        { "resources: { memory: 1M }", "DS1204", 26 },
        { "budget: { image: 200MiB }", "DS1202", 22 },
        { "processes: { w: { replicas: 2 } }", "DS1103", 18 },
        { "public: { API_URL: /api }", "DS1105", 5 },
        { "image: nginx", "DS1104", 5 },
        { "needs: postgres", "DS1102", 12 },
    };

    [Theory, MemberData(nameof(OfServices))]
    public void Of_a_service_stands_where_it_was_made(string keys, string code, int column)
    {
        var found = Assert.Single(ReadResult.OfService(keys).Diagnostics);
        Assert.Equal((code, 5, column), (found.Code, found.Span!.Value.Line, found.Span.Value.Column));
    }

    public static TheoryData<string, string> OfSections => new()
    {
        { "version: 0", "DS1204" },
        { "ci: gitlab", "DS1203" },
        { "postgres: { version: 9 }", "DS1204" },
        { "postgres: { external: true, init: db/init.sql }", "DS1105" },
        { "redis: { policy: lru }", "DS1203" },
        { "redis: {}\nvalkey: {}", "DS1104" },
        { "proxy: { tls: letsencrypt }", "DS1103" },
        { "proxy: { tls: none, email: a@example.com }", "DS1105" },
        { "proxy: { domain: \"https://example.com\" }", "DS1202" },
        { "proxy: { trusted: [10.1.2.3/8] }", "DS1202" },
        { "proxy: { csp: 'a \"b\" $c' }", "DS1202" },
        { "monitoring: { receiver: {} }", "DS1103" },
        { "deploy: { host: -oProxyCommand=x }", "DS1202" },
        { "deploy: { ecs: { region: Frankfurt } }", "DS1202" },
        { "images: { registry: \"https://ghcr.io\" }", "DS1202" },
        { "images: { platforms: [linux/amd64, linux/amd64] }", "DS1005" },
        { "budget: { memory: 1KB }", "DS1204" },
    };

    [Theory, MemberData(nameof(OfSections))]
    public void Of_a_section_is_found(string section, string code) => Assert.Equal([code], ReadResult.OfSection(section).Diagnostics.Select(found => found.Code));

    public static TheoryData<string, string> Words => new()
    {
        { "command: [a]", "did you mean `start`?" }, { "environment: {}", "did you mean `env`?" }, { "enviroment: {}", "did you mean `env`?" }, { "depends_on: []", "did you mean `needs`?" },
        { "healthcheck: {}", "did you mean `health`?" }, { "logging: {}", "did you mean `logs`?" }, { "ports: []", "did you mean `port`?" }, { "deploy: {}", "did you mean `resources`?" },
        { "metrcis: /m", "did you mean `metrics`?" }, { "output: dist", "write it as `build: { output: dist }`" }, { "restart: always", "containers are always restarted unless you stop them; delete this key" },
        { "resources: { reservations: {} }", "did you mean `reserve`?" },
    };

    [Theory, MemberData(nameof(Words))]
    public void Unknown_keys_are_understood(string keys, string hint)
    {
        var found = Assert.Single(ReadResult.OfService(keys).Diagnostics);
        Assert.Equal(("DS1101", hint), (found.Code, found.Hint));
    }

    [Fact]
    public void An_unknown_stack_reads_as_the_design_shows_it() => Assert.Equal(
        """
        duskstack.yaml:4:12: error DS1203: unknown stack `nodejs`
             4 |     stack: nodejs
               |            ^^^^^^
        hint: did you mean `node`? Known stacks: nextjs, node, python, spa

        """, ReadResult.Of("name: shop\nservices:\n  api:\n    stack: nodejs\n").Text);

    [Fact]
    public void All_of_them_are_reported_in_one_run()
    {
        var read = ReadResult.Of("name: Shop\nservices:\n  api: { stack: nodejs, port: x }\n  API: { image: a }\n  web: { prot: 1 }\nredys: {}\nproxy: { tls: maybe, domain: }\n");
        Assert.Equal(["DS1201", "DS1203", "DS1102", "DS1201", "DS1103", "DS1101", "DS1101", "DS1203", "DS1102"], read.Diagnostics.Select(found => found.Code));
        Assert.NotNull(read.Manifest);
    }

    [Fact]
    public void Services_that_cannot_be_read_are_named() => Assert.Equal(["api"], ReadResult.Of("name: a\nservices:\n  api: [stack, node]\n  web: { stack: spa }\n").Manifest!.UnreadableServices.Select(name => name.Value));

    [Fact]
    public void A_service_is_exactly_one_thing()
    {
        Assert.Equal("DS1103", Assert.Single(ReadResult.Of("name: a\nservices: { api: { port: 1 } }").Diagnostics).Code);
        Assert.Equal("DS1104", Assert.Single(ReadResult.Of("name: a\nservices: { api: { image: a, dockerfile: b } }").Diagnostics).Code);
    }

    [Fact]
    public void A_key_of_another_kind_of_service_does_not_apply()
    {
        var read = ReadResult.OfService("runtime: 24", "image: nginx");
        Assert.Equal(("DS1105", "`runtime` does not apply to `api`, which runs a ready image"), (read.Diagnostics.Single().Code, read.Diagnostics.Single().Message));
        Assert.Equal("DS1105", ReadResult.OfService("start: [a]", "stack: spa").Diagnostics.Single().Code);
        Assert.Equal("DS1202", ReadResult.OfService("health: /health", "image: nginx").Diagnostics.Single().Code);
    }

    [Fact]
    public void A_later_version_says_only_that() => Assert.Equal("DS1204", Assert.Single(ReadResult.Of("version: 2\nnonsense: 1\n").Diagnostics).Code);

    [Fact]
    public void A_manifest_without_name_and_services_lacks_both() => Assert.Equal(["DS1103", "DS1103"], ReadResult.Of("version: 1\n").Diagnostics.Select(found => found.Code));

    [Fact]
    public void Sections_with_nothing_behind_them_mean_their_defaults()
    {
        var read = ReadResult.OfSection("postgres:\nvalkey:\nproxy:\nmonitoring:");
        Assert.Equal("", read.Text);
        Assert.Equal("valkey", read.Manifest!.Cache!.Key.Value);
        Assert.NotNull(read.Manifest.Postgres);
    }

    [Fact]
    public void Paths_are_kept_in_one_form() => Assert.Equal("services/api", ((DuskStack.Manifests.StackService)ReadResult.OfService("path: ./services/api/").Service("api")).Path?.Value);
}

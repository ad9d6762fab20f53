using System.Globalization;
using System.Text;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Manifests.Settings;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Tests.Manifests;

public class FullManifest
{
    private static readonly ReadResult Full = ReadResult.Of(ReadResult.FullText);

    [Fact]
    public void Reads_without_any_finding() => Assert.Equal("", Full.Text);

    [Fact]
    public void Services_keep_their_order() => Assert.Equal(["api", "web", "jobs", "mail", "legacy"], Full.Manifest!.Services.Select(service => service.Name.Value));

    [Fact]
    public void Images_are_as_written()
    {
        var images = Full.Manifest!.Images;
        Assert.Equal("ghcr.io/acme tag mirror.acme.example", $"{images.Registry?.Value} {images.Pin?.Value} {images.Mirror?.Value}");
        Assert.Equal(["linux/amd64", "linux/arm64"], Values(images.Platforms));
    }

    [Fact]
    public void A_stack_service_is_as_written()
    {
        var api = Assert.IsType<StackService>(Full.Service("api"));
        Assert.Equal("python services/api apps/backend uv 3.13 slim", $"{api.Stack.Value} {api.Path?.Value} {api.Workspace?.Value} {api.PackageManager?.Value.Name} {api.Runtime?.Value} {api.Base?.Value}");
        Assert.Equal("8000 1000:1000 00:00:10 1 5 1", $"{api.Port?.Value} {api.User?.Value} {api.Stop?.Value} {api.Workers?.Value} {api.Pool?.Value} {api.Replicas?.Value}");
        Assert.Equal(["uvicorn", "src.main:app"], api.Start!.Value.Value);
        Assert.Equal(["uvicorn", "src.main:app", "--reload"], api.Dev!.Value.Value);
        Assert.Equal(["alembic", "upgrade", "head"], api.Migrate!.Command.Value);
        Assert.False(api.Migrate.FromBuild);
        Assert.Equal(["postgres", "redis"], Values(api.Needs));
        Assert.Equal("LOG_LEVEL=info DEBUG=false RATIO=1.50", Pairs(api.Env));
        Assert.Equal("OPENAI_API_KEY:False SENTRY_DSN:True", string.Join(' ', api.Secrets.Select(secret => $"{secret.Name.Value}:{secret.AsEnvironment}")));
        Assert.Equal("uploads /app/uploads", $"{api.Volumes.Single().Name.Value} {api.Volumes.Single().Path.Value}");
        Assert.Equal(["/app/.cache"], Values(api.Writable));
        Assert.Equal("/metrics", api.Metrics?.Value);
        Assert.Equal("50M 5", $"{api.Logs.MaxSize?.Value} {api.Logs.MaxFiles?.Value}");
        Assert.Equal("1 256M 0.5 128M", $"{api.Resources.Cpus?.Value} {api.Resources.Memory?.Value} {api.Resources.ReserveCpus?.Value} {api.Resources.ReserveMemory?.Value}");
        Assert.Equal("200MB 00:05:00 00:01:00 00:02:00", $"{api.Budget.Image?.Value} {api.Budget.ColdBuild?.Value} {api.Budget.WarmBuild?.Value} {api.Budget.Healthy?.Value}");
    }

    [Fact]
    public void Its_build_is_as_written()
    {
        var build = ((StackService)Full.Service("api")).Build;
        Assert.Equal(["python", "-m", "compileall", "src"], build.Command!.Value.Value);
        Assert.Equal(["dist"], Values(build.Output));
        Assert.Equal((true, "pino @opentelemetry/*", "dist/thumbnails.js"), (build.Bundle!.Value.Value.On, string.Join(' ', build.Bundle.Value.Value.External.Select(e => e.Value)), string.Join(' ', build.Bundle.Value.Value.Scripts.Select(s => s.Value))));
        Assert.Equal("GIT_SHA=1.50 VERBOSE=true", Pairs(build.Args));
        Assert.Equal(["NPM_TOKEN"], Values(build.Secrets));
        Assert.Equal(["g++"], Values(build.BuildPackages));
        Assert.Equal(["ffmpeg"], Values(build.RuntimePackages));
        Assert.Equal("certs/acme.pem", build.Ca?.Value);
    }

    [Fact]
    public void Its_health_routes_and_processes_are_as_written()
    {
        var api = (StackService)Full.Service("api");
        var health = api.Health!;
        Assert.Equal("Http /health 00:00:10 00:00:03 00:01:30 4 /ready", $"{health.Kind.Value} {health.Path?.Value} {health.Interval?.Value} {health.Timeout?.Value} {health.StartPeriod?.Value} {health.Retries?.Value} {health.Ready?.Value}");
        Assert.Equal(
            ["/api  30r/m 10  ", "/webhook/telegram hooks.example.com 5r/s 5 00:00:30 1M"],
            api.Routes.Select(route => $"{route.Path.Value} {route.Host?.Value} {route.Rate?.Value} {route.Burst?.Value} {route.ReadTimeout?.Value} {route.BodySize?.Value}"));
        var worker = api.Processes.Single();
        Assert.Equal("worker 8001 /events 2 Command /metrics 128M 00:01:00 2 3", $"{worker.Name.Value} {worker.Port?.Value} {worker.Routes.Single().Path.Value} {worker.Replicas?.Value} {worker.Health!.Kind.Value} {worker.Metrics?.Value} {worker.Resources!.Memory?.Value} {worker.Stop?.Value} {worker.Workers?.Value} {worker.Pool?.Value}");
        Assert.Equal(["python", "-m", "src.worker"], worker.Start.Value);
        Assert.Equal(["watchfiles", "python -m src.worker"], worker.Dev!.Value.Value);
        Assert.Equal("QUEUE=mail", Pairs(worker.Env));
    }

    [Fact]
    public void The_other_services_are_as_written()
    {
        var web = (StackService)Full.Service("web");
        Assert.Equal("pnpm@10.13.1 24 API_URL=/api", $"{web.PackageManager?.Value.Name}@{web.PackageManager?.Value.Version} {web.Runtime?.Value} {Pairs(web.Public)}");
        Assert.True(web.Migrate!.FromBuild);
        Assert.Equal((HealthKind.Http, "/api/health"), (web.Health!.Kind.Value, web.Health.Path?.Value));
        var jobs = (StackService)Full.Service("jobs");
        Assert.True(jobs.WithoutPort);
        Assert.Null(jobs.Port);
        Assert.Equal("1000:1001", jobs.User?.Value.ToString());
        Assert.Empty(jobs.Build.Command!.Value.Value);
        Assert.Equal(["dist", "public"], Values(jobs.Build.Output));
        var mail = Assert.IsType<ContainerService>(Full.Service("mail"));
        Assert.Equal("axllent/mailpit:v1.27 8025 Command", $"{mail.Image?.Value} {mail.Port?.Value} {mail.Health!.Kind.Value}");
        Assert.Equal(["/mailpit", "readyz"], mail.Health.Command!.Value.Value);
        var legacy = Assert.IsType<ContainerService>(Full.Service("legacy"));
        Assert.Equal("docker/Dockerfile services/legacy Image", $"{legacy.Dockerfile?.Value} {legacy.Path?.Value} {legacy.Health!.Kind.Value}");
        Assert.Null(legacy.Metrics);
    }

    [Fact]
    public void Backing_services_are_as_written()
    {
        var postgres = Full.Manifest!.Postgres!;
        Assert.Equal("postgres 17 False planner planner asyncpg vector db/init.sql 5433 200 384M 2 00:00:05 00:00:02 00:00:40", $"{postgres.Key.Value} {postgres.Version?.Value} {postgres.External?.Value} {postgres.Database?.Value} {postgres.User?.Value} {postgres.Driver?.Value} {string.Join(',', Values(postgres.Extensions))} {postgres.Init?.Value} {postgres.Port?.Value} {postgres.MaxConnections?.Value} {postgres.Resources.Memory?.Value} {postgres.Logs.MaxFiles?.Value} {postgres.Health!.Interval?.Value} {postgres.Health.Timeout?.Value} {postgres.Health.StartPeriod?.Value}");
        var redis = Full.Manifest.Cache!;
        Assert.Equal("redis 8 False 50M allkeys-lru aof 6380 64M 5M 10", $"{redis.Key.Value} {redis.Version?.Value} {redis.External?.Value} {redis.MaxMemory?.Value} {redis.Policy?.Value} {redis.Persistence?.Value} {redis.Port?.Value} {redis.Resources.Memory?.Value} {redis.Logs.MaxSize?.Value} {redis.Health!.Retries?.Value}");
    }

    [Fact]
    public void What_surrounds_the_services_is_as_written()
    {
        var (proxy, monitoring, ecs) = (Full.Manifest!.Proxy!, Full.Manifest.Monitoring!, Full.Manifest.Deploy!.Ecs!);
        Assert.Equal("planner.example.com letsencrypt ops@example.com https://acme.example.com/directory 10M 10.0.0.0/8,::1 default-src 'self' 32M 20M", $"{proxy.Domain?.Value} {proxy.Tls?.Value} {proxy.Email?.Value} {proxy.Acme?.Value} {proxy.BodySize?.Value} {string.Join(',', Values(proxy.Trusted))} {proxy.Csp?.Value} {proxy.Resources.Memory?.Value} {proxy.Logs.MaxSize?.Value}");
        Assert.Equal("15.00:00:00 00:00:15 True ALERT_WEBHOOK_URL", $"{monitoring.Retention?.Value} {monitoring.ScrapeInterval?.Value} {monitoring.Grafana?.Value} {monitoring.Webhook?.Value}");
        Assert.Equal(["prometheus 1G", "alertmanager 64M", "grafana 256M", "exporters 32M"], monitoring.Resources.Select(part => $"{part.Part.Value} {part.Resources.Memory?.Value}"));
        Assert.Equal("deploy@planner.example.com", Full.Manifest.Deploy.Host?.Value);
        Assert.Equal("eu-central-1 planner arm64 ssm subnet-0a1b2c3d4e5f60718,subnet-0a1b2c3d sg-0a1b2c3d4e5f60718", $"{ecs.Region?.Value} {ecs.Cluster?.Value} {ecs.Architecture?.Value} {ecs.Secrets?.Value} {string.Join(',', Values(ecs.Subnets))} {string.Join(',', Values(ecs.SecurityGroups))}");
        Assert.EndsWith("role/planner-execution", ecs.ExecutionRole?.Value, StringComparison.Ordinal);
        Assert.EndsWith("role/planner-task", ecs.TaskRole?.Value, StringComparison.Ordinal);
        Assert.StartsWith("api=arn:aws:elasticloadbalancing:", Pairs(ecs.TargetGroups), StringComparison.Ordinal);
        Assert.Equal("github 3G 2G 1G 1", $"{Full.Manifest.Ci?.Value} {Full.Manifest.Budget!.Limits?.Value} {Full.Manifest.Budget.Reserve?.Value} {Full.Manifest.Budget.Memory?.Value} {Full.Manifest.Version?.Value}");
    }

    [Fact]
    public void Every_setting_there_is_stands_in_it()
    {
        var bag = new DiagnosticBag();
        var map = YamlReader.Read(new SourceText("full.yaml", Encoding.UTF8.GetBytes(ReadResult.FullText)), bag)!;
        var written = new HashSet<string>(StringComparer.Ordinal);
        Collect(ManifestSettings.Shape, map, written);
        var missing = SettingTree.Shapes.SelectMany(shape => shape.Shape.Settings.Select(setting => $"{shape.Shape.Name}/{setting.Name}")).Except(written);
        Assert.Equal(["manifest/extends", "manifest/valkey"], missing.Order(StringComparer.Ordinal));
    }

    private static void Collect(ObjectShape shape, YamlMap map, HashSet<string> written)
    {
        foreach (var entry in map.Entries)
        {
            var setting = shape.Find(entry.Key.Text)!;
            written.Add(string.Create(CultureInfo.InvariantCulture, $"{shape.Name}/{setting.Name}"));
            foreach (var (suffix, inner) in setting.Type.Shapes)
            {
                var nodes = (suffix, entry.Value) switch { ("", YamlMap own) => [own], ("[]", YamlList list) => list.Items, (".*", YamlMap named) => named.Entries.Select(item => item.Value), _ => [] };
                foreach (var child in nodes.OfType<YamlMap>()) Collect(inner, child, written);
            }
        }
    }

    private static IEnumerable<string> Values(IEnumerable<Located<string>> located) => located.Select(value => value.Value);

    private static string Pairs(IEnumerable<NamedValue> values) => string.Join(' ', values.Select(value => $"{value.Name.Value}={value.Value.Value}"));
}

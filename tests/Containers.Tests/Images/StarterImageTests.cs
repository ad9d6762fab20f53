using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace DuskStack.Containers.Tests.Images;

/// <summary>What holds for the image of every package manager.</summary>
public abstract partial class StarterImageTests(StarterImage starter)
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    public async Task It_becomes_healthy_and_answers()
    {
        Assert.Equal("healthy", (await (await starter.Api).Facts(Cancellation)).Health);
        Assert.Equal(HttpStatusCode.OK, (await starter.Stack.Client.GetAsync("/health", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await starter.Stack.Client.GetAsync("/ready", Cancellation)).StatusCode);
        HttpResponseMessage added = await starter.Stack.Client.PostAsJsonAsync("/api/items", new { name = "a lamp" }, Cancellation);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Contains("a lamp", await starter.Stack.Client.GetStringAsync("/api/items", Cancellation), StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task It_runs_as_a_numeric_user_who_is_not_root()
    {
        Assert.Equal("10001:10001", (await ImageFacts.Of(TestEngine.Shared, starter.Image, Cancellation)).User);
        Assert.Equal("10001", await Inside("process.getuid()"));
    }

    [EngineFact]
    public async Task It_runs_locked_down_on_a_read_only_root()
    {
        ContainerFacts facts = await (await starter.Api).Facts(Cancellation);
        Assert.True(facts.ReadOnly);
        Assert.Equal(["ALL"], facts.DroppedCapabilities);
        Assert.Contains("no-new-privileges:true", facts.SecurityOptions);
        Assert.Equal("EROFS", await Inside("(() => { try { require('fs').writeFileSync('/usr/local/probe', ''); } catch (e) { return e.code; } })()"));
        Assert.Equal("EROFS", await Inside("(() => { try { require('fs').writeFileSync('/app/probe', ''); } catch (e) { return e.code; } })()"));
        Assert.Equal("undefined", await Inside("require('fs').writeFileSync('/tmp/probe', '')"));
        Assert.Equal("0000000000000000", await Inside("/CapEff:\\s*(\\S+)/.exec(require('fs').readFileSync('/proc/self/status', 'utf8'))[1]"));
    }

    [EngineFact]
    public async Task It_holds_nothing_that_production_does_not_need()
    {
        ImmutableArray<ImageFile> files = await ImageFiles.List(TestEngine.Shared, starter.Image, Cancellation);
        ImmutableArray<string> inApp = [.. files.Select(f => f.Path).Where(p => p.StartsWith("app/", StringComparison.Ordinal))];
        ImmutableArray<string> unwanted = [.. inApp.Where(p => Unwanted().IsMatch(p))];
        Assert.True(unwanted.IsEmpty, string.Join('\n', unwanted.Take(20)));
        // So that the check above looks at the real thing.
        Assert.Contains(Evidence, inApp.Select(WithoutStore));
        Assert.Contains("app/dist/server.js", inApp);
        ImmutableArray<string> caches = [.. files.Select(f => f.Path).Where(p => Cache().IsMatch(p))];
        Assert.True(caches.IsEmpty, string.Join('\n', caches.Take(20)));
    }

    [EngineFact]
    public async Task Its_code_belongs_to_root()
    {
        ImmutableArray<ImageFile> files = await ImageFiles.List(TestEngine.Shared, starter.Image, Cancellation);
        Assert.DoesNotContain(files, f => f.Path.StartsWith("app/", StringComparison.Ordinal) && (f.Owner != 0 || (!f.IsLink && f.Mode.HasFlag(UnixFileMode.OtherWrite))));
    }

    [EngineFact]
    public async Task The_first_process_is_node_under_an_init_and_nothing_else_runs()
    {
        ImmutableArray<ContainerProcess> processes = await (await starter.Api).Processes(starter.Image, Cancellation);
        Assert.Equal("docker-init", Path.GetFileName(processes[0].Command[0]));
        ContainerProcess only = Assert.Single(processes.Skip(1), p => p.Parent == 1);
        Assert.Equal(["node", "dist/server.js"], only.Command);
        Assert.DoesNotContain(processes, p => p.Command.Any(word => Path.GetFileName(word) is "npm" or "pnpm" or "yarn" or "npm-cli.js" or "pnpm.cjs" or "sh" or "bash"));
    }

    [EngineFact]
    public async Task Its_probe_needs_neither_curl_nor_wget_nor_a_shell()
    {
        ImageFacts facts = await ImageFacts.Of(TestEngine.Shared, starter.Image, Cancellation);
        Assert.Equal(["CMD", "node", "/usr/local/lib/duskstack/health.cjs"], facts.HealthTest);
        Assert.DoesNotContain(await ImageFiles.List(TestEngine.Shared, starter.Image, Cancellation), f => f.Path is "usr/bin/curl" or "usr/bin/wget");
    }

    [EngineFact]
    public async Task The_probe_fails_when_the_service_does_not_answer()
    {
        var request = RunRequest.Hardened(starter.Image) with { Command = ["node", "-e", "setInterval(() => {}, 1000)"] };
        Container container = await Container.Start(TestEngine.Shared, request, Cancellation);
        try
        {
            Assert.Equal(1, (await container.Exec(["node", "/usr/local/lib/duskstack/health.cjs"], Cancellation)).ExitCode);
        }
        finally
        {
            await container.Remove(CancellationToken.None);
        }
    }

    [EngineFact]
    public async Task It_stops_in_time_while_clients_hold_a_stream_and_a_websocket()
    {
        ImmutableArray<ServiceStop> stops = await RepeatedStop.Within(StopLimit, async () =>
        {
            ImmutableArray<ServiceStop> once;
            using (await OpenConnections.To(starter.Stack.Client.BaseAddress!, Cancellation))
                once = await starter.Stack.Project.Stop(Cancellation);
            // For the tests that follow, whatever this one finds.
            await starter.Stack.Up(Cancellation);
            return once;
        });

        ServiceStop stop = Assert.Single(stops, s => s.Service == "api");
        Assert.Contains(stop.ExitCode, new[] { 0, 143 });
        Assert.True(stop.Duration < StopLimit, $"it took {stop.Duration.TotalSeconds:0.0} s");
    }

    [EngineFact]
    public async Task An_edit_in_the_sources_installs_nothing_again()
    {
        starter.Folder.Write("services/api/src/health.ts", await File.ReadAllTextAsync(starter.Folder["services/api/src/health.ts"], Cancellation) + $"// edited {Guid.NewGuid()}\n");
        ImageBuild again = await starter.BuildAs(starter.Stack.FurtherImage("edited"), Cancellation);
        Assert.True(again.Succeeded, again.Log);
        ImmutableArray<BuildStep> installs = [.. again.Steps.Where(s => s.Stage is "toolchain" or "deps" or "production-deps")];
        Assert.NotEmpty(installs);
        Assert.All(installs, s => Assert.True(s.Cached, $"ran again: {s.Name}\n{again.Log}"));
        Assert.Contains(again.Steps, s => s is { Stage: "build", Cached: false });
        Assert.True(again.Duration < TimeSpan.FromMinutes(1), $"it took {again.Duration.TotalSeconds:0} s");
    }

    [EngineFact]
    public async Task It_says_what_it_is()
    {
        ImageFacts facts = await ImageFacts.Of(TestEngine.Shared, starter.Image, Cancellation);
        Assert.StartsWith("starter-", facts.Labels["org.opencontainers.image.title"], StringComparison.Ordinal);
        Assert.Equal("dev", facts.Labels["org.opencontainers.image.version"]);
        Assert.StartsWith("node:24", facts.Labels["org.opencontainers.image.base.name"], StringComparison.Ordinal);
        Assert.Equal("production", facts.Environment["NODE_ENV"]);
        Assert.Equal(["3000/tcp"], facts.Ports);
    }

    /// <summary>A file that production needs.</summary>
    protected virtual string Evidence => "app/node_modules/fastify/package.json";

    private async Task<string> Inside(string expression) => (await (await starter.Api).Exec(["node", "-p", expression], Cancellation)).Text;

    /// <summary>pnpm keeps packages in <c>node_modules/.pnpm/NAME@VERSION/node_modules/NAME</c>.</summary>
    private static string WithoutStore(string path) => Store().Replace(path, "app/node_modules/");

    [GeneratedRegex(@"^app/(\.env|\.git|src|test|tests|Dockerfile|\.dockerignore|tsconfig|package-lock\.json|pnpm-lock|yarn\.lock)|(^|/)node_modules/(typescript|@types|@typescript)(/|$)|/\.pnpm/(typescript|@types|@typescript)|\.tsbuildinfo$|(^|/)\.env(\.|$)|(^|/)\.git/|^app/node_modules/\.cache|^app/\.yarn")]
    private static partial Regex Unwanted();

    [GeneratedRegex(@"^(root/\.npm|root/\.cache|root/\.local/share/pnpm|pnpm|root/\.yarn|usr/local/share/\.cache|var/cache/apt/archives|var/lib/apt/lists)/.*[^/]+\.(tgz|json|zip|deb|idx)$|^root/\.npm/_cacache|^pnpm/store|^root/\.cache/yarn")]
    private static partial Regex Cache();

    [GeneratedRegex(@"^app/node_modules/\.pnpm/[^/]+/node_modules/")]
    private static partial Regex Store();
}

public sealed class Image_of_the_npm_starter(NpmStarter starter) : StarterImageTests(starter), IClassFixture<NpmStarter>;

public sealed class Image_of_the_pnpm_starter(PnpmStarter starter) : StarterImageTests(starter), IClassFixture<PnpmStarter>;

public sealed class Image_of_the_yarn_starter(YarnStarter starter) : StarterImageTests(starter), IClassFixture<YarnStarter>;

public sealed class Image_of_the_plain_starter(PlainStarter starter) : StarterImageTests(starter), IClassFixture<PlainStarter>;

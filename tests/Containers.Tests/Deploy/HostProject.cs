using System.Collections.Immutable;
using DuskStack.Planning;

namespace DuskStack.Containers.Tests.Deploy;

/// <summary>A project with a proxy and two replicas behind it, with three releases: two good ones, and one that answers everything with an error.</summary>
public sealed class HostProject : IAsyncDisposable
{
    public const string First = "r1", Second = "r2", Broken = "r3";

    private const string Manifest =
        """
        version: 1
        name: ops-host
        services:
          api:
            stack: node
            replicas: 2
            needs: [postgres]
            migrate: [node, dist/migrate.js]
            processes: { worker: { start: [node, dist/worker.js] } }
            routes: [/api]
            budget: { healthy: 30s }
        proxy: {}
        postgres: {}
        deploy: { host: root@127.0.0.1 }
        """;

    private readonly TestFolder folder;
    private readonly TestStack stack;
    private readonly SshHost host;
    private readonly string prefix;

    private HostProject(TestFolder folder, TestStack stack, SshHost host, string prefix)
    {
        this.folder = folder;
        this.stack = stack;
        this.host = host;
        this.prefix = prefix;
    }

    public ComposeProject Project => stack.Project;

    public int Port => stack.Port("HTTP_PORT");

    /// <summary>The folder on the host.</summary>
    public string Folder => host.Folder;

    /// <summary>Builds all releases; nothing is deployed.</summary>
    public static async Task<HostProject> Prepare(CancellationToken cancellation)
    {
        var folder = new TestFolder("ops-host");
        Plan plan = Rendered.Into(folder, Manifest, starter: true);
        TestStack stack = TestStack.Of(folder, plan, production: true);
        ImmutableDictionary<string, string?> environment = stack.Project.Environment.Remove("TAG")
            .Add("COMPOSE_PROJECT_NAME", stack.Project.Name)
            .Add("DOCKER_HOST", TestEngine.Shared.Host)
            .Add("PATH", Environment.GetEnvironmentVariable("PATH"));
        SshHost host = await SshHost.Start(environment.Where(v => v.Value is { Length: > 0 }).ToImmutableDictionary(), cancellation);
        var project = new HostProject(folder, stack, host, Path.GetRandomFileName()[..4]);
        try
        {
            foreach (string release in new[] { First, Second })
                (await new ProcessCall("bash", ["scripts/build-images.sh"]) { Folder = folder.Path, Timeout = TimeSpan.FromMinutes(10), Environment = ImmutableDictionary<string, string?>.Empty.Add("TAG", project.Tag(release)) }.Run(cancellation)).OrThrow();
            string broken = $"FROM {project.Image(First)}\nCMD [\"node\", \"-e\", \"require('http').createServer((q, s) => {{ s.statusCode = 500; s.end() }}).listen(3000, '0.0.0.0')\"]\n";
            (await (TestEngine.Shared.Docker("build", "-q", "-t", project.Image(Broken), "-") with { Input = broken }).Run(cancellation)).OrThrow();
            return project;
        }
        catch
        {
            await project.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tags of one run only, so that two runs never share an image.</summary>
    public string Tag(string release) => $"{prefix}-{release}";

    public string Image(string release) => $"ops-host-api:{Tag(release)}";

    public Task<ProcessOutcome> Deploy(string release, CancellationToken cancellation) => Run(Tag(release), [], cancellation);

    public Task<ProcessOutcome> Rollback(CancellationToken cancellation) => Run(null, ["--rollback"], cancellation);

    /// <summary>As somebody does who is logged in there.</summary>
    public async Task MakeSecrets(CancellationToken cancellation) =>
        (await new ProcessCall("bash", ["scripts/secrets.sh"]) { Folder = host.Folder }.Run(cancellation)).OrThrow();

    /// <summary>The images that containers of a service run now, each once for a container.</summary>
    public async Task<ImmutableArray<string>> Running(string service, CancellationToken cancellation) =>
        [.. (await TestEngine.Shared.Docker("ps", "--filter", $"label=com.docker.compose.project={Project.Name}", "--filter", $"label=com.docker.compose.service={service}", "--format", "{{.Image}}").Run(cancellation)).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    public async ValueTask DisposeAsync()
    {
        await stack.DisposeAsync();
        await TestEngine.Shared.Docker("image", "rm", "--force", Image(First), Image(Second), Image(Broken)).Run(CancellationToken.None);
        host.Dispose();
        folder.Dispose();
    }

    private Task<ProcessOutcome> Run(string? tag, string[] arguments, CancellationToken cancellation) =>
        new ProcessCall("bash", ["scripts/deploy-host.sh", .. arguments])
        {
            Folder = folder.Path,
            Timeout = TimeSpan.FromMinutes(10),
            Environment = ImmutableDictionary<string, string?>.Empty.Add("TAG", tag).Add("DEPLOY_SSH_OPTIONS", host.Options).Add("DEPLOY_DIR", host.Folder),
        }.Run(cancellation);
}

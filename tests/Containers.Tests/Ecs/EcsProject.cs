using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace DuskStack.Containers.Tests.Ecs;

/// <summary>A generated project whose <c>aws</c> and <c>docker</c> are those of the tests.</summary>
public sealed class EcsProject : IDisposable
{
    private const string Services =
        """
        version: 1
        name: ferry
        services:
          api:
            stack: node
            needs: [postgres]
            secrets: [API_KEY]
            migrate: [node, dist/migrate.js]
            processes: { worker: { start: [node, dist/worker.js], replicas: 2 } }
        postgres: {}
        """;

    private const string Site = "  web: { stack: nextjs, needs: [api] }\n";

    public const string Api = "ferry-api", Worker = "ferry-api-worker", Web = "ferry-web";
    public static readonly ImmutableArray<string> Names = [Api, Worker, Web];

    private readonly TestFolder folder = new("ecs");

    /// <param name="subnets">Those of the AWS that is asked.</param>
    /// <param name="store">Of secrets.</param>
    /// <param name="group">A security group of that AWS.</param>
    /// <param name="site">True for the service `web` as well.</param>
    public EcsProject(string subnets = "subnet-0a1b2c3d", string store = "ssm", bool site = true, string group = "sg-0a1b2c3d")
    {
        string services = site ? Services.Replace("postgres: {}", $"{Site}postgres: {{}}", StringComparison.Ordinal) : Services;
        Rendered.Into(folder, $"{services}\ndeploy: {{ ecs: {{ region: eu-central-1, secrets: {store}, subnets: [{subnets}], securityGroups: [{group}], executionRole: 'arn:aws:iam::123456789012:role/ferry' }} }}\n");
        Program("docker", File.ReadAllText(Path.Combine(Here(), "docker.sh")));
    }

    /// <summary>Variables of every call.</summary>
    public ImmutableDictionary<string, string?> Environment { get; init; } = ImmutableDictionary<string, string?>.Empty;

    public string this[string path] => folder[path];

    /// <summary>What docker was asked.</summary>
    public string DockerCalls => File.Exists(folder["docker-calls"]) ? File.ReadAllText(folder["docker-calls"]) : "";

    public void Program(string name, string text)
    {
        folder.Write($"bin/{name}", text);
        File.SetUnixFileMode(folder[$"bin/{name}"], UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    /// <param name="tag">The release.</param>
    /// <param name="settings">Further variables, <c>NAME=value</c>.</param>
    public ProcessCall Deploy(string tag, params string[] settings) => Call("bash", "scripts/deploy-ecs.sh") is var call
        ? call with { Environment = call.Environment.Add("TAG", tag).SetItems(settings.Select(s => KeyValuePair.Create(s.Split('=')[0], (string?)s.Split('=', 2)[1]))) }
        : throw new InvalidOperationException();

    public ProcessCall Call(string program, params string[] arguments) => new(program, [.. arguments])
    {
        Folder = folder.Path,
        Timeout = TimeSpan.FromMinutes(9),
        Environment = Environment.SetItems(new Dictionary<string, string?>
        {
            ["PATH"] = $"{folder["bin"]}:/usr/bin:{System.Environment.GetEnvironmentVariable("PATH")}",
            ["TMPDIR"] = folder.Path,
            ["DOCKER_CALLS"] = folder["docker-calls"],
            ["PROJECT"] = folder.Path,
            ["DEPLOY_POLL"] = "0.1",
        }),
    };

    public void Dispose() => folder.Dispose();

    internal static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

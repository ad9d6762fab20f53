using System.Collections.Immutable;
using DuskStack.Images;
using DuskStack.Planning;

namespace DuskStack.Containers.Tests.Operations;

/// <summary>A generated project whose scripts are run as its owner runs them, under a name and ports of its own.</summary>
public sealed class OperatedProject : IAsyncDisposable
{
    private readonly TestStack stack;

    private OperatedProject(TestFolder folder, TestStack stack)
    {
        Folder = folder;
        this.stack = stack;
    }

    public TestFolder Folder { get; }

    public ComposeProject Project => stack.Project;

    public string Image => stack.Images[0];

    /// <summary>Writes the files and makes the secrets; nothing runs.</summary>
    /// <param name="services">Below <c>services:</c>, beside a service <c>api</c> that is never built.</param>
    /// <param name="sections">What stands beside <c>services:</c>.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<OperatedProject> Of(string services, string sections, CancellationToken cancellation)
    {
        var folder = new TestFolder("ops");
        TestStack stack = TestStack.Of(folder, Write(folder, services, sections), production: true);
        var project = new OperatedProject(folder, stack);
        if (File.Exists(folder["scripts/secrets.sh"]))
            (await project.Script("secrets.sh").Run(cancellation)).OrThrow();
        return project;
    }

    /// <summary>Another manifest, as after an edit and `duskstack generate`.</summary>
    public static Plan Write(TestFolder folder, string services, string sections) =>
        Rendered.Into(folder, $"version: 1\nname: ops\nservices:\n{services}\n{sections}\n");

    /// <summary>An application of one file in place of the service `api`.</summary>
    /// <param name="answer">The status of every answer.</param>
    public void WriteServer(int answer)
    {
        Folder.Write("services/api/server.js", $"require('http').createServer((q, s) => {{ s.statusCode = {answer}; s.end() }}).listen(3000)\n");
        Folder.Write("services/api/Dockerfile", $"FROM {ImageCatalog.Shared.Default("node", "slim").Reference} AS runtime\nCOPY server.js /\nHEALTHCHECK --interval=1s --retries=2 CMD [\"node\", \"-e\", \"fetch('http://127.0.0.1:3000/health').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))\"]\nCMD [\"node\", \"/server.js\"]\n");
    }

    public ProcessCall Script(string name, params ImmutableArray<string> arguments) => new("bash", [$"scripts/{name}", .. arguments])
    {
        Folder = Folder.Path,
        Timeout = TimeSpan.FromMinutes(10),
        Environment = stack.Project.Environment.Add("COMPOSE_PROJECT_NAME", stack.Project.Name),
    };

    public Task Up(CancellationToken cancellation, params ImmutableArray<string> services) => stack.Up(cancellation, services);

    public Task<ProcessOutcome> Sql(string statements, CancellationToken cancellation) =>
        (Project.Call("exec", "-T", "postgres", "psql", "-U", "ops", "-d", "ops", "-v", "ON_ERROR_STOP=1", "-qAt") with { Input = statements }).Run(cancellation);

    /// <summary>A shell in a container that has a volume of the project at /volume.</summary>
    public Task<ProcessOutcome> InVolume(string volume, string script, CancellationToken cancellation) =>
        TestEngine.Shared.Docker("run", "--rm", "--network", "none", "--entrypoint", "sh", "--volume", $"{Project.Name}_{volume}:/volume", ImageCatalog.Shared.Default("postgres").Reference, "-c", script).Run(cancellation);

    /// <summary>Names of its volumes on the engine, without the project's.</summary>
    public async Task<ImmutableArray<string>> Volumes(CancellationToken cancellation) =>
        [.. (await TestEngine.Shared.Docker("volume", "ls", "--quiet", "--filter", $"name=^{Project.Name}_").Run(cancellation)).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(v => v[(Project.Name.Length + 1)..]).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await stack.DisposeAsync();
        // Volumes of other major versions are no part of the Compose file any more.
        foreach (string volume in await Volumes(CancellationToken.None))
            await TestEngine.Shared.Docker("volume", "rm", "--force", $"{Project.Name}_{volume}").Run(CancellationToken.None);
        Folder.Dispose();
    }
}

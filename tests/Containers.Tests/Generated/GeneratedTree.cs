using System.Collections.Immutable;
using DuskStack.Containers.Tests.Matrix;
using DuskStack.Containers.Verification.Lint;
using DuskStack.Packing.Parameters;
using Xunit;

namespace DuskStack.Containers.Tests.Generated;

/// <summary>A tree of generated files to validate: a golden one of <c>tests/snapshots</c>, an example, or one that is rendered here.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Write">Writes it to a folder.</param>
/// <param name="Case">The combination that it is of, with every output; null for the others.</param>
public sealed partial record GeneratedTree(string Name, Func<TestFolder> Write, MatrixCase? Case = null)
{
    /// <summary>What the golden trees do not combine.</summary>
    private static readonly ImmutableArray<(string Name, string Manifest)> Variants =
    [
        .. from manager in new[] { "npm", "pnpm", "yarn" }
           from node in new[] { 22, 24, 26 }
           select ($"{manager} on node {node}", $"version: 1\nname: demo\nservices: {{ api: {{ stack: node, packageManager: {manager}, runtime: {node} }} }}\n"),
        .. from manager in new[] { "npm", "pnpm", "yarn" }
           select ($"{manager} with everything in its build", $"version: 1\nname: demo\nservices: {{ api: {{ stack: node, packageManager: {manager}, build: {{ args: {{ A: b c }}, secrets: [NPM_TOKEN], packages: {{ build: [g++], runtime: [ffmpeg] }}, ca: certs/acme.pem }}, volumes: {{ data: /app/data }}, writable: [/app/.cache], needs: [postgres], migrate: {{ command: [node, m.js], from: build }} }} }}\npostgres: {{ extensions: [vector], init: db/init.sql }}\n"),
        .. from manager in new[] { "npm", "pnpm", "yarn" }
           from foundation in new[] { "slim", "alpine", "distroless", "minimal" }
           select ($"nextjs with {manager} on {foundation}", $"version: 1\nname: demo\nservices: {{ web: {{ stack: nextjs, packageManager: {manager}, base: {foundation}, build: {{ args: {{ A: b c }}, secrets: [NPM_TOKEN] }} }} }}\n"),
        .. from manager in new[] { "pip", "uv", "poetry" }
           from foundation in new[] { "slim", "alpine", "distroless", "minimal" }
           select ($"python with {manager} on {foundation}", $"version: 1\nname: demo\nservices: {{ api: {{ stack: python, packageManager: {manager}, base: {foundation}, build: {{ args: {{ A: b c }}, secrets: [PIP_INDEX_URL], command: [python, generate.py], ca: certs/acme.pem }}, volumes: {{ data: /app/data }}, writable: [/app/.cache], workers: 2, metrics: /metrics, needs: [postgres], migrate: {{ command: [alembic, upgrade, head], from: build }} }} }}\npostgres: {{}}\n"),
        ("python with packages of Debian, by gunicorn", "version: 1\nname: demo\nservices: { api: { stack: python, start: [gunicorn, 'app:app'], build: { packages: { build: [g++], runtime: [libpq5] } } } }\n"),
        ("python worker without a port", "version: 1\nname: demo\nservices: { jobs: { stack: python, port: none, build: { output: [src] }, needs: [redis] } }\nredis: {}\n"),
        .. from manager in new[] { "npm", "pnpm", "yarn" }
           select ($"{manager} worker without a build", $"version: 1\nname: demo\nservices: {{ api: {{ stack: node, packageManager: {manager}, port: none, build: {{ command: [] }}, health: {{ command: [node, alive.js] }}, needs: [valkey] }} }}\nvalkey: {{ persistence: none }}\n"),
        .. from manager in new[] { "npm", "yarn" }
           select ($"{manager} site with everything in its build", $"version: 1\nname: demo\nservices: {{ web: {{ stack: spa, packageManager: {manager}, build: {{ args: {{ A: b c }}, secrets: [NPM_TOKEN], packages: {{ build: [g++] }}, ca: certs/acme.pem }}, volumes: {{ data: /data }}, health: none }} }}\n"),
        ("two sites of one folder", "version: 1\nname: demo\nservices: { one: { stack: spa, path: web, build: { command: [] } }, two: { stack: spa, path: web, public: { A: b } } }\n"),
    ];

    /// <summary>What <c>dotnet new</c> writes with every pair of choices; some of it with every change.</summary>
    private static IEnumerable<Point> NewProjects => PairwisePoints.Of(new Random(1)).Take(TestEngine.IsNightly ? int.MaxValue : 6);

    public static ImmutableArray<GeneratedTree> All { get; } =
    [
        .. from expected in Directory.EnumerateDirectories(Path.Combine(Repository.Root, "tests", "snapshots")).Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "expected"))
           where Directory.Exists(expected)
           select new GeneratedTree($"snapshot {Path.GetFileName(Path.GetDirectoryName(expected))}", () => Copied(expected)),
        .. from example in Directory.EnumerateDirectories(Path.Combine(Repository.Root, "examples")).Order(StringComparer.Ordinal)
           where File.Exists(Path.Combine(example, "duskstack.yaml"))
           select new GeneratedTree($"example {Path.GetFileName(example)}", () => Copied(example)),
        .. Variants.Select(v => new GeneratedTree(v.Name, () => Render(v.Manifest))),
        .. NewProjects.Select((point, i) => new GeneratedTree($"dotnet new {i}{point}", () => Render(TemplateManifest.Text(point, name => ParameterList.Open.Single(o => o.Name == name).Example)))),
        .. MatrixCase.WithEveryOutput.Select(c => new GeneratedTree($"every output of {c}", () => Render(MatrixProject.EveryOutput(c)), c)),
    ];

    /// <param name="outputs">What a test of all trees validates, with spaces between: see <see cref="Proof"/>.</param>
    public static TheoryData<string> Names(string outputs) => [.. All.Select(t => t.Row(outputs))];

    /// <summary>The tree for a theory, with what it proves of its combination.</summary>
    public TheoryDataRow<string> Row(string outputs)
    {
        var row = new TheoryDataRow<string>(Name);
        if (Case is not { } combination) return row;
        foreach (string output in outputs.Split(' ')) row.WithTrait(Proof.Trait, Proof.Claim(Proof.Validated, combination, output));
        return row;
    }

    public static TestFolder Named(string name) => All.Single(t => t.Name == name).Write();

    public static IEnumerable<string> Files(TestFolder folder, string pattern) =>
        Directory.EnumerateFiles(folder.Path, pattern, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(f => Path.GetRelativePath(folder.Path, f))
            .Where(f => !f.EndsWith(".dockerignore", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    /// <summary>A value for every variable that a Compose file demands: <c>${SENTRY_DSN:?set it}</c>.</summary>
    public static ImmutableDictionary<string, string?> Demanded(string composeFile) =>
        ComposeFile.Demanded(File.ReadAllText(composeFile));

    private static TestFolder Copied(string expected)
    {
        var folder = new TestFolder("lint");
        folder.Copy(expected);
        // An example has what the tool remembers of it.
        if (Directory.Exists(folder[".duskstack/base"])) Directory.Delete(folder[".duskstack/base"], recursive: true);
        return folder;
    }

    private static TestFolder Render(string manifest)
    {
        var folder = new TestFolder("lint");
        try
        {
            Rendered.Into(folder, manifest);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }
}

using System.Collections.Immutable;
using DuskStack.Manifests;
using DuskStack.Tests.Snapshots;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DuskStack.Tests.Escapes;

/// <summary>Text that means something in some format: a quote, a comment, a variable, another key.</summary>
internal static class HostileValues
{
    public static readonly ImmutableArray<string> Pieces =
    [
        "\"", "'", "\n", "\r\n", "$", "$$", "${X}", "${X:-y}", "$(id)", "`id`", "{{", "}}", "{{x}}", "{{!section}}", "{{#if x}}", "${{ x }}", "#", " # ", "\\", "\\n", "\\\"", "🚀", "é", "\u2028", "\u00a0", "\u0085", "\ufeff",
        "yes", "no", "null", "~", "on", "1e3", "0x1", "012", "12:30", "2026-11-21", ".inf", "- a", "a: b", ": ", "a:", "&x", "*x", "!t", "|", ">", "? ", "@", "%", "%{if}", "%%", "%s", "\t", "\u0001", "\u007f", " ", ";", "{", "}", "[", "]", ",", "=", "--", "-n",
        "<!--", "-->", "</script>", "\"]\nRUN id", "\nUSER 0", "\n  privileged: true", "'; id; '", "EOF", "\nEOF\n", "<<EOF", "..", "/", "//", "*", "?", "|| id", "&& id", "%0a", "\\u0022",
    ];

    /// <summary>Harmless wherever text is free, and as a part of most names.</summary>
    public const string Marker = "qmarkq";
}

/// <summary>A place in a manifest where a person writes text: the value of a setting, an item, a name.</summary>
/// <param name="Source">The manifest's name.</param>
/// <param name="Index">The how manieth scalar of it.</param>
/// <param name="Setting">The path of the setting: <c>services.*.env.*</c>.</param>
/// <param name="Text">What stands there.</param>
internal sealed record Place(string Source, int Index, string Setting, string Text)
{
    private static readonly ImmutableArray<(string Name, string Text)> Manifests =
    [
        .. from snapshot in SnapshotCase.All()
           let generation = snapshot.Run()
           let text = File.ReadAllText(Path.Combine(snapshot.Folder, "duskstack.yaml"))
           where !generation.HasErrors && !text.Contains("extends:", StringComparison.Ordinal)
           select (snapshot.Name, text),
        ("everything", Everything),
    ];

    /// <summary>Every place of every snapshot that becomes files, and of <see cref="Everything"/>.</summary>
    public static ImmutableArray<Place> All { get; } = [.. Manifests.SelectMany(m => Of(m.Name, m.Text))];

    /// <summary>The manifest with another text at this place.</summary>
    public string With(string text)
    {
        YamlStream stream = Load(Manifests.Single(m => m.Name == Source).Text);
        YamlScalarNode scalar = Scalars(stream.Documents[0].RootNode, "").ElementAt(Index).Node;
        (scalar.Value, scalar.Style) = (text, ScalarStyle.DoubleQuoted);
        using var writer = new StringWriter { NewLine = "\n" };
        stream.Save(writer, assignAnchors: false);
        return writer.ToString();
    }

    private static IEnumerable<Place> Of(string name, string text) =>
        Scalars(Load(text).Documents[0].RootNode, "").Select((found, index) => new Place(name, index, found.Path, found.Node.Value!));

    private static YamlStream Load(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream;
    }

    /// <summary>Values, items and the names that maps give; not the keys that are settings.</summary>
    private static IEnumerable<(YamlScalarNode Node, string Path)> Scalars(YamlNode node, string path)
    {
        switch (node)
        {
            case YamlScalarNode scalar:
                yield return (scalar, path);
                break;
            case YamlSequenceNode list:
                foreach ((YamlScalarNode, string) found in list.Children.SelectMany(child => Scalars(child, $"{path}[]")))
                    yield return found;
                break;
            case YamlMappingNode map:
                foreach ((YamlNode key, YamlNode value) in map.Children)
                {
                    bool setting = SettingTree.Find($"{path}.{key}".Replace("[]", "", StringComparison.Ordinal).TrimStart('.')) is { IsEmpty: false } found && found.Any(f => !f.Path.EndsWith('*'));
                    string below = $"{path}.{(setting ? $"{key}" : "*")}".TrimStart('.');
                    if (!setting)
                        yield return ((YamlScalarNode)key, $"{below} as a name");
                    foreach ((YamlScalarNode, string) inner in Scalars(value, below))
                        yield return inner;
                }

                break;
        }
    }

    /// <summary>What the snapshots do not have.</summary>
    private const string Everything = """
        version: 1
        name: planner
        images: { registry: ghcr.io/acme, platforms: [linux/amd64], mirror: mirror.acme.example }
        services:
          api:
            stack: node
            path: services/api
            packageManager: pnpm
            runtime: "24"
            build: { command: ["node", "build.js"], output: [dist, "assets"], args: { CHANNEL: stable }, secrets: [NPM_TOKEN], packages: { build: [g++], runtime: [ffmpeg] }, ca: certs/acme.pem }
            user: "1000:1000"
            start: ["node", "dist/server.js", "--name", "a"]
            dev: ["node", "--watch", "src/server.js", "x"]
            processes: { worker: { start: ["node", "dist/worker.js", "w"], dev: ["node", "src/worker.js"], port: 8001, metrics: /metrics, health: { command: ["node", "alive.js", "h"] }, env: { QUEUE: mail } } }
            migrate: ["node", "dist/migrate.js", "up"]
            needs: [postgres, redis]
            env: { LOG_LEVEL: info, EMPTY: "" }
            secrets: [OPENAI_API_KEY, { name: SENTRY_DSN, as: env }]
            volumes: { uploads: /app/uploads }
            writable: [/app/.cache]
            metrics: /metrics
            health: { path: /health }
            routes: [{ path: /api, host: api.example.com, rate: 30r/m, burst: 10 }, /events]
          ml: { stack: python, port: 8000, start: ["uvicorn", "src.main:app"], migrate: { command: ["alembic", "upgrade", "head"], from: build }, build: { args: { CHANNEL: stable } }, needs: [postgres], env: { MODE: fast } }
          web: { stack: nextjs, needs: [api], public: { API_URL: /api, TITLE: A shop }, build: { args: { CHANNEL: stable } }, routes: [/] }
          admin: { stack: spa, needs: [api], public: { API_URL: /api, TITLE: A shop }, build: { command: ["npm", "run", "build"], output: dist }, routes: [/admin] }
          mail: { image: axllent/mailpit:v1.31.4, port: 8025, start: ["serve", "a"], health: { command: [/mailpit, readyz] }, env: { MP_MODE: x } }
          legacy: { dockerfile: docker/Dockerfile, path: services/legacy, env: { A: b } }
        postgres: { database: planner, user: planner, extensions: [vector], init: db/init.sql }
        redis: { policy: allkeys-lru }
        proxy: { domain: planner.example.com, tls: letsencrypt, email: ops@example.com, acme: "https://acme.example.com/directory", trusted: [10.0.0.0/8], csp: "default-src 'self'" }
        monitoring: { receiver: { webhook: ALERT_WEBHOOK_URL } }
        deploy: { host: deploy@planner.example.com, ecs: { region: eu-central-1, cluster: planner, subnets: [subnet-0a1b2c3d4e5f60718], securityGroups: [sg-0a1b2c3d4e5f60718], executionRole: "arn:aws:iam::123456789012:role/planner-execution", taskRole: "arn:aws:iam::123456789012:role/planner-task" } }
        ci: github
        """;
}

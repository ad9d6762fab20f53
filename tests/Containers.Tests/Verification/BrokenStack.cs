using System.Collections.Immutable;
using DuskStack.Containers.Verification;
using DuskStack.Images;

namespace DuskStack.Containers.Tests.Verification;

/// <summary>A good generated tree with one thing changed, and what verify has to say about it.</summary>
/// <param name="Name">What is wrong, as a sentence.</param>
/// <param name="Check">The check that has to fail.</param>
/// <param name="Message">A part of what it has to say.</param>
/// <param name="Break">The change.</param>
public sealed record BrokenStack(string Name, string Check, string Message, Action<TestFolder> Break)
{
    private const string Dockerfile = "services/api/Dockerfile", Server = "services/api/server.js", Production = "compose.prod.yaml";

    /// <summary>What stands below <c>name:</c>.</summary>
    public string Manifest { get; init; } = "services: { api: { stack: node, stop: 2s } }\n";

    /// <summary>The application of one file takes the place of the generated image: it builds in a second.</summary>
    public bool Small => Stage != Stage.Lint;

    public Stage Stage => CheckList.Named(Check).Stage;

    public static ImmutableArray<BrokenStack> All { get; } =
    [
        // The files.
        new("a generated file is missing", "files", "1 of", f => File.Delete(f["docker-bake.hcl"])),
        new("its base has no version", "pinned-images", "`node:latest` names no version", f => f.Edit(Dockerfile, Node, "node:latest")),
        new("an image of Compose has no version", "pinned-images", "`postgres` names no version", f => f.Edit(Production, "image: postgres:", "image: postgres #")) { Manifest = Database },
        new("its Dockerfile changes folders by cd", "hadolint", "DL3003", f => f.Edit(Dockerfile, "USER 10001:10001", "RUN cd /opt && ls\nUSER 10001:10001")),
        new("its Dockerfile takes a stage that is not there", "build-check", "`docker build --check` warns", f => f.Edit(Dockerfile, "FROM base AS runtime", "FROM base as runtime")),
        new("a key of its Compose file is unknown", "compose", "Compose says", f => f.Edit(Production, "    networks: [edge]", "    networkz: [edge]")),
        new("a container asks for a capability", "rights", "api adds the capability NET_ADMIN", f => f.Edit(Production, "    networks: [edge]", "    networks: [edge]\n    cap_add: [NET_ADMIN]")),
        new("a container is privileged", "rights", "api is privileged", f => f.Edit(Production, "    networks: [edge]", "    networks: [edge]\n    privileged: true")),
        new("the database is published", "published-ports", "postgres publishes its port 5432, which the manifest does not ask for", f => f.Edit(Production, "    networks: [data]", "    networks: [data]\n    ports: [\"5432:5432\"]")) { Manifest = Database },
        new("a port needs root", "published-ports", "api listens on port 80, which only root may", f => f.Edit(Production, ":3000\"", ":80\"")),
        new("nginx does not know a directive", "nginx", "unknown directive \"gzip_very\"", f => f.Edit("nginx/nginx.conf", "gzip_vary on;", "gzip_very on;")) { Manifest = Proxy },
        new("a rule of Prometheus is no expression", "prometheus", "promtool says no", f => f.Edit("monitoring/prometheus/rules/services.yml", "up == 1", "up === 1")) { Manifest = Monitoring },
        new("an alert does not fire", "alert-tests", "a test of an alert fails", f => f.Edit("monitoring/prometheus/rules/services.yml", "> 0.05 and", "> 0.5 and")) { Manifest = Monitoring },
        new("a script forgets quotes", "shellcheck", "SC2086", f => f.Write("scripts/build-images.sh", File.ReadAllText(f["scripts/build-images.sh"]) + "\necho $1\n")),
        new("Fargate has no such size", "ecs", "Fargate has no cpu 1024 with memory 512; it offers 2048 to 8192 MiB with it", f => f.Edit("ecs/api/task-definition.json", "\"memory\": \"2048\"", "\"memory\": \"512\"")) { Manifest = Ecs },

        // The images.
        new("it does not build", "image-build", "the build failed", f => f.Edit(Dockerfile, "USER", "RUN exit 3\nUSER")),
        new("it is too large", "image-size", "over its budget of 90.0 MB", _ => { }) { Manifest = "services: { api: { stack: node, budget: { image: 90MB } } }\n" },
        new("its build takes too long", "cold-build", "more than the budget of 1.0 s", f => f.Edit(Dockerfile, "USER", "RUN node -e \"setTimeout(() => {}, 1500)\"\nUSER")) { Manifest = "services: { api: { stack: node, budget: { coldBuild: 1s } } }\n" },
        new("it runs as root", "image-user", "the image runs as root", f => f.Edit(Dockerfile, "USER 10001:10001\n", "")),
        new("npm starts it", "image-start", "npm becomes the parent of the program", f => f.Edit(Dockerfile, "CMD [\"node\", \"/app/server.js\"]", "CMD [\"npm\", \"start\"]")),
        new("a .env gets into a layer", "image-secrets", "a file .env in /app/.env", f => f.Edit(Dockerfile, "COPY server.js", "COPY .env server.js")),
        new("a build secret stays in a layer that a later one covers", "image-secrets", "the build secret NPM_TOKEN in /app/token", f => f.Edit(Dockerfile, "USER", "RUN --mount=type=secret,id=NPM_TOKEN cp /run/secrets/NPM_TOKEN /app/token && chmod 644 /app/token\nRUN rm /app/token\nUSER")) { Manifest = "services: { api: { stack: node, build: { secrets: [NPM_TOKEN] } } }\n" },
        new("a key of AWS stands in a file", "image-secrets", "a key of AWS in /app/server.js", f => f.Write(Server, $"// {"AKIA"}{"Z7QK3M5P2R8S4T6V"}\n{File.ReadAllText(f[Server])}")),
        new("a token stands in the environment", "image-secrets", "the value of API_TOKEN in the environment", f => f.Edit(Dockerfile, "USER", "ENV API_TOKEN=4f9c2a7be1\nUSER")),
        new("a build argument leaves a password in the history", "image-secrets", "the value of DB_PASSWORD in the history", f => f.Edit(Dockerfile, "USER", "ARG DB_PASSWORD=hunter22hunter\nRUN echo built > /app/built\nUSER")),
        new("dependencies of development are left in", "dev-dependencies", "the image holds left-behind, typescript, which only development needs", f =>
        {
            f.Write("services/api/package.json", """{ "devDependencies": { "left-behind": "1", "typescript": "5" } }""");
            f.Edit(Dockerfile, "USER", "RUN for p in typescript left-behind fastify; do mkdir -p /app/node_modules/$p && echo '{}' > /app/node_modules/$p/package.json; done\nUSER");
        }),

        // What runs.
        new("it never gets healthy", "healthy", "it is unhealthy", f => f.Edit(Server, "statusCode = 200", "statusCode = 500")),
        new("it ends at once", "healthy", "it ends again and again", f => f.Write(Server, "process.exit(3)\n")),
        new("it listens on another port", "answers", "nothing answers on port 3000", f => { f.Edit(Server, "3000", "4000"); f.Edit(Dockerfile, ":3000", ":4000"); }),
        new("it listens for itself alone", "answers", "or on 127.0.0.1 alone?", f => f.Edit(Server, "listen(3000)", "listen(3000, '127.0.0.1')")),
        new("it ignores SIGTERM", "stop", "it ignores SIGTERM: it was killed after 2", f => f.Edit(Server, "require", "process.on('SIGTERM', () => {})\nrequire")),
        new("its root is writable", "read-only", "the program can change itself", f => f.Edit(Production, "  read_only: true\n", "")),
        new("it has a capability in production", "capabilities", "it has, or can get, NET_ADMIN", f => f.Edit(Production, "    networks: [edge]", "    networks: [edge]\n    cap_add: [NET_ADMIN]")),
        new("it may get more rights", "no-new-privileges", "may get more rights", f => f.Edit(Production, "no-new-privileges:true", "no-new-privileges:false")),
        new("it runs as root in production", "user", "runs as root; it should be 10001", f => f.Edit(Production, "    networks: [edge]", "    networks: [edge]\n    user: \"0:0\"")),
        new("npm is its first process", "first-process", "is the first process", f =>
        {
            f.Write("services/api/package.json", """{ "scripts": { "start": "node /app/server.js" } }""");
            f.Edit(Dockerfile, "COPY server.js", "COPY package.json server.js");
            f.Edit(Dockerfile, "CMD [\"node\", \"/app/server.js\"]", "WORKDIR /app\nENV HOME=/tmp\nCMD [\"npm\", \"start\"]");
        }),
        new("it takes more memory than its owner allows", "stack-memory", "more than the budget of 16 MiB", f => f.Edit(Server, "require", "globalThis.held = Buffer.alloc(64 << 20, 1)\nrequire")) { Manifest = "services: { api: { stack: node } }\nbudget: { memory: 16M }\n" },
        new("it would touch the volume of what runs elsewhere", "healthy", "the volume data is `shop_data` whatever the project is called", f => f.Edit(Production, "  data: {}", "  data: { name: shop_data }")) { Manifest = "services: { api: { stack: node, volumes: { data: /app/data } } }\n", Outcome = Outcome.NotRun },
    ];

    /// <summary>What is said of it; a stack that cannot be run safely is not run.</summary>
    public Outcome Outcome { get; init; } = Outcome.Failed;

    private static string Node => ImageCatalog.Shared.Default("node", "slim").Reference;

    private const string Database = "services: { api: { stack: node, needs: [postgres] } }\npostgres: {}\n";
    private const string Proxy = "services: { api: { stack: node, routes: [/api] } }\nproxy: {}\n";
    private const string Monitoring = "services: { api: { stack: node, metrics: /metrics } }\nmonitoring: {}\n";
    private const string Ecs = "services: { api: { stack: node } }\ndeploy: { ecs: { region: eu-central-1 } }\n";
}

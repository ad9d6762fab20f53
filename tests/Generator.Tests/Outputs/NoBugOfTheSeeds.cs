using System.Text.RegularExpressions;
using DuskStack.Tests.Snapshots;

namespace DuskStack.Tests.Outputs;

/// <summary>
/// Mistakes that hand-written set-ups of the field make again and again. Each is a pattern that must not stand in any Dockerfile,
/// ignore file or Compose file of any snapshot; the sample shows the mistake, and that the pattern finds it.
/// </summary>
public sealed partial class NoBugOfTheSeeds
{
    public static TheoryData<string, string, string, string> Mistakes() => new()
    {
        { "B01 development dependencies left out before the build", "Dockerfile", @"--only=prod|--production(?!=)(?<!focus --production)", "RUN npm ci --only=production" },
        { "B05 B31 users by adduser", "Dockerfile", @"adduser|useradd", "RUN adduser -S nodejs -u 1001" },
        { "B06 a user by name", "Dockerfile", @"^USER (?!\d+(:\d+)?$)", "USER node" },
        { "B08 localhost in a probe", "", @"https?://localhost|'localhost'", "HEALTHCHECK CMD wget http://localhost:3000/health" },
        { "B10 version of the Compose format", "compose", @"^version:", "version: '3.9'" },
        { "B13 B69 a password in production", "compose.prod", @"(PASSWORD|SECRET|TOKEN): (?!\$\{|""\$\{|/run/secrets/)(?!.*_FILE)", "      POSTGRES_PASSWORD: admin" },
        { "B14 a required variable that may be empty", "compose.prod", @"(?<!\$)\$\{(?!TAG|COMPOSE_PROJECT_NAME|[A-Z_]+_PORT)[A-Z_]+(:-\}|\})", "      API_KEY: ${API_KEY}" },
        { "B17 the tag latest, or none", "", @"(image: |FROM )\S+:latest|^FROM [a-z/.]+$|^FROM (?!scratch )(?<image>[a-z/.-]+) AS(?<! AS \k<image>\n[\s\S]*)", "FROM node:latest AS base" },
        { "B18 an abandoned pgvector image", "", @"ankane/", "    image: ankane/pgvector:v0.5.1" },
        // In exec form and silent it is that of busybox in nginx' image, which has nothing else to ask with.
        { "B21 B22 B23 a probe by curl, wget or requests", "", @"\bcurl\b|\bwget\b(?!"", ""-q"", ""--spider"")|import requests", "HEALTHCHECK CMD wget -q http://127.0.0.1/" },
        { "B28 Corepack", "Dockerfile", @"corepack enable", "RUN corepack enable" },
        { "B30 tests and lint in the image build", "Dockerfile", @"run (lint|test|typecheck)", "RUN pnpm run lint" },
        { "B32 a user or a pid file that only root may have", "nginx.conf", @"^user |^pid (?!/tmp/)", "user nginx;" },
        { "B35 headers of caching twice", "nginx.conf", @"^\s*expires ", "        expires 1y;" },
        { "B37 a header that browsers have dropped", "nginx.conf", @"X-XSS-Protection", "add_header X-XSS-Protection \"1; mode=block\";" },
        { "B43 chown of a whole tree after it was copied", "Dockerfile", @"chown -R", "RUN chown -R app /app" },
        { "B49 a fixed container name", "compose", @"container_name:", "    container_name: api" },
        { "B50 a database on every address", "compose", @"^      - ""?(?!127\.0\.0\.1:)[^""]*:(5432|6379)""?$", "      - \"5432:5432\"" },
        { "B60 an env file that must exist", "compose", @"env_file:", "    env_file: .env" },
        { "B62 a required service behind a profile", "compose", @"profiles:", "    profiles: [production]" },
        { "B64 a database as a target of Prometheus", "prometheus.yml", @"targets: .*:(5432|6379|3306|27017)\b|port: (5432|6379)$", "      - targets: [postgres:5432]" },
        { "B66 consoles, which Prometheus has no more", "compose", @"web\.console\.", "      - --web.console.libraries=/etc/prometheus/console_libraries" },
        { "B68 labels without discovery", "compose", @"prometheus\.io/", "      - prometheus.io/scrape=true" },
        { "B69 a default password of Grafana, or none at all", "compose", @"GF_SECURITY_ADMIN_PASSWORD:|GF_AUTH_ANONYMOUS_ENABLED: ""true""|GF_USERS_ALLOW_SIGN_UP: ""true""", "      GF_SECURITY_ADMIN_PASSWORD: admin" },
        { "the socket of Docker in a container", "compose", @"docker\.sock", "      - /var/run/docker.sock:/var/run/docker.sock:ro" },
        { "B67 the life-cycle API", "compose", @"web\.enable-lifecycle", "      - --web.enable-lifecycle" },
        { "B75 AS in lower case", "Dockerfile", @"^FROM \S+ as ", "FROM node:24 as build" },
        { "B76 recommended packages", "Dockerfile", @"apt-get install (?!-y --no-install-recommends)", "RUN apt-get install -y gcc" },
        { "B78 HTTP/2 as a word of listen", "nginx.conf", @"listen .*http2", "listen 443 ssl http2;" },
        { "B79 a service that is looked up once", "nginx.conf", @"^\s*server \S+:\d+;", "    server backend:8000;" },
        { "B83 requests of the burst held back", "nginx.conf", @"burst=\d+;", "limit_req zone=api burst=10;" },
        { "a client's word about its own address", "nginx.conf", @"proxy_add_x_forwarded_for|\$http_x_forwarded_for", "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;" },
        { "B93 a package manager or a shell as process 1", "Dockerfile", @"^(CMD|ENTRYPOINT) (\[""(npm|pnpm|yarn|npx|sh|bash)""|[^\[])", "CMD npm start" },
        { "secrets in an image", "Dockerfile", @"^(ARG|ENV) \S*(TOKEN|SECRET|PASSWORD|API_KEY)", "ARG NPM_TOKEN" },
        { "a frontend from a registry", "Dockerfile", @"^# syntax=", "# syntax=docker/dockerfile:1" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void No_output_makes_it(string mistake, string files, string pattern, string sample)
    {
        var expression = new Regex(pattern, RegexOptions.Multiline | RegexOptions.CultureInvariant);
        Assert.Matches(expression, sample);
        foreach (SnapshotCase snapshot in SnapshotCase.All())
        {
            foreach ((string path, string text) in snapshot.Stored().Where(f => f.Key.StartsWith("expected/", StringComparison.Ordinal) && f.Key.Contains(files, StringComparison.Ordinal) && !f.Key.EndsWith(".sh", StringComparison.Ordinal)))
            {
                string withoutComments = Comment().Replace(text, "");
                Match found = expression.Match(withoutComments);
                Assert.False(found.Success, $"{mistake}: {snapshot.Name}/{path} has `{found.Value}`");
            }
        }
    }

    /// <summary>B09, B12, B53, B70, B73, B93: what must be there, in every production file.</summary>
    [Theory]
    [InlineData("no-new-privileges:true")]
    [InlineData("cap_drop: [ALL]")]
    [InlineData("read_only: true")]
    [InlineData("init: true")]
    [InlineData("limits: {")]
    [InlineData("max-size:")]
    public void Production_is_hardened(string line)
    {
        foreach (SnapshotCase snapshot in SnapshotCase.All())
        {
            if (snapshot.Stored().TryGetValue("expected/compose.prod.yaml", out string? text))
                Assert.Contains(line, text, StringComparison.Ordinal);
        }
    }

    /// <summary>B04, B44, B45: an ignore file at the root of each build context, with patterns for every folder.</summary>
    [Fact]
    public void Every_image_has_an_ignore_file_where_it_counts()
    {
        foreach (SnapshotCase snapshot in SnapshotCase.All())
        {
            foreach (var image in snapshot.Run().Plan?.Images.Where(i => !i.Files.IsEmpty) ?? [])
            {
                string context = image.Context == "." ? "" : $"{image.Context}/";
                string ignore = image.Dockerfile == "Dockerfile" ? $"{context}.dockerignore" : $"{context}{image.Dockerfile}.dockerignore";
                if (!snapshot.Stored().TryGetValue($"expected/{ignore}", out string? text)) continue;
                Assert.Contains(text.Contains("__pycache__", StringComparison.Ordinal) ? "\n**/__pycache__\n" : "\n**/node_modules\n", text, StringComparison.Ordinal);
                Assert.Contains("\n**/.env\n", text, StringComparison.Ordinal);
                Assert.Contains("\n**/.git\n", text, StringComparison.Ordinal);
            }
        }
    }

    [GeneratedRegex(@"(^|\s)# .*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}

using System.Collections.Immutable;
using System.Text.Json;
using DuskStack.Containers.Verification;
using DuskStack.Containers.Verification.Images;
using DuskStack.Containers.Verification.Lint;
using DuskStack.Containers.Verification.Reports;
using DuskStack.Containers.Verification.Running;
using Xunit;

namespace DuskStack.Containers.Tests.Verification;

/// <summary>The parts that judge, without an engine.</summary>
public sealed class What_verify_looks_for
{
    [Fact]
    public void Every_check_stands_in_the_documentation_and_no_other()
    {
        string[] documented = [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "verify.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal))];
        Assert.Equal(CheckList.All.Select(c => $"| `{c.Name}` | {JsonReport.Word(c.Stage)} | {c.Proves} |"), documented);
    }

    [Fact]
    public void Names_of_checks_are_unique() => Assert.Equal(CheckList.All.Length, CheckList.All.Select(c => c.Name).Distinct().Count());

    [Theory]
    [InlineData("node", false)]
    [InlineData("node:latest", false)]
    [InlineData("ghcr.io:5000/acme/app", false)]
    [InlineData("node:24", true)]
    [InlineData("ghcr.io:5000/acme/app:1", true)]
    [InlineData("node@sha256:0123", true)]
    public void A_version_pins_an_image(string reference, bool pinned) => Assert.Equal(pinned, ProjectLint.IsPinned(reference));

    [Fact]
    public void Stages_of_a_Dockerfile_are_no_images() => Assert.Equal(
        ["node:24", "ghcr.io/astral-sh/uv:0.13", "nginx"],
        ProjectLint.BuiltUpon("FROM --platform=linux/amd64 node:24 AS base\nFROM base AS build\nRUN --mount=type=bind,from=ghcr.io/astral-sh/uv:0.13,source=/uv,target=/uv uv\nFROM scratch\nCOPY --from=build /a /a\nCOPY --chown=1:1 --from=nginx /a /a\nCOPY --from=0 /a /a\n").Distinct());

    [Fact]
    public void Cache_mounts_get_ids_of_the_run() => Assert.Equal(
        "RUN --mount=type=cache,id=shop-npm-verify-1,target=/root/.npm --mount=type=cache,target=/c/d,id=verify-1-c-d --mount=type=bind,source=a npm ci",
        CacheMounts.Own("RUN --mount=type=cache,id=shop-npm,target=/root/.npm --mount=type=cache,target=/c/d --mount=type=bind,source=a npm ci", "verify-1"));

    [Fact]
    public async Task A_secret_is_found_where_two_reads_meet()
    {
        var scan = new SecretScan([("the secret X", "0123456789abcdef"u8.ToArray())]);
        byte[] content = new byte[3 << 20];
        foreach (int at in new[] { 0, (1 << 20) - 7, (1 << 20) + 4089, (3 << 20) - 16 })
        {
            Array.Clear(content);
            "0123456789abcdef"u8.CopyTo(content.AsSpan(at));
            using var stream = new MemoryStream(content);
            Assert.Equal(["the secret X"], await scan.In(stream, withShapes: true, TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData("AKIAZ7QK3M5P2R8S4T6V", "a key of AWS")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", null)]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA0123456789abcdef0123456789\n", "a private key")]
    [InlineData("if (text.startsWith('-----BEGIN RSA PRIVATE KEY-----'))", null)]
    [InlineData("npm_config_cache", null)]
    public void Shapes_of_keys_are_known(string text, string? found) => Assert.Equal(found, new SecretScan([]).In(text).FirstOrDefault());

    [Fact]
    public void A_tool_that_production_asks_for_is_no_dependency_of_development()
    {
        ImmutableArray<InstalledPackage> installed = [new("fastify", ["typescript"]), new("typescript", []), new("eslint", ["chalk"]), new("chalk", []), new("tap", [])];
        Assert.Equal(["eslint", "tap"], Packages.OnlyDevelopment(installed, ["tap", "typescript"], ["fastify"]));
    }

    [Fact]
    public void Dependencies_of_development_are_read_from_every_kind_of_project()
    {
        using var folder = new TestFolder("declared");
        folder.Write("package.json", """{ "dependencies": { "both": "1" }, "devDependencies": { "both": "1", "vitest": "1" } }""");
        folder.Write("pyproject.toml", "[project]\ndependencies = [\"fastapi[standard]>=0.1\", \"Uvicorn\"]\n\n[dependency-groups]\ndev = [\"pytest>=8\", \"ruff_lsp\"]\n\n[tool.poetry.group.dev.dependencies]\nhttpx = \"^0.28\"\n");
        folder.Write("requirements.txt", "anyio==4 \\\n    --hash=sha256:1\n");
        folder.Write("requirements-dev.txt", "anyio==4\nrespx==1\n");
        (ImmutableHashSet<string> development, ImmutableHashSet<string> production) = Packages.Declared(folder.Path);
        Assert.Equal(["httpx", "pytest", "respx", "ruff-lsp", "vitest"], development.Order(StringComparer.Ordinal));
        Assert.Superset(new HashSet<string> { "fastapi", "uvicorn", "anyio", "both" }, production.ToHashSet());
    }

    [Fact]
    public void Every_subset_of_profiles_is_read() => Assert.Equal(8, ComposeFile.Subsets(["a", "b", "c"]).Select(s => string.Join(',', s)).Distinct().Count());

    [Fact]
    public void What_is_shared_with_other_projects_is_seen()
    {
        using JsonDocument config = JsonDocument.Parse("""
            { "services": { "api": { "container_name": "api", "volumes": [{ "type": "bind", "source": "/etc", "read_only": true }, { "type": "bind", "source": "/var/lib/shop" }, { "type": "bind", "source": "/tmp/copy/x" }] } },
              "volumes": { "a": { "name": "p_a" }, "b": { "name": "shop_b" } }, "networks": { "edge": { "name": "p_edge" }, "out": { "name": "out", "external": true } } }
            """);
        Assert.Equal(["the volume b is `shop_b` whatever the project is called", "the network out is `out` whatever the project is called", "api is called `api` whatever the project is called", "api writes to /var/lib/shop"], Isolation.Shared(config.RootElement, "p", "/tmp/copy"));
    }

    [Fact]
    public void Reports_escape_what_tools_say()
    {
        Check check = CheckList.Named("hadolint");
        var report = new VerifyReport
        {
            Project = "<b>", Engine = null, Duration = TimeSpan.FromSeconds(1), Images = [], Stack = null,
            Results = [new(check, "a|b", Verdict.Failed("<img src=x onerror=alert(1)> | `x` **y**\nz") with { Details = "</pre><script>" })],
        };
        string html = HtmlReport.Write(report), markdown = MarkdownReport.Write(report);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("a|b", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("**y**", markdown, StringComparison.Ordinal);
        Assert.Contains("\\u003Cimg", JsonReport.Write(report, 8), StringComparison.Ordinal);
    }
}

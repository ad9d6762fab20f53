using System.Collections.Immutable;

namespace DuskStack.Containers.Tests.Matrix;

/// <summary>What there is to know of a stack's starter before its image can be judged.</summary>
public sealed record StarterTraits
{
    public required string Stack { get; init; }

    /// <summary>The service that is judged; others of the manifest keep it company.</summary>
    public required string Service { get; init; }
    public required ImmutableArray<string> Managers { get; init; }
    public required ImmutableArray<string> Bases { get; init; }

    /// <summary>The manifest below <c>name:</c>, with <c>{manager}</c> and <c>{base}</c> in it.</summary>
    public required string Manifest { get; init; }

    /// <summary>A source file, and a line that changes nothing in what it does.</summary>
    public required string Source { get; init; }
    public required string Remark { get; init; }

    /// <summary>Stages that an edit in the sources must not run again.</summary>
    public required ImmutableArray<string> DependencyStages { get; init; }

    /// <summary>The words with which the application's process begins.</summary>
    public required ImmutableArray<string> Process { get; init; }

    /// <summary>A file of the image that shows that the application is there, as a regular expression.</summary>
    public required string Needed { get; init; }

    /// <summary>What production must not hold, as a regular expression over paths.</summary>
    public required string Unwanted { get; init; }
    public bool Websocket { get; init; } = true;
    public bool ServesBrowsers { get; init; }

    private const string Strays = @"(^|/)\.env(\.|$)|(^|/)\.git/|(^|/)Dockerfile|(^|/)\.dockerignore|(^|/)left-behind";
    private const string NodeTools = @"(^|/)node_modules/(typescript|@types|@typescript|vite|vitest|esbuild)(/|$)|/\.pnpm/(typescript|@types|vite|esbuild)|\.tsbuildinfo$|^root/(\.npm|\.cache|\.yarn)/.|^pnpm/store/.|(^|/)(package-lock\.json|pnpm-lock\.yaml|yarn\.lock)$(?<!node_modules/.*)";
    private const string Backing = "postgres: { version: 17 }\nredis: { version: 8 }\n";

    public static ImmutableArray<StarterTraits> All { get; } =
    [
        new()
        {
            Stack = "node",
            Service = "api",
            Managers = ["npm", "pnpm", "yarn"],
            Bases = ["slim", "alpine", "distroless", "minimal"],
            Manifest = "services:\n  api: { stack: node, packageManager: {manager}, base: {base}, needs: [postgres, redis], migrate: [node, dist/migrate.js], processes: { worker: { start: [node, dist/worker.js] } } }\n" + Backing,
            Source = "services/api/src/health.ts",
            Remark = "// edited\n",
            DependencyStages = ["toolchain", "deps", "production-deps", "system"],
            Process = ["node", "dist/server.js"],
            Needed = @"^app/node_modules/(\.pnpm/[^/]+/node_modules/)?fastify/package\.json$",
            Unwanted = $@"{Strays}|{NodeTools}|^app/(src|test|tsconfig)",
        },
        new()
        {
            Stack = "python",
            Service = "api",
            Managers = ["pip", "uv", "poetry"],
            Bases = ["slim", "alpine", "distroless", "minimal"],
            Manifest = "services:\n  api: { stack: python, packageManager: {manager}, base: {base}, needs: [postgres, redis], migrate: [alembic, upgrade, head], processes: { worker: { start: [python, -m, src.worker] } } }\n" + Backing,
            Source = "services/api/src/health.py",
            Remark = "# edited\n",
            DependencyStages = ["toolchain", "deps", "production-deps", "system"],
            Process = ["python"],
            Needed = @"^opt/venv/lib/python3\.\d+/site-packages/fastapi/applications\.py$",
            Unwanted = $@"{Strays}|site-packages/(pytest|_pytest|ruff|mypy|pip|poetry|uv)(/|$)|(^|/)bin/(pip|poetry|uv)$(?<!^usr/.*)|^app/tests|^root/\.cache/.|\.pyc\.\d+$",
        },
        new()
        {
            Stack = "nextjs",
            Service = "web",
            ServesBrowsers = true,
            Managers = ["npm", "pnpm", "yarn"],
            Bases = ["slim", "alpine", "distroless", "minimal"],
            Manifest = "services:\n  web: { stack: nextjs, packageManager: {manager}, base: {base}, public: { SITE_NAME: Matrix } }\n",
            Source = "services/web/app/page.tsx",
            Remark = "// edited\n",
            DependencyStages = ["toolchain", "deps", "system"],
            Process = ["next-server"],
            Needed = @"^app/\.next/BUILD_ID$",
            Unwanted = $@"{Strays}|{NodeTools}|^app/(app/|test|tsconfig)|(^|/)node_modules/(sharp|@img)/",
            Websocket = false,
        },
        new()
        {
            Stack = "spa",
            Service = "site",
            ServesBrowsers = true,
            Managers = ["npm", "pnpm", "yarn"],
            Bases = ["alpine"],
            Manifest = "services:\n  site: { stack: spa, packageManager: {manager}, base: {base}, needs: [api], public: { API_URL: /api } }\n  api: { stack: node, routes: [/api] }\n",
            Source = "services/site/src/main.tsx",
            Remark = "// edited\n",
            DependencyStages = ["toolchain", "deps"],
            Process = ["nginx:"],
            Needed = @"^[a-z/]+/index\.html$",
            Unwanted = $@"{Strays}|{NodeTools}|(^|/)node_modules/",
        },
    ];

    public static StarterTraits Of(string stack) => All.Single(t => t.Stack == stack);
}

using System.Collections.Immutable;
using DuskStack.Planning;

namespace DuskStack.Stacks.Node;

/// <summary>The tiny real application of a node service: Fastify and TypeScript, with what the service needs.</summary>
public static class NodeStarter
{
    private const string Folder = "stacks/node/starter/";

    /// <summary>Files that only some starters have; all others are for every one.</summary>
    private static readonly ImmutableDictionary<string, Func<StarterModel, bool>> Conditions = ImmutableDictionary.CreateRange(
        StringComparer.Ordinal,
        new Dictionary<string, Func<StarterModel, bool>>
        {
            [".yarnrc.yml"] = m => m.Yarn,
            ["src/migrate.ts"] = m => m.Postgres,
            ["src/postgres.ts"] = m => m.Postgres,
            ["src/postgres-items.ts"] = m => m.Postgres,
            ["src/postgres-jobs.ts"] = m => m is { Postgres: true, Redis: false },
            ["src/migrations/list.ts"] = m => m.Postgres,
            ["src/migrations/migrate.ts"] = m => m.Postgres,
            ["src/migrations/0001-items.ts"] = m => m.Postgres,
            ["src/migrations/0002-jobs.ts"] = m => m is { Postgres: true, Redis: false },
            ["src/redis.ts"] = m => m.Redis,
            ["src/redis-jobs.ts"] = m => m.Redis,
            ["test/migrations.test.ts"] = m => m.Postgres,
        });

    /// <summary>The paths with conditions, so that a test can hold them against the folder.</summary>
    public static IEnumerable<string> ConditionalPaths => Conditions.Keys;

    public static ImmutableArray<TemplateFile> Files(StarterRequest request, NodePackageManager manager)
    {
        StarterModel model = StarterModel.Of(request, manager);
        return
        [
            .. StarterFiles.Of(Folder, request, model, path => !Conditions.TryGetValue(path, out Func<StarterModel, bool>? wanted) || wanted(model)),
            .. StarterFiles.Of($"stacks/node/locks/{model.Set}/", request, model, path => path == manager.LockFile),
        ];
    }
}

/// <summary>What the templates of the starter print; their names are those of the templates.</summary>
public sealed record StarterModel
{
    public required string Name { get; init; }

    /// <summary>The name in package.json and its lock, within the repository: the service's.</summary>
    public required string Package { get; init; }
    public required int Port { get; init; }
    public required bool Postgres { get; init; }
    public required bool Redis { get; init; }
    public required bool Npm { get; init; }
    public required bool Pnpm { get; init; }
    public required bool Yarn { get; init; }

    /// <summary><c>pnpm@11.28.11</c>, the packageManager field of package.json.</summary>
    public required string PackageManagerSpec { get; init; }

    /// <summary>The folder of lockfiles that fit the dependencies.</summary>
    public string Set => (Postgres, Redis) switch
    {
        (true, true) => "postgres-redis",
        (true, false) => "postgres",
        (false, true) => "redis",
        _ => "plain",
    };

    public static StarterModel Of(StarterRequest request, NodePackageManager manager) => new()
    {
        Name = $"{request.Project}-{request.Service.Name.Value}",
        Package = request.Service.Name.Value,
        Port = request.Port ?? 3000,
        Postgres = request.Postgres,
        Redis = request.Redis,
        Npm = manager.Name == "npm",
        Pnpm = manager.Name == "pnpm",
        Yarn = manager.Name == "yarn",
        PackageManagerSpec = manager.DefaultVersion is { } version ? $"{manager.Name}@{version}" : manager.Name,
    };
}

using System.Collections.Immutable;
using DuskStack.Planning;

namespace DuskStack.Stacks.Python;

/// <summary>The tiny real application of a python service: FastAPI, with what the service needs.</summary>
public static class PythonStarter
{
    private const string Folder = "stacks/python/starter/";

    /// <summary>As its pyproject.toml says; its lock files hold packages for this version and later ones.</summary>
    public static readonly Version OldestPython = new(3, 12);

    /// <summary>Files that only some starters have; all others are for every one.</summary>
    private static readonly ImmutableDictionary<string, Func<PythonStarterModel, bool>> Conditions = ImmutableDictionary.CreateRange(
        StringComparer.Ordinal,
        new Dictionary<string, Func<PythonStarterModel, bool>>
        {
            ["alembic.ini"] = m => m.Postgres,
            ["migrations/env.py"] = m => m.Postgres,
            ["migrations/script.py.mako"] = m => m.Postgres,
            ["migrations/versions/0001_items.py"] = m => m.Postgres,
            ["migrations/versions/0002_jobs.py"] = m => m is { Postgres: true, Redis: false },
            ["src/postgres.py"] = m => m.Postgres,
            ["src/postgres_items.py"] = m => m.Postgres,
            ["src/postgres_jobs.py"] = m => m is { Postgres: true, Redis: false },
            ["src/tables.py"] = m => m.Postgres,
            ["src/redis.py"] = m => m.Redis,
            ["src/redis_jobs.py"] = m => m.Redis,
            ["tests/test_migrations.py"] = m => m.Postgres,
            ["tests/test_postgres.py"] = m => m.Postgres,
        });

    /// <summary>The paths with conditions, so that a test can hold them against the folder.</summary>
    public static IEnumerable<string> ConditionalPaths => Conditions.Keys;

    public static ImmutableArray<TemplateFile> Files(StarterRequest request, PythonPackageManager manager)
    {
        PythonStarterModel model = PythonStarterModel.Of(request, manager);
        return
        [
            .. StarterFiles.Of(Folder, request, model, path => !Conditions.TryGetValue(path, out Func<PythonStarterModel, bool>? wanted) || wanted(model)),
            .. StarterFiles.Of($"stacks/python/locks/{model.Set}/", request, model, path => manager.Name switch { "pip" => path.StartsWith("requirements", StringComparison.Ordinal), "poetry" => path == "poetry.lock", _ => false }),
        ];
    }
}

/// <summary>What the templates of the starter print; their names are those of the templates.</summary>
public sealed record PythonStarterModel
{
    public required string Name { get; init; }
    public required bool Postgres { get; init; }
    public required bool Redis { get; init; }

    /// <summary>True when the database has pgvector.</summary>
    public required bool Vector { get; init; }
    public required bool Uv { get; init; }
    public required bool Poetry { get; init; }

    public bool Databases => Postgres || Redis;

    /// <summary>The types of the databases' URLs.</summary>
    public string Dsns => string.Join(", ", [.. Postgres ? new[] { "PostgresDsn" } : [], .. Redis ? new[] { "RedisDsn" } : []]);

    /// <summary>What is kept in memory, as no database does it; may be empty.</summary>
    public string Memory => Postgres ? "" : Redis ? "MemoryItems" : "MemoryItems, MemoryJobs";

    /// <summary>The folder of lock files that fit the dependencies.</summary>
    public string Set => (Vector, Postgres, Redis) switch
    {
        (true, _, true) => "pgvector-redis",
        (true, _, false) => "pgvector",
        (false, true, true) => "postgres-redis",
        (false, true, false) => "postgres",
        (false, false, true) => "redis",
        _ => "plain",
    };

    public static PythonStarterModel Of(StarterRequest request, PythonPackageManager manager) => new()
    {
        Name = $"{request.Project}-{request.Service.Name.Value}",
        Postgres = request.Postgres,
        Redis = request.Redis,
        Vector = request.Vector,
        Uv = manager.Name == "uv",
        Poetry = manager.Name == "poetry",
    };
}

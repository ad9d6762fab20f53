using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Templating;

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
        string context = ImagePlanning.Context(request.Service);
        return
        [
            .. from name in TemplateSet.Names(Folder)
               let path = WithoutEnding(name[Folder.Length..])
               where !Conditions.TryGetValue(path, out Func<PythonStarterModel, bool>? wanted) || wanted(model)
               select File(name, ImagePlanning.Join(context, path), model),
            .. from name in TemplateSet.Names($"stacks/python/locks/{model.Set}/")
               where Path.GetFileName(name) is var file && manager.Name switch { "pip" => file.StartsWith("requirements", StringComparison.Ordinal), "poetry" => file == "poetry.lock", _ => false }
               select new TemplateFile(ImagePlanning.Join(context, Path.GetFileName(name)), name, null, Once: true),
        ];
    }

    private static TemplateFile File(string name, string path, PythonStarterModel model) =>
        name.EndsWith(".hbs", StringComparison.Ordinal) ? new(path, WithoutEnding(name), model, Once: true) : new(path, name, null, Once: true);

    private static string WithoutEnding(string name) => name.EndsWith(".hbs", StringComparison.Ordinal) ? name[..^4] : name;
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

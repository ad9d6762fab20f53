using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Images;
using DuskStack.Manifests;
using DuskStack.Planning;

namespace DuskStack.Backing;

/// <summary>PostgreSQL, with or without pgvector, here or elsewhere.</summary>
public sealed class Postgres : IBackingService
{
    private const int Port = 5432;
    private const string Data = "postgres_data", Password = "POSTGRES_PASSWORD";

    /// <summary>Kept back by PostgreSQL for superusers (<c>superuser_reserved_connections</c>).</summary>
    private const int ReservedConnections = 3;

    public BackingPlan? Plan(Manifest manifest, Func<BaseImage, string> reference, DiagnosticBag bag)
    {
        if (manifest.Postgres is not { } postgres)
            return null;

        string database = postgres.Database?.Value ?? manifest.Name.Value.Replace('-', '_');
        string user = postgres.User?.Value ?? database;
        int maxConnections = postgres.MaxConnections?.Value ?? 100;
        if (postgres.External?.Value == true)
        {
            return new()
            {
                Name = "postgres",
                Container = null,
                Substitute = Substitute(reference(Known(postgres) ?? ImageCatalog.Shared.Default("postgres")), database, user),
                Connect = stack => new("DATABASE_URL", "${DATABASE_URL:?set it in .env, for example " + stack.DatabaseScheme(postgres) + "://user:password@db.example.com:5432/" + database + "}", new("DATABASE_URL", new SecretOrigin.User())),
                Secrets = [],
                Variables = [new("DATABASE_URL", $"postgresql://{user}:change-me@db.example.com:5432/{database}", "The external database.", VariableScope.Development, Required: true)],
                Connections = postgres.MaxConnections is null ? null : maxConnections - ReservedConnections,
            };
        }

        BaseImage image = Image(postgres, bag);
        return new()
        {
            Name = "postgres",
            Container = Container(postgres, image, reference(image), database, user, maxConnections),
            Secrets = [new(Password, new SecretOrigin.Random(Rotation(user, database)))],
            // A volume for each major version: files of another one are never touched, and still there when the new one disappoints.
            Volumes = [new(Data, $"PostgreSQL {image.Version}: the database files", $"postgres_{image.Version}_data")],
            Database = new("postgres", database, user, Password, image.User, Data, image.Version, Majors(image, reference)),
            Variables = [new("POSTGRES_PASSWORD", "dev", "Password of the development database, counted when its volume is first made; letters and digits only, it becomes part of a URL.", VariableScope.Development)],
            SupportFiles = SupportFiles(postgres),
            Connect = stack => Connection(stack.DatabaseScheme(postgres), user, database),
            Connections = maxConnections - ReservedConnections,
            Exporter = PostgresMonitoring.Exporter(user, database),
        };
    }

    private static SubstitutePlan Substitute(string image, string database, string user)
    {
        const string Host = "postgres-substitute", Password = "substitute";
        return new(
            "postgres",
            Host,
            "DATABASE_URL",
            $"postgresql://{user}:{Password}@{Host}:{Port}/{database}",
            image,
            ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("POSTGRES_USER", user), KeyValuePair.Create("POSTGRES_DB", database), KeyValuePair.Create("POSTGRES_PASSWORD", Password)]),
            ["pg_isready", "-q", "-h", "127.0.0.1", "-U", user, "-d", database]);
    }

    /// <summary>The server reads the password file once, when the volume is empty: a later change has to be told to it.</summary>
    private static ImmutableArray<string> Rotation(string user, string database) =>
    [
        "docker compose -f compose.prod.yaml up -d --force-recreate --wait postgres",
        $"docker compose -f compose.prod.yaml exec postgres sh -c 'psql -U {user} -d {database} -c \"ALTER USER \\\"{user}\\\" PASSWORD '\\''$(cat /run/secrets/POSTGRES_PASSWORD)'\\''\"'",
    ];

    /// <summary>Each URL scheme is a secret file of its own: DATABASE_URL for plain ones, DATABASE_URL_ASYNCPG for <c>postgresql+asyncpg</c>.</summary>
    private static ConnectionPlan Connection(string scheme, string user, string database)
    {
        int plus = scheme.IndexOf('+', StringComparison.Ordinal);
        string secret = plus < 0 ? "DATABASE_URL" : $"DATABASE_URL_{scheme[(plus + 1)..].ToUpperInvariant()}";
        string before = $"{scheme}://{user}:", after = $"@postgres:{Port}/{database}";
        return new("DATABASE_URL", $"{before}${{POSTGRES_PASSWORD:-dev}}{after}", new(secret, new SecretOrigin.Derived(before, "POSTGRES_PASSWORD", after)));
    }

    private static BaseImage Image(PostgresSection postgres, DiagnosticBag bag)
    {
        if (Known(postgres) is { } image)
            return image;
        bag.Error(DiagnosticCodes.UnknownChoice, postgres.Version?.Span ?? postgres.Key.Span, $"PostgreSQL {Version(postgres)} is not known", $"known versions: {string.Join(", ", ImageCatalog.Shared.Versions("postgres"))}");
        return ImageCatalog.Shared.Default("postgres");
    }

    private static BaseImage? Known(PostgresSection postgres) => ImageCatalog.Shared.Find("postgres", Version(postgres), postgres.Extensions.Any(e => e.Value == "vector") ? "pgvector" : "");

    private static string Version(PostgresSection postgres) => postgres.Version?.Value.ToString() ?? ImageCatalog.Shared.Default("postgres").Version;

    /// <summary>With the same extensions as the version that runs now.</summary>
    private static ImmutableArray<DatabaseMajor> Majors(BaseImage current, Func<BaseImage, string> reference) =>
        [.. ImageCatalog.Shared.All.Where(i => i.Provides == current.Provides && i.Variant == current.Variant).OrderBy(i => int.Parse(i.Version)).Select(i => new DatabaseMajor(i.Version, reference(i), DataFolder(i)))];

    /// <summary>
    /// The data folder follows the major version: up to 17 the volume lies at /var/lib/postgresql/data, from 18 on one level higher,
    /// see https://github.com/docker-library/docs/blob/master/postgres/content.md (PGDATA).
    /// </summary>
    private static string DataFolder(BaseImage image) => int.Parse(image.Version) >= 18 ? "/var/lib/postgresql" : "/var/lib/postgresql/data";

    private static ContainerPlan Container(PostgresSection postgres, BaseImage image, string reference, string database, string user, int maxConnections)
    {
        ResourcesPlan resources = ResourcePlanning.Plan(postgres.Resources, ByteSize.Mebibytes(512));
        string owner = image.User;
        ImmutableArray<MountPlan> mounts =
        [
            new(Data, DataFolder(image), File: false),
            .. postgres.Extensions.IsEmpty ? [] : new[] { new MountPlan("./db/extensions.sql", "/docker-entrypoint-initdb.d/00-extensions.sql", File: true) },
            .. postgres.Init is { } init ? [new MountPlan($"./{init.Value}", $"/docker-entrypoint-initdb.d/10-init{Path.GetExtension(init.Value)}", File: true)] : Array.Empty<MountPlan>(),
        ];
        // Over TCP: during initdb a temporary server listens on the socket only, and must not count as healthy.
        ImmutableArray<string> probe = ["CMD", "pg_isready", "-q", "-h", "127.0.0.1", "-U", user, "-d", database];
        return new()
        {
            Name = "postgres",
            Role = ContainerRole.Backing,
            Comment = $"PostgreSQL {image.Version}{(image.Variant.Length > 0 ? " with pgvector" : "")}, reachable for services that need it.",
            Image = null,
            Reference = reference,
            Port = Port,
            Health = new HealthPlan.Check(probe, probe, HealthPlanning.Timing(postgres.Health, HealthTiming.Backing)),
            DependsOn = [],
            // A shutdown writes a checkpoint: killed before its end, the next start has to recover.
            StopGrace = TimeSpan.FromSeconds(60),
            Replicas = 1,
            Resources = resources,
            Logs = ResourcePlanning.Plan(postgres.Logs),
            Development = new()
            {
                Environment = [new("POSTGRES_DB", database), new("POSTGRES_USER", user), new("POSTGRES_PASSWORD", "${POSTGRES_PASSWORD:-dev}")],
                Ports = [new("POSTGRES_PORT", postgres.Port?.Value ?? Port, Port, Loopback: true)],
                Mounts = mounts,
            },
            Production = new()
            {
                Command = ["postgres", "-c", $"max_connections={maxConnections}", "-c", $"shared_buffers={Math.Max(16, resources.Memory.Bytes / ByteSize.Mebibyte / 4)}MB"],
                Environment = [new("POSTGRES_DB", database), new("POSTGRES_USER", user), new("POSTGRES_PASSWORD_FILE", "/run/secrets/POSTGRES_PASSWORD")],
                Secrets = ["POSTGRES_PASSWORD"],
                Mounts = mounts,
                Tmpfs = [new("/tmp", ByteSize.Mebibytes(16), "1777", null), new("/var/run/postgresql", ByteSize.Mebibytes(1), "0775", UserId.Parse(owner))],
                Networks = [NetworkNames.Data],
                User = owner,
                ReadOnly = true,
                DropCapabilities = true,
                SharedMemory = ByteSize.Mebibytes(Math.Clamp(resources.Memory.Bytes / ByteSize.Mebibyte / 4, 64, 1024)),
            },
        };
    }

    private static ImmutableArray<SupportFile> SupportFiles(PostgresSection postgres)
    {
        var files = ImmutableArray.CreateBuilder<SupportFile>();
        if (!postgres.Extensions.IsEmpty)
        {
            string statements = string.Concat(postgres.Extensions.Select(e => $"CREATE EXTENSION IF NOT EXISTS \"{e.Value}\";\n"));
            files.Add(new("db/extensions.sql", "-- Runs once, when the database volume is empty. In a database that exists already, run it by hand.\n" + statements, Once: false));
        }

        if (postgres.Init is { } init)
            files.Add(new(init.Value, "-- Runs once, after the extensions, when the database volume is empty. It is yours: DuskStack does not touch it again.\n", Once: true));
        return files.ToImmutable();
    }
}

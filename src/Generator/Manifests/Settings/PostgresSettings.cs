using System.Collections.Immutable;
using DuskStack.Diagnostics;

namespace DuskStack.Manifests.Settings;

/// <summary><c>postgres:</c></summary>
public static class PostgresSettings
{
    public static readonly Setting<int> Version = new("version", new IntegerType(14, 18)) { Summary = "Major version of PostgreSQL.", Default = "17", Example = "17" };
    public static readonly Setting<bool> External = new("external", ValueTypes.Bool) { Summary = "Whether the database runs elsewhere: then no container is made, and `DATABASE_URL` is a secret that you set.", Default = "false", Example = "true" };
    public static readonly Setting<string> Database = new("database", NameTypes.Database) { Summary = "Name of the database.", DefaultInWords = "the manifest's `name`", Example = "shop" };
    public static readonly Setting<string> User = new("user", NameTypes.Role) { Summary = "Owner of the database; its password is a secret.", DefaultInWords = "the manifest's `name`", Example = "shop" };
    public static readonly Setting<string> Driver = new("driver", new ChoiceType("driver", new Choice("asyncpg", "`postgresql+asyncpg://`"), new Choice("psycopg", "`postgresql+psycopg://`"), new Choice("psycopg2", "`postgresql+psycopg2://`"))) { Summary = "Driver that `DATABASE_URL` names for python services.", Default = "asyncpg", Example = "asyncpg" };
    public static readonly Setting<ImmutableArray<Located<string>>> Extensions = new("extensions", ValueTypes.Distinct(NameTypes.Extension)) { Summary = "Extensions that are created in a new database; they decide about the image.", Example = "[vector]" };
    public static readonly Setting<string> Init = new("init", PathTypes.Project) { Summary = "SQL file that runs once, when the database is made.", DefaultInWords = "none", Example = "db/init.sql" };
    public static readonly Setting<int> Port = new("port", ValueTypes.Port) { Summary = "Port on which development publishes it on 127.0.0.1.", Default = "5432", Example = "5433" };
    public static readonly Setting<int> MaxConnections = new("maxConnections", new IntegerType(5, 10_000)) { Summary = "Connections that the server accepts; the pools of all services must fit into them.", Default = "100", Example = "200" };
    public static readonly Setting<Resources> Resources = new("resources", ResourceSettings.Type) { Summary = "How much of the machine it may use in production." };
    public static readonly Setting<Logs> Logs = new("logs", LogSettings.Type) { Summary = "How the log is rotated." };
    public static readonly Setting<HealthSection> Health = new("health", HealthSettings.TimingType) { Summary = "When its health is checked.", Example = "{ interval: 5s }" };

    public static readonly ObjectType<PostgresSection> Type = new(
        new("postgres", "The PostgreSQL database; services use it with `needs: [postgres]`.", [Version, External, Database, User, Driver, Extensions, Init, Port, MaxConnections, Resources, Logs, Health])
        {
            MayBeEmpty = true,
            OtherWords = ComposeWords.OfServices.RemoveRange(["version", "init"]).AddRange(new Dictionary<string, string> { ["db"] = "database", ["username"] = "user", ["password"] = "the password is a secret that `scripts/secrets.sh` makes; delete this key", ["max_connections"] = "maxConnections", ["image"] = "the image follows from `version` and `extensions`; delete this key" }),
            Example = "postgres: { version: 17, database: shop, user: shop, extensions: [vector], init: db/init.sql, resources: { memory: 384M } }",
        },
        Read);

    private static PostgresSection Read(ObjectValues values)
    {
        BackingSettings.CheckExternal(values, External, [Extensions, Init, Port, Resources, Logs, Health]);
        return new()
        {
            Key = values.Key,
            Version = values.Get(Version),
            External = values.Get(External),
            Database = values.Get(Database),
            User = values.Get(User),
            Driver = values.Get(Driver),
            Extensions = values.All(Extensions),
            Init = values.Get(Init),
            Port = values.Get(Port),
            MaxConnections = values.Get(MaxConnections),
            Resources = values.Get(Resources)?.Value ?? new(),
            Logs = values.Get(Logs)?.Value ?? new(),
            Health = values.Get(Health)?.Value,
        };
    }
}

/// <summary>What the sections of backing services share.</summary>
internal static class BackingSettings
{
    /// <summary>Reports settings of a container that does not exist. Those of an organisation's defaults are meant for others and pass.</summary>
    public static void CheckExternal(ObjectValues values, Setting<bool> external, ImmutableArray<Setting> ofContainer)
    {
        if (values.Get(external) is not { Value: true } isExternal) return;
        foreach (var setting in ofContainer)
            if (values.Written(setting) is { } written && written.Key.Span.File == isExternal.Span.File)
                values.Bag.Error(DiagnosticCodes.KeyDoesNotApply, written.Key.Span, $"`{setting.Name}` does not apply to {Quoted.Text(values.Key.Value)}, which runs elsewhere", $"delete it, or `external` at {isExternal.Span}");
    }
}

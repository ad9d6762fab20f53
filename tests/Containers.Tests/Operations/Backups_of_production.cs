using Xunit;

namespace DuskStack.Containers.Tests.Operations;

/// <summary><c>scripts/backup.sh</c> and <c>scripts/restore.sh</c>.</summary>
public sealed class Backups_of_production
{
    private const string Services =
        """
          api: { stack: node, needs: [postgres, redis], volumes: { uploads: /app/uploads } }
          mail: { image: "axllent/mailpit:v1.31.4", port: 8025, health: { command: [/mailpit, readyz] } }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    public async Task Bring_rows_keys_and_files_back_after_all_is_lost()
    {
        await using OperatedProject project = await OperatedProject.Of(Services, "postgres: {}\nredis: {}", Cancellation);
        await project.Up(Cancellation, "postgres", "redis", "mail");
        (await project.Sql("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n; CREATE SEQUENCE s; SELECT setval('s', 7);", Cancellation)).OrThrow();
        await Redis(project, "SET", "kept", "42");
        (await project.Project.Call("create", "--no-build", "--pull", "never", "redis").Run(Cancellation)).OrThrow();
        // The volume of a service that never ran here.
        (await TestEngine.Shared.Docker("volume", "create", "--label", $"com.docker.compose.project={project.Project.Name}", "--label", "com.docker.compose.volume=uploads", $"{project.Project.Name}_uploads").Run(Cancellation)).OrThrow();
        (await project.InVolume("uploads", "mkdir '/volume/a b'; echo picture > '/volume/a b/.file'; chown -R 10001:10001 /volume", Cancellation)).OrThrow();

        (await project.Script("backup.sh", "rows.dump").Run(Cancellation)).OrThrow();
        (await project.Script("backup.sh", "--volumes", "files.tar").Run(Cancellation)).OrThrow();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(project.Folder["rows.dump"]));
        await project.Project.Down(volumes: true, Cancellation);
        await project.Up(Cancellation, "postgres", "redis", "mail");
        string mail = (await project.Project.Container("mail", Cancellation)).Id;

        (await project.Script("restore.sh", "rows.dump").Run(Cancellation)).OrThrow();
        ProcessOutcome refused = await project.Script("restore.sh", "files.tar").Run(Cancellation);
        Assert.Equal((4, true), (refused.ExitCode, refused.Errors.Contains("redis_data", StringComparison.Ordinal)));
        (await project.Script("restore.sh", "--yes", "files.tar").Run(Cancellation)).OrThrow();

        Assert.Equal("1000\n8", (await project.Sql("SELECT count(*) FROM kept; SELECT nextval('s');", Cancellation)).Text);
        Assert.Equal("42", await Redis(project, "GET", "kept"));
        Assert.Equal("picture\n10001:10001\n10001:10001", (await project.InVolume("uploads", "cat '/volume/a b/.file'; stat -c %u:%g '/volume/a b/.file' /volume", Cancellation)).Text);
        Assert.Equal(mail, (await project.Project.Container("mail", Cancellation)).Id);
        Assert.All(await project.Project.Containers(Cancellation), c => Assert.Equal("healthy", c.Facts.Health));
    }

    [EngineFact]
    public async Task Replace_a_database_only_when_told_and_only_by_a_whole_one()
    {
        await using OperatedProject project = await OperatedProject.Of(Services, "postgres: {}\nredis: {}", Cancellation);
        await project.Up(Cancellation, "postgres", "mail");
        (await project.Sql("CREATE TABLE old AS SELECT 1 AS n", Cancellation)).OrThrow();
        (await project.Script("backup.sh", "old.dump").Run(Cancellation)).OrThrow();
        (await project.Sql("CREATE TABLE newer AS SELECT 2 AS n", Cancellation)).OrThrow();

        ProcessOutcome again = await project.Script("backup.sh", "old.dump").Run(Cancellation);
        Assert.Equal((1, $"backup: {project.Folder["old.dump"]} exists; name another file, or delete it\n"), (again.ExitCode, again.Errors));
        ProcessOutcome refused = await project.Script("restore.sh", "old.dump").Run(Cancellation);
        Assert.Equal((4, $"restore: the database ops has 2 tables; to replace it: bash scripts/restore.sh --yes {project.Folder["old.dump"]}\n"), (refused.ExitCode, refused.Errors));

        byte[] whole = await File.ReadAllBytesAsync(project.Folder["old.dump"], Cancellation);
        await File.WriteAllBytesAsync(project.Folder["half.dump"], whole[..^40], Cancellation);
        ProcessOutcome half = await project.Script("restore.sh", "--yes", "half.dump").Run(Cancellation);
        Assert.Equal((1, true), (half.ExitCode, half.Errors.Contains("half.dump is damaged", StringComparison.Ordinal)));
        // A dump that reads well and does not go in: what was there still is.
        (await project.Sql("CREATE ROLE gone; CREATE TABLE hers AS SELECT 3 AS n; ALTER TABLE hers OWNER TO gone", Cancellation)).OrThrow();
        (await project.Script("backup.sh", "hers.dump").Run(Cancellation)).OrThrow();
        (await project.Sql("DROP TABLE hers; DROP ROLE gone", Cancellation)).OrThrow();
        Assert.Equal(1, (await project.Script("restore.sh", "--yes", "hers.dump").Run(Cancellation)).ExitCode);
        Assert.Equal("newer,old", (await project.Sql(Tables, Cancellation)).Text);

        (await project.Script("restore.sh", "--yes", "old.dump").Run(Cancellation)).OrThrow();
        Assert.Equal("old", (await project.Sql(Tables, Cancellation)).Text);
        Assert.Equal("ops,postgres", (await project.Sql("SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database WHERE NOT datistemplate", Cancellation)).Text);
    }

    [EngineFact]
    public async Task Of_a_database_that_does_not_run_say_what_to_do()
    {
        await using OperatedProject project = await OperatedProject.Of(Services, "postgres: {}\nredis: {}", Cancellation);
        ProcessOutcome backup = await project.Script("backup.sh").Run(Cancellation);
        Assert.Equal((1, "backup: postgres does not run; start it: docker compose -f compose.prod.yaml up -d --wait postgres\n"), (backup.ExitCode, backup.Errors));
        Assert.Empty(Directory.EnumerateFiles(project.Folder["backups"]));
        Assert.Equal(64, (await project.Script("backup.sh", "--what").Run(Cancellation)).ExitCode);
        Assert.Equal(64, (await project.Script("restore.sh").Run(Cancellation)).ExitCode);
    }

    private const string Tables = "SELECT string_agg(tablename, ',' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'public'";

    private static async Task<string> Redis(OperatedProject project, params string[] command) =>
        (await project.Project.Call(["exec", "-T", "--env", $"REDISCLI_AUTH={await File.ReadAllTextAsync(project.Folder["secrets/REDIS_PASSWORD"], Cancellation)}", "redis", "redis-cli", "-h", "127.0.0.1", "-e", .. command]).Run(Cancellation)).Text;
}

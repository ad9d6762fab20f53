using Xunit;

namespace DuskStack.Containers.Tests.Operations;

/// <summary><c>scripts/upgrade-postgres.sh</c>.</summary>
public sealed class A_new_major_version_of_postgres
{
    private const string Services =
        """
          api: { stack: node, needs: [postgres] }
          mail: { image: "axllent/mailpit:v1.31.4", port: 8025, health: { command: [/mailpit, readyz] } }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    public async Task Has_all_data_and_the_old_volume_stays()
    {
        await using OperatedProject project = await Running();
        (await project.Sql("CREATE ROLE reader LOGIN PASSWORD 'x'; CREATE TABLE kept (id serial PRIMARY KEY, t text); ALTER TABLE kept OWNER TO reader; INSERT INTO kept (t) SELECT 'row ' || n FROM generate_series(1, 1000) n; CREATE DATABASE second", Cancellation)).OrThrow();
        string mail = (await project.Project.Container("mail", Cancellation)).Id;

        OperatedProject.Write(project.Folder, Services, "postgres: { version: 18 }");
        ProcessOutcome upgrade = await project.Script("upgrade-postgres.sh").Run(Cancellation);
        Assert.Contains($"the old volume is kept: {project.Project.Name}_postgres_17_data", upgrade.OrThrow().Output, StringComparison.Ordinal);

        Assert.StartsWith("18.", (await project.Sql("SHOW server_version", Cancellation)).Text, StringComparison.Ordinal);
        Assert.Equal("1000|row 1000|1001|reader", (await project.Sql("SELECT count(*), max(t COLLATE \"C\") FILTER (WHERE id = 1000), nextval('kept_id_seq'), (SELECT tableowner FROM pg_tables WHERE tablename = 'kept') FROM kept", Cancellation)).Text);
        Assert.Equal("second", (await project.Sql("SELECT datname FROM pg_database WHERE datname = 'second'", Cancellation)).Text);
        Assert.Equal(["postgres_17_data", "postgres_18_data"], await project.Volumes(Cancellation));
        Assert.Equal(mail, (await project.Project.Container("mail", Cancellation)).Id);
        Assert.All(await project.Project.Containers(Cancellation), c => Assert.Equal("healthy", c.Facts.Health));

        ProcessOutcome again = await project.Script("upgrade-postgres.sh").Run(Cancellation);
        Assert.Equal((1, true), (again.ExitCode, again.Errors.Contains("holds a database already", StringComparison.Ordinal)));
        // Compose knows the volume: it neither warns nor asks.
        ProcessOutcome up = await project.Project.Up(Cancellation, "postgres");
        Assert.DoesNotContain("volume", up.OrThrow().Errors, StringComparison.OrdinalIgnoreCase);
    }

    [EngineFact]
    public async Task Leaves_the_old_one_at_work_when_it_fails()
    {
        await using OperatedProject project = await Running();
        // A constraint that looks for a table by its bare name, which nothing finds while a dump is restored.
        (await project.Sql("CREATE TABLE allowed AS SELECT 1 AS id; CREATE FUNCTION is_allowed(int) RETURNS bool LANGUAGE sql AS 'SELECT EXISTS (SELECT FROM allowed WHERE id = $1)'; CREATE TABLE kept (n int CHECK (is_allowed(n))); INSERT INTO kept VALUES (1)", Cancellation)).OrThrow();
        string postgres = (await project.Project.Container("postgres", Cancellation)).Id;

        OperatedProject.Write(project.Folder, Services, "postgres: { version: 18 }");
        ProcessOutcome upgrade = await project.Script("upgrade-postgres.sh").Run(Cancellation);
        Assert.Equal(1, upgrade.ExitCode);
        Assert.EndsWith($"upgrade: failed; nothing was changed, PostgreSQL 17 and its volume {project.Project.Name}_postgres_17_data are as before\n", upgrade.Errors, StringComparison.Ordinal);

        Assert.Equal(postgres, (await project.Project.Container("postgres", Cancellation)).Id);
        Assert.Equal(["postgres_17_data"], await project.Volumes(Cancellation));
        Assert.NotNull(await (await project.Project.Container("postgres", Cancellation)).WaitForHealth(TimeSpan.FromMinutes(1), Cancellation));
        Assert.Equal("1", (await project.Sql("SELECT n FROM kept", Cancellation)).Text);
    }

    /// <summary>What earlier versions of DuskStack made: one volume, whatever is in it.</summary>
    [EngineFact]
    public async Task Comes_from_a_volume_without_a_version_in_its_name_as_well()
    {
        await using OperatedProject project = await OperatedProject.Of(Services, "postgres: { version: 17 }", Cancellation);
        string today = await File.ReadAllTextAsync(project.Folder["compose.prod.yaml"], Cancellation);
        project.Folder.Edit("compose.prod.yaml", "    name: ${COMPOSE_PROJECT_NAME}_postgres_17_data\n", "");
        await project.Up(Cancellation, "postgres");
        (await project.Sql("CREATE TABLE kept AS SELECT 42 AS n", Cancellation)).OrThrow();
        project.Folder.Write("compose.prod.yaml", today);

        (await project.Script("upgrade-postgres.sh").Run(Cancellation)).OrThrow();
        Assert.Equal("42", (await project.Sql("SELECT n FROM kept", Cancellation)).Text);
        Assert.Equal(["postgres_17_data", "postgres_data"], await project.Volumes(Cancellation));
    }

    private static async Task<OperatedProject> Running()
    {
        OperatedProject project = await OperatedProject.Of(Services, "postgres: { version: 17 }", Cancellation);
        await project.Up(Cancellation, "postgres", "mail");
        return project;
    }
}

using Xunit;

namespace DuskStack.Containers.Tests.Images;

/// <summary>An application whose table a tool makes. Asked for <c>/notes</c>, it says how many rows there are, and adds one.</summary>
public abstract class MigratedStack(string app, string settings, string migrate, bool production) : AppStack(
    app,
    $$"""
    version: 1
    name: {{app}}
    services:
      api:
        stack: node
        needs: [postgres]
        dev: [node, src/server.js]
        {{settings}}
        migrate: {{migrate}}
    postgres: { version: 17 }
    """)
{
    protected const string Drizzle = "{ command: [node, node_modules/drizzle-kit/bin.cjs, migrate], from: build }";
    protected const string Knex = "[node, node_modules/knex/bin/cli.js, migrate:latest]";
    protected const string KnexSettings = "build: { command: [], output: [src, migrations, knexfile.js] }";

    protected override bool Production => production;
}

/// <summary>On a base without a shell: the migration runs from the image that builds.</summary>
public sealed class DrizzleInProduction() : MigratedStack("migrate-drizzle", "base: minimal\n    build: { command: [] }", Drizzle, production: true);

public sealed class DrizzleWithPnpm() : MigratedStack("migrate-drizzle", "packageManager: pnpm\n    build: { command: [] }", Drizzle, production: true);

public sealed class DrizzleInDevelopment() : MigratedStack("migrate-drizzle", "build: { command: [] }", Drizzle, production: false);

public sealed class KnexInProduction() : MigratedStack("migrate-knex", KnexSettings, Knex, production: true);

public sealed class KnexInDevelopment() : MigratedStack("migrate-knex", KnexSettings, Knex, production: false);

public abstract class MigrationTests(MigratedStack app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    public async Task Makes_the_table_and_changes_nothing_when_it_runs_again()
    {
        Assert.Equal("0", await app.Stack.Client.GetStringAsync("/notes", Cancellation));
        ProcessOutcome again = await app.Stack.Project.Call("run", "--rm", "--no-deps", "api-migrate").Run(Cancellation);
        Assert.True(again.Succeeded, again.Output + again.Errors);
        Assert.Equal("1", await app.Stack.Client.GetStringAsync("/notes", Cancellation));
    }
}

public sealed class A_migration_by_drizzle_in_production(DrizzleInProduction app) : MigrationTests(app), IClassFixture<DrizzleInProduction>;

public sealed class A_migration_by_drizzle_with_pnpm(DrizzleWithPnpm app) : MigrationTests(app), IClassFixture<DrizzleWithPnpm>;

public sealed class A_migration_by_drizzle_in_development(DrizzleInDevelopment app) : MigrationTests(app), IClassFixture<DrizzleInDevelopment>;

public sealed class A_migration_by_knex_in_production(KnexInProduction app) : MigrationTests(app), IClassFixture<KnexInProduction>;

public sealed class A_migration_by_knex_in_development(KnexInDevelopment app) : MigrationTests(app), IClassFixture<KnexInDevelopment>;

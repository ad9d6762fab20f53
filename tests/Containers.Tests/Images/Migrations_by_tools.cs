using System.Collections.Immutable;
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

/// <summary>
/// Prisma's migrations need a program that its command fetches from a server of its own. Where that cannot be reached, this shows
/// what comes before it: the tool starts from the build, reads its configuration and schema, and has the database's address.
/// </summary>
public sealed class PrismaInProduction() : MigratedStack("migrate-prisma", "build: { command: [] }", "{ command: [node, node_modules/prisma/build/index.js, validate], from: build }", production: true);

public sealed class A_migration_by_prisma(PrismaInProduction app) : IClassFixture<PrismaInProduction>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    public async Task Starts_as_far_as_it_needs_no_network()
    {
        ImmutableArray<ServiceContainer> containers = await app.Stack.Project.Containers(Cancellation);
        ServiceContainer migration = containers.Single(c => c.Service == "api-migrate");
        Assert.Equal((false, 0), (migration.Facts.Running, migration.Facts.ExitCode));
        Assert.Contains("is valid", await migration.Container.Logs(Cancellation), StringComparison.Ordinal);
    }
}

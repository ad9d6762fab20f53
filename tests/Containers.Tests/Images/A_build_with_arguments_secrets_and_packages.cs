using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace DuskStack.Containers.Tests.Images;

public sealed class FactoryStack() : AppStack(
    "factory",
    """
    version: 1
    name: factory
    services:
      api:
        stack: node
        build:
          command: [make]
          args: { GREETING: "it's \"1\" $HOME \\ #" }
          secrets: [NPM_TOKEN]
          packages: { build: [make], runtime: [figlet] }
        health: /
        migrate: { command: [node, migrate.js], from: build }
    """,
    ("NPM_TOKEN", Token))
{
    public static string Token { get; } = $"npm_{Guid.NewGuid():N}";
}

public sealed class A_build_with_arguments_secrets_and_packages(FactoryStack factory) : IClassFixture<FactoryStack>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    public async Task The_argument_reaches_the_build_as_it_was_written() =>
        Assert.Equal("""it's "1" $HOME \ #""", await Inside("cat", "dist/greeting.txt"));

    [EngineFact]
    public async Task The_secret_reaches_the_build() =>
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FactoryStack.Token))), await Inside("cat", "dist/token.sha256"));

    [EngineFact]
    public async Task The_secret_is_in_no_layer_and_in_no_history()
    {
        Assert.False(await ImageBytes.Contain(TestEngine.Shared, factory.Stack.Images[0], Encoding.UTF8.GetBytes(FactoryStack.Token), Cancellation));
        // The search finds what is there: the greeting lies in a layer, and the base's name in the image's own description.
        Assert.True(await ImageBytes.Contain(TestEngine.Shared, factory.Stack.Images[0], Encoding.UTF8.GetBytes("""it's "1" $HOME \ #"""), Cancellation));
        Assert.True(await ImageBytes.Contain(TestEngine.Shared, factory.Stack.Images[0], Encoding.UTF8.GetBytes("org.opencontainers.image.base.name"), Cancellation));
    }

    [EngineFact]
    public async Task A_build_without_the_secret_fails_and_names_it()
    {
        ComposeProject without = factory.Stack.Project with { Environment = factory.Stack.Project.Environment.SetItem("NPM_TOKEN", null).SetItem("TAG", "never") };
        factory.Folder.Write("services/api/server.js", "// so that nothing comes from the cache\n");
        ProcessOutcome outcome = await without.Build(Cancellation);
        Assert.False(outcome.Succeeded);
        Assert.Contains("NPM_TOKEN", outcome.Errors, StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task A_migration_from_the_build_has_what_production_has_not()
    {
        ServiceContainer migration = (await factory.Stack.Project.Containers(Cancellation)).Single(c => c.Service == "api-migrate");
        Assert.Equal((false, 0), (migration.Facts.Running, migration.Facts.ExitCode));
        Assert.StartsWith("migrated by uid 10001 with GNU Make", await migration.Container.Logs(Cancellation), StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task Packages_are_where_they_were_asked_for()
    {
        Assert.Contains("hello", (await Inside("figlet", "-f", "term", "hello")).ToLowerInvariant(), StringComparison.Ordinal);
        ImmutableArray<ImageFile> files = await ImageFiles.List(TestEngine.Shared, factory.Stack.Images[0], Cancellation);
        Assert.DoesNotContain(files, f => f.Path == "usr/bin/make");
        Assert.DoesNotContain(files, f => f.Path.StartsWith("var/lib/apt/lists/", StringComparison.Ordinal) && f.Path.Contains("_dists_", StringComparison.Ordinal));
    }

    private async Task<string> Inside(params ImmutableArray<string> command) =>
        (await (await factory.Stack.Project.Container("api", Cancellation)).Exec(command, Cancellation)).Text;
}

using System.Collections.Immutable;
using Xunit;

namespace DuskStack.Containers.Tests.Data;

public sealed class Data_in_volumes
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>From 18 on the volume lies one level higher: mounted where 17 has it, the data would be in an anonymous volume and gone.</summary>
    [EngineTheory]
    [InlineData(17, "/var/lib/postgresql/data")]
    [InlineData(18, "/var/lib/postgresql")]
    public async Task Of_postgres_survives_down_and_up(int version, string target)
    {
        await using BackingStack data = await BackingStack.Start($"postgres: {{ version: {version} }}", "postgres", Cancellation);
        Assert.StartsWith($"{version}.", (await data.Sql("SHOW server_version", Cancellation)).Text, StringComparison.Ordinal);
        (await data.Sql("CREATE TABLE kept AS SELECT 42 AS answer", Cancellation)).OrThrow();
        string mounts = (await TestEngine.Shared.Docker("inspect", "--format", "{{range .Mounts}}{{.Type}}:{{.Name}}:{{.Destination}} {{end}}", (await data.Project.Container("postgres", Cancellation)).Id).Run(Cancellation)).Text;
        Assert.Equal([$"volume:{data.Project.Name}_postgres_{version}_data:{target}"], mounts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(m => m.StartsWith("volume:", StringComparison.Ordinal)));

        await data.Project.Down(volumes: false, Cancellation);
        await data.Up(Cancellation);
        Assert.Equal("42", (await data.Sql("SELECT answer FROM kept", Cancellation)).Text);
    }

    [EngineFact]
    public async Task Of_postgres_needs_the_password()
    {
        await using BackingStack data = await BackingStack.Start("postgres: {}", "postgres", Cancellation);
        ProcessOutcome wrong = await data.Project.Call("exec", "-T", "--env", "PGPASSWORD=wrong", "postgres", "psql", "-h", "postgres", "-U", "data", "-d", "data", "-c", "SELECT 1").Run(Cancellation);
        Assert.NotEqual(0, wrong.ExitCode);
        Assert.Contains("password authentication failed", wrong.Errors, StringComparison.Ordinal);
    }

    [EngineTheory]
    [InlineData("redis")]
    [InlineData("valkey")]
    public async Task Of_redis_and_valkey_survives_down_and_up(string name)
    {
        await using BackingStack data = await BackingStack.Start($"{name}: {{ maxMemory: 32mb }}", name, Cancellation);
        Assert.Equal("OK", await Ask("SET", "kept", "42"));
        Assert.Equal("maxmemory\n33554432", await Ask("CONFIG", "GET", "maxmemory"));
        ProcessOutcome stranger = await data.Project.Call("exec", "-T", name, $"{name}-cli", "-e", "GET", "kept").Run(Cancellation);
        Assert.Contains("NOAUTH", stranger.Errors + stranger.Output, StringComparison.Ordinal);

        await data.Project.Down(volumes: false, Cancellation);
        await data.Up(Cancellation);
        Assert.Equal("42", await Ask("GET", "kept"));

        async Task<string> Ask(params ImmutableArray<string> command) =>
            (await data.Project.Call(["exec", "-T", "--env", $"REDISCLI_AUTH={data.Secret("REDIS_PASSWORD")}", name, $"{name}-cli", "-h", "127.0.0.1", "-e", .. command]).Run(Cancellation)).Text;
    }

    [EngineFact]
    public async Task Of_pgvector_has_the_extension()
    {
        await using BackingStack data = await BackingStack.Start("postgres: { extensions: [vector] }", "postgres", Cancellation);
        Assert.Equal("1", (await data.Sql("SELECT '[1,2]'::vector <-> '[1,3]'::vector", Cancellation)).Text);
    }

    /// <summary>`docker compose stop` gives a database the time for its checkpoint.</summary>
    [EngineFact]
    public async Task Of_all_is_closed_in_order_by_a_stop()
    {
        await using BackingStack data = await BackingStack.Start("postgres: {}\nredis: {}", "postgres, redis", Cancellation);
        (await data.Sql("CREATE TABLE t AS SELECT generate_series(1, 100000) AS n", Cancellation)).OrThrow();
        Assert.All(await data.Project.Stop(Cancellation), s => Assert.Equal(0, s.ExitCode));
        Assert.DoesNotContain("was not properly shut down", await data.Project.Logs(Cancellation), StringComparison.Ordinal);
    }
}

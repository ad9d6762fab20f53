using DuskStack.Containers.Tests.Shop;
using Xunit;

namespace DuskStack.Containers.Tests.Secrets;

/// <summary><c>scripts/secrets.sh</c> needs bash, and no engine.</summary>
public sealed class The_secrets_script : IDisposable
{
    private const string Manifest =
        """
        version: 1
        name: vault
        services:
          api:
            stack: node
            needs: [postgres, redis]
            secrets: [OPENAI_API_KEY]
        postgres: {}
        redis: {}
        """;

    private readonly TestFolder folder = new("secrets");

    public The_secrets_script() => Rendered.Into(folder, Manifest);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_the_first_run_the_check_names_every_missing_file()
    {
        ProcessOutcome check = await Run("--check");
        Assert.Equal(1, check.ExitCode);
        foreach (string name in new[] { "POSTGRES_PASSWORD", "REDIS_PASSWORD", "DATABASE_URL", "REDIS_URL", "OPENAI_API_KEY" })
            Assert.Contains($"secrets/{name}: ", check.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["secrets"]), "a check makes nothing");
    }

    [Fact]
    public async Task A_run_makes_what_can_be_made_and_names_what_cannot()
    {
        ProcessOutcome first = await Run();
        Assert.Equal(1, first.ExitCode);
        Assert.Equal("secrets/OPENAI_API_KEY: is missing; write it into that file, or: read -rs OPENAI_API_KEY && export OPENAI_API_KEY && bash scripts/secrets.sh\n", first.Errors);
        ProcessCall given = ShopProject.Secrets(folder);
        ProcessOutcome second = await (given with { Environment = given.Environment.Add("OPENAI_API_KEY", "sk-1") }).Run(Cancellation);
        Assert.Equal((0, ""), (second.ExitCode, second.Errors));
        Assert.Equal((0, ""), await Check());
        Assert.Equal("sk-1", Read("OPENAI_API_KEY"));
    }

    [Fact]
    public async Task Files_are_readable_by_containers_and_their_folder_by_nobody_else()
    {
        await MakeAll();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder["secrets"]));
        Assert.All(Directory.EnumerateFiles(folder["secrets"]), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(f)));
    }

    [Fact]
    public async Task A_file_that_containers_cannot_read_is_named_and_the_next_run_repairs_it()
    {
        await MakeAll();
        File.SetUnixFileMode(folder["secrets/REDIS_PASSWORD"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal((1, "secrets/REDIS_PASSWORD: has the wrong mode; run: chmod 0444 secrets/REDIS_PASSWORD\n"), await Check());
        await MakeAll();
        Assert.Equal((0, ""), await Check());
    }

    [Fact]
    public async Task A_missing_and_an_empty_file_are_named()
    {
        await MakeAll();
        File.Delete(folder["secrets/REDIS_URL"]);
        Assert.Equal((1, "secrets/REDIS_URL: is missing or older than secrets/REDIS_PASSWORD; run: bash scripts/secrets.sh\n"), await Check());
        await MakeAll();
        File.Delete(folder["secrets/OPENAI_API_KEY"]);
        folder.Write("secrets/OPENAI_API_KEY", "");
        (int exitCode, string errors) = await Check();
        Assert.Equal(1, exitCode);
        Assert.StartsWith("secrets/OPENAI_API_KEY: is empty\n", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_password_changes_the_url_that_is_made_of_it()
    {
        await MakeAll();
        Assert.Equal($"postgresql://vault:{Read("POSTGRES_PASSWORD")}@postgres:5432/vault", Read("DATABASE_URL"));
        string untouched = Read("REDIS_URL");
        File.Delete(folder["secrets/POSTGRES_PASSWORD"]);
        folder.Write("secrets/POSTGRES_PASSWORD", "p@ss/w:rd %ü");
        Assert.Equal(1, (await Check()).ExitCode);
        await MakeAll();
        Assert.Equal("postgresql://vault:p%40ss%2Fw%3Ard%20%25%C3%BC@postgres:5432/vault", Read("DATABASE_URL"));
        Assert.Equal(untouched, Read("REDIS_URL"));
    }

    [Fact]
    public async Task A_run_keeps_what_is_there()
    {
        await MakeAll();
        string before = Read("POSTGRES_PASSWORD");
        Assert.Matches("^[A-Za-z0-9]{32}$", before);
        await MakeAll();
        Assert.Equal(before, Read("POSTGRES_PASSWORD"));
    }

    public void Dispose() => folder.Dispose();

    private Task<ProcessOutcome> Run(params string[] arguments) => ShopProject.Secrets(folder, arguments).Run(Cancellation);

    private async Task<(int ExitCode, string Errors)> Check() => await Run("--check") is var outcome ? (outcome.ExitCode, outcome.Errors) : default;

    private async Task MakeAll()
    {
        ProcessCall call = ShopProject.Secrets(folder);
        (await (call with { Environment = call.Environment.Add("OPENAI_API_KEY", "sk-1") }).Run(Cancellation)).OrThrow();
    }

    private string Read(string name) => File.ReadAllText(folder[$"secrets/{name}"]);
}

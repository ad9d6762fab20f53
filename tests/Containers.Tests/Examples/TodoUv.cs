using System.Collections.Immutable;
using System.Net.Http.Json;
using DuskStack.Images;
using Microsoft.Playwright;
using Xunit;

namespace DuskStack.Containers.Tests.Examples;

/// <summary>
/// FastAPI by uv, Next.js, and a database that its owner rents elsewhere: here a PostgreSQL of the test's, which takes connections over TLS
/// alone and is told to the stack by a URL like Neon's.
/// </summary>
public sealed class TodoUv() : Example("todo-uv")
{
    private const string ComposeFile = "compose.neon.yaml";

    public override (string Path, object Body) Write => ("/api/todos", new { title = "Look for the lamp" });

    public override (string Path, string Text) Read => ("/api/todos", "Look for the lamp");

    public override ImmutableArray<string> Migrations => ["-> 0001, todos", "0001 -> 0002, the day"];

    public override string Database => "neon";

    public override string Secret(string secret) => secret switch
    {
        "DATABASE_URL" => "postgresql://owner:neon@neon:5432/todo?sslmode=require&channel_binding=require",
        "BETTER_AUTH_SECRET" => "a-secret-of-32-characters-and-more",
        _ => "none",
    };

    public override (string File, (string Name, string Value)[] Variables) Prepare(TestFolder folder)
    {
        TestCertificate.Write(folder, "neon", "neon");
        folder.Write("neon/pg_hba.conf", "local all all trust\nhostssl all all all scram-sha-256\n");
        folder.Write("compose.neon.services.yaml",
            $$"""
            services:
              backend-migrate:
                depends_on:
                  neon: { condition: service_healthy }
              neon:
                image: {{ImageCatalog.Shared.Default("postgres").Reference}}
                init: true
                restart: unless-stopped
                # It refuses a key that others may read.
                entrypoint: [sh, -c, 'install -o postgres -m 0600 /neon/privkey.pem /tmp/key.pem && exec docker-entrypoint.sh "$$@"', --]
                command: [postgres, -c, ssl=on, -c, ssl_cert_file=/neon/fullchain.pem, -c, ssl_key_file=/tmp/key.pem, -c, hba_file=/neon/pg_hba.conf]
                environment: { POSTGRES_USER: owner, POSTGRES_PASSWORD: neon, POSTGRES_DB: todo }
                volumes: ["./neon:/neon:ro"]
                networks: [edge]
                healthcheck: { test: [CMD, pg_isready, -q, -h, 127.0.0.1, -U, owner, -d, todo], interval: 2s, start_period: 30s }

            """);
        folder.Write(ComposeFile, "include:\n  - path: [compose.prod.yaml, compose.neon.services.yaml]\n");
        return (ComposeFile, []);
    }
}

public sealed class The_example_todo_uv(RunningExamples examples) : Every_example(examples, new TodoUv())
{
    [EngineFact]
    public async Task Its_database_is_asked_over_tls()
    {
        Container database = await (await Running).Stack.Project.Container("neon", Cancellation);
        await (await Running).MustBeWell(TimeSpan.FromSeconds(20), Cancellation);
        ProcessOutcome asked = await database.Exec(["psql", "-U", "owner", "-d", "todo", "-Atc", "select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid) where application_name = 'todo-uv-backend'"], Cancellation);
        Assert.Equal("t", asked.Text);
    }

    [EngineFact]
    public async Task A_browser_adds_a_todo()
    {
        await using Browser browser = await Browser.Open();
        BrowserPage visited = await browser.Visit((await Running).Client.BaseAddress!);
        await visited.Shows("Nothing to do.");
        await visited.Page.GetByPlaceholder("What is to be done?").FillAsync("Buy a lamp");
        await visited.Page.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await visited.Shows("Buy a lamp");
        Assert.Empty(visited.Complaints);
    }

    [EngineFact]
    public async Task Everybody_has_todos_of_their_own()
    {
        using var somebodyElse = new HttpClient { BaseAddress = (await Running).Client.BaseAddress };
        Assert.Equal("""{"todos":[]}""", await somebodyElse.GetStringAsync("/api/todos", Cancellation));
        using HttpResponseMessage added = await somebodyElse.PostAsJsonAsync("/api/todos", new { title = "Mine alone" }, Cancellation);
        added.EnsureSuccessStatusCode();
        Assert.Contains("Mine alone", await somebodyElse.GetStringAsync("/api/todos", Cancellation), StringComparison.Ordinal);
        Assert.DoesNotContain("Mine alone", await (await Running).Client.GetStringAsync("/api/todos", Cancellation), StringComparison.Ordinal);
    }
}

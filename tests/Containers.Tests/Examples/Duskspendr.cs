using System.Collections.Immutable;
using System.Text.Json;
using Xunit;

namespace DuskStack.Containers.Tests.Examples;

/// <summary>Node, PostgreSQL, Redis.</summary>
public sealed class Duskspendr() : Example("duskspendr")
{
    public override (string Path, object Body) Write => ("/api/spendings", new { amount = 1250, category = "food", note = "a lamp of cheese", spentOn = "2026-11-21" });

    public override (string Path, string Text) Read => ("/api/spendings?month=2026-11", "a lamp of cheese");

    public override ImmutableArray<string> Migrations => ["applied 0001-categories", "applied 0002-spendings"];
}

public sealed class The_example_duskspendr(RunningExamples examples) : Every_example(examples, new Duskspendr())
{
    [EngineFact]
    public async Task A_summary_is_computed_once()
    {
        HttpClient client = (await Running).Client;
        // A month of its own, so that no other test adds to it meanwhile.
        using HttpResponseMessage first = await client.GetAsync("/api/summary?month=2025-01", Cancellation), second = await client.GetAsync("/api/summary?month=2025-01", Cancellation);
        Assert.Equal("hit", second.Headers.GetValues("x-cache").Single());
        using JsonDocument summary = JsonDocument.Parse(await second.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(0, summary.RootElement.GetProperty("total").GetInt32());
    }

    /// <summary>Its name is in mixed case: every script has to quote it.</summary>
    [EngineFact]
    public async Task Its_database_comes_back_from_a_backup()
    {
        RunningExample running = await Running;
        (await Script(running, "backup.sh", "all.dump").Run(Cancellation)).OrThrow();
        (await Script(running, "restore.sh", "--yes", "all.dump").Run(Cancellation)).OrThrow();
        await running.MustBeWell(TimeSpan.FromSeconds(60), Cancellation);
    }

    private static ProcessCall Script(RunningExample running, string name, params ImmutableArray<string> arguments) => new("bash", [$"scripts/{name}", .. arguments])
    {
        Folder = running.Folder.Path,
        Environment = running.Stack.Project.Environment.Add("COMPOSE_PROJECT_NAME", running.Stack.Project.Name),
    };
}

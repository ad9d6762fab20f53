using System.Text;
using DuskStack.Diagnostics;
using DuskStack.Planning;
using DuskStack.Regeneration;
using DuskStack.Regeneration.Commands;

namespace DuskStack.Tests.Regeneration;

/// <summary>A change of the manifest that would leave data in a volume that nothing names stops the run, with exit 4 and what to run.</summary>
public sealed class DataLeftBehind : IDisposable
{
    private const string Shop = "version: 1\nname: shop\nservices:\n  api: { stack: node, path: api, needs: [postgres, redis], volumes: { uploads: /uploads } }\npostgres: { version: 16 }\nredis: {}\n";

    private readonly Project project = new();

    public void Dispose() => project.Dispose();

    [Theory]
    [InlineData("version: 16", "version: 17", "postgres_data", "scripts/upgrade-postgres.sh")]
    [InlineData("name: shop", "name: store", "name", "scripts/restore.sh")]
    [InlineData("redis", "valkey", "redis_data", "scripts/backup.sh --volumes")]
    [InlineData("uploads: /uploads", "files: /uploads", "uploads", "scripts/backup.sh --volumes")]
    [InlineData(", volumes: { uploads: /uploads }", "", "uploads", "scripts/backup.sh --volumes")]
    public void Change_stops_until_it_is_said_what_may_stay(string from, string to, string name, string script)
    {
        Assert.Equal(Outcome.Clean, Generate(Shop).Outcome);
        var tree = project.Tree();
        var changed = Shop.Replace(from, to, StringComparison.Ordinal);

        foreach (var left in new[] { Array.Empty<string>(), ["something-else"] })
        {
            var stopped = Generate(changed, left);
            Assert.Equal(Outcome.Refused, stopped.Outcome);
            var finding = Assert.Single(stopped.Diagnostics);
            Assert.Equal(DiagnosticCodes.DataAtRisk, finding.Code);
            Assert.Contains(script, finding.Hint!, StringComparison.Ordinal);
            Assert.Contains($"--leave-data {name}`", finding.Hint!, StringComparison.Ordinal);
            Assert.Equal(tree, project.Tree());
        }

        Assert.Equal(Outcome.Clean, Generate(changed, name).Outcome);
        Assert.True(Generate(changed).NothingToDo);
    }

    [Fact]
    public void Everything_that_would_stay_is_named_at_once()
    {
        Generate(Shop);
        var stopped = Generate("version: 1\nname: store\nservices:\n  api: { stack: node, path: api }\n");
        Assert.Equal(4, stopped.Diagnostics.Length);
        Assert.Contains(stopped.Diagnostics, d => d.Message.Contains("`shop-prod_postgres_16_data`", StringComparison.Ordinal));
    }

    [Fact]
    public void Project_without_volumes_may_change_its_name()
    {
        Generate("version: 1\nname: shop\nservices:\n  api: { stack: node, path: api }\n");
        Assert.Equal(Outcome.Clean, Generate("version: 1\nname: store\nservices:\n  api: { stack: node, path: api }\n").Outcome);
    }

    [Fact]
    public void Cache_that_keeps_nothing_may_go()
    {
        var manifest = "version: 1\nname: shop\nservices:\n  api: { stack: node, path: api, needs: [redis] }\nredis: { persistence: none }\n";
        Generate(manifest);
        Assert.Equal(Outcome.Clean, Generate("version: 1\nname: shop\nservices:\n  api: { stack: node, path: api }\n").Outcome);
    }

    [Fact]
    public void State_of_an_earlier_release_knows_no_volumes_and_stops_nothing()
    {
        Generate(Shop);
        project[".duskstack/state.json"] = string.Join('\n', project.State.Split('\n').Where(l => !l.Contains("\"volume ", StringComparison.Ordinal)).Select(l => l.Contains("\"name\":", StringComparison.Ordinal) ? l.TrimEnd(',') : l));
        Assert.Equal(Outcome.Clean, Generate(Shop.Replace("version: 16", "version: 17", StringComparison.Ordinal)).Outcome);
        Assert.Contains("\"volume postgres_data\": \"postgres_17_data\"", project.State, StringComparison.Ordinal);
    }

    private RegenerationResult Generate(string manifest, params string[] left)
    {
        var generation = Generator.Run(new("duskstack.yaml", Encoding.UTF8.GetBytes(manifest)), (_, _) => null, new Facts { Today = new(2026, 11, 21), Exists = null });
        Assert.False(generation.HasErrors, string.Join("; ", generation.Diagnostics.Select(d => d.Message)));
        return project.Run(project.Request([.. generation.Files]) with { Inputs = DataAtRisk.Inputs(generation.Plan!), LeaveData = [.. left] });
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DuskStack.Images;
using DuskStack.Manifests;
using DuskStack.Planning;
using Xunit;

namespace DuskStack.Containers.Tests.Examples;

/// <summary>What a whole system has to live through on one machine. One class per example, so that two run at a time.</summary>
public abstract class Every_example(RunningExamples examples, Example example)
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected Task<RunningExample> Running
    {
        get
        {
            Assert.SkipUnless(example.RunsNow, NightlyFactAttribute.Reason);
            return examples.Of(example);
        }
    }

    [EngineFact]
    public async Task It_is_healthy_within_two_minutes()
    {
        RunningExample running = await Running;
        TestContext.Current.TestOutputHelper!.WriteLine($"built in {running.Build.TotalSeconds:0} s, healthy {running.UntilHealthy.TotalSeconds:0} s later");
        Assert.True(running.UntilHealthy < TimeSpan.FromMinutes(2), $"it took {running.UntilHealthy.TotalSeconds:0} s");
        await running.MustBeWell(TimeSpan.FromSeconds(20), Cancellation);
    }

    [EngineFact]
    public async Task It_survives_a_kill_of_its_database()
    {
        RunningExample running = await Running;
        Container database = await running.Stack.Project.Container(example.Database, Cancellation);
        DateTimeOffset? before = (await database.Facts(Cancellation)).StartedAt;

        await Inside.Crash(database, Cancellation);
        Assert.NotNull(await Polling.Until(Restarted, TimeSpan.FromSeconds(60), Cancellation));
        await running.MustBeWell(TimeSpan.FromSeconds(60), Cancellation);

        async Task<ContainerFacts?> Restarted() => await database.Facts(Cancellation) is { Running: true, Health: "healthy" } facts && facts.StartedAt > before ? facts : null;
    }

    /// <summary>Every container at once, as their tmpfs are sized within their memory: a full one must not end in a kill either.</summary>
    [EngineFact]
    public async Task It_survives_a_full_tmp()
    {
        RunningExample running = await Running;
        ImmutableHashSet<string> withTmp = [.. running.Plan.Containers.Where(c => c.Production.Tmpfs.Any(t => t.Target == "/tmp")).Select(c => c.Name)];
        ServiceContainer[] containers = [.. (await running.Containers(Cancellation)).Where(c => withTmp.Contains(c.Service))];
        var filled = new List<ServiceContainer>();
        foreach (ServiceContainer container in containers)
        {
            if (await Inside.Fill(container.Container, Cancellation))
                filled.Add(container);
        }

        Assert.Empty(running.Plan.Containers.Where(c => c.Role is ContainerRole.Application or ContainerRole.Backing or ContainerRole.Proxy).Select(c => c.Name).Except(filled.Select(f => f.Service)));
        await running.MustBeWell(TimeSpan.FromSeconds(60), Cancellation);
        foreach (ServiceContainer container in filled)
            await Inside.Empty(container.Container, Cancellation);

        await running.MustBeWell(TimeSpan.FromSeconds(60), Cancellation);
        Assert.All(await running.Containers(Cancellation), c => Assert.False(c.Facts.OutOfMemory, c.Service));
    }

    /// <summary>As a machine where somebody forgot one: the same images, another project.</summary>
    [EngineFact]
    public async Task It_does_not_start_without_a_secret()
    {
        RunningExample running = await Running;
        using var folder = new TestFolder($"{example.Name}-secret");
        folder.Copy(running.Folder.Path);
        await using TestStack stack = TestStack.Of(folder, running.Plan, production: true, ("TAG", running.Stack.Project.Environment["TAG"]!));
        string secret = running.Plan.Containers.First(c => c.Role == ContainerRole.Application && !c.Production.Secrets.IsEmpty).Production.Secrets[0];
        (await RunningExample.Secrets(example, running.Plan, folder).Run(Cancellation)).OrThrow();
        File.Delete(folder[$"secrets/{secret}"]);

        ProcessOutcome checkedBefore = await new ProcessCall("bash", ["scripts/secrets.sh", "--check"]) { Folder = folder.Path }.Run(Cancellation);
        Assert.Equal(1, checkedBefore.ExitCode);
        Assert.Contains($"secrets/{secret}: is missing", checkedBefore.Errors, StringComparison.Ordinal);

        ProcessOutcome up = await stack.Project.Call("up", "--detach", "--no-build", "--wait").Run(Cancellation);
        Assert.NotEqual(0, up.ExitCode);
        Assert.Contains($"secrets/{secret}", up.Errors, StringComparison.Ordinal);
        Assert.All(await stack.Project.Containers(Cancellation), c => Assert.False(c.Facts.Running, c.Service));
    }

    [EngineFact]
    public async Task Its_migrations_ran_once_and_in_order()
    {
        RunningExample running = await Running;
        // Again, as with every release: what ran stays as it is.
        await running.Stack.Up(Cancellation);
        var logs = new StringBuilder();
        foreach (ServiceContainer migration in (await running.Stack.Project.Containers(Cancellation)).Where(c => running.Plan.Containers.Any(p => p.Name == c.Service && p.Role == ContainerRole.OneShot)))
        {
            Assert.Equal((false, 0), (migration.Facts.Running, migration.Facts.ExitCode));
            logs.Append(await migration.Container.Logs(Cancellation));
        }

        string log = logs.ToString();
        int[] places = [.. example.Migrations.Select(m => log.IndexOf(m, StringComparison.Ordinal))];
        Assert.True(places.All(p => p >= 0) && places.SequenceEqual(places.Order()), log);
        Assert.All(example.Migrations, m => Assert.Equal(log.IndexOf(m, StringComparison.Ordinal), log.LastIndexOf(m, StringComparison.Ordinal)));
    }

    [EngineFact]
    public async Task It_runs_as_its_user_without_capabilities()
    {
        RunningExample running = await Running;
        foreach (ServiceContainer container in await running.Containers(Cancellation))
        {
            ContainerPlan plan = running.Plan.Containers.Single(c => c.Name == container.Service);
            if ((plan.Production.User ?? plan.Image?.User?.ToString()) is not { } user)
                continue;
            Assert.Equal((user, plan.Production.ReadOnly), (container.Facts.User, container.Facts.ReadOnly));
            ImmutableArray<ContainerProcess> processes = await container.Container.Processes(ImageCatalog.Shared.Default("postgres").Reference, Cancellation);
            Assert.All(processes, p => Assert.Equal((UserId.Parse(user).Uid, "0000000000000000"), (p.User, p.Capabilities)));
        }
    }

    [EngineFact]
    public async Task Nothing_else_is_published()
    {
        RunningExample running = await Running;
        foreach (ServiceContainer container in await running.Containers(Cancellation))
        {
            ContainerPlan plan = running.Plan.Containers.Single(c => c.Name == container.Service);
            Assert.Equal(plan.Production.Ports.Select(p => $"{p.Container}/tcp").Order(StringComparer.Ordinal), container.Facts.Ports.Select(p => p.Container).Distinct().Order(StringComparer.Ordinal));
        }
    }

    [EngineFact]
    public async Task Its_memory_at_rest_is_within_its_limits()
    {
        RunningExample running = await Running;
        ImmutableArray<(string Service, long Used, long Limit)> use = await MemoryOf(running);
        string table = string.Join('\n', use.Select(u => string.Create(CultureInfo.InvariantCulture, $"{u.Service,-20} {u.Used >> 20,5} of {u.Limit >> 20,5} MiB")));
        long used = use.Sum(u => u.Used), most = example.Memory ?? use.Sum(u => u.Limit);
        TestContext.Current.TestOutputHelper!.WriteLine($"{table}\ntogether {used >> 20} of {most >> 20} MiB");
        Assert.All(use, u => Assert.True(u.Used < u.Limit, table));
        Assert.True(used <= most, table);
        if (example.Memory is { } budget)
            Assert.True(running.Plan.Containers.Where(c => c.Role != ContainerRole.OneShot).Sum(c => c.Resources.ReservedMemory.Bytes * c.Replicas) <= budget, "the reservations add up to more");
    }

    [EngineFact]
    public async Task It_stops_in_time_and_starts_with_its_data()
    {
        RunningExample running = await Running;
        ImmutableDictionary<string, ContainerPlan> plans = running.Plan.Containers.Where(c => c.Role != ContainerRole.OneShot).ToImmutableDictionary(c => c.Name);
        bool IsLate(ServiceStop stop) => plans.TryGetValue(stop.Service, out ContainerPlan? plan) && stop.Duration >= plan.StopGrace;
        ImmutableArray<ServiceStop> stops = await RepeatedStop.Until(
            async () =>
            {
                ImmutableArray<ServiceStop> once = await running.Stack.Project.Stop(Cancellation);
                // For the tests that follow, whatever this one finds.
                await running.Stack.Up(Cancellation);
                TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', once));
                return once;
            },
            IsLate);

        Assert.All(stops.Where(s => plans.ContainsKey(s.Service)), s => Assert.True(s.ExitCode is 0 or 143 && !IsLate(s), $"{s}"));
        await running.MustBeWell(TimeSpan.FromSeconds(60), Cancellation);
    }

    private static async Task<ImmutableArray<(string Service, long Used, long Limit)>> MemoryOf(RunningExample running)
    {
        ImmutableArray<ServiceContainer> containers = await running.Containers(Cancellation);
        string text = (await TestEngine.Shared.Docker(["stats", "--no-stream", "--no-trunc", "--format", "{{.ID}} {{.MemUsage}}", .. containers.Select(c => c.Container.Id)]).Run(Cancellation)).Text;
        return
        [
            .. from line in text.Split('\n')
               let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               let service = containers.Single(c => c.Container.Id == words[0]).Service
               orderby service
               select (service, MemoryUse.Parse(words[1]), running.Plan.Containers.Single(p => p.Name == service).Resources.Memory.Bytes),
        ];
    }
}

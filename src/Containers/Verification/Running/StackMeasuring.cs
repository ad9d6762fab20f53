using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using DuskStack.Containers.Verification.Lint;
using DuskStack.Planning;

namespace DuskStack.Containers.Verification.Running;

/// <summary>Runs production under a name and ports of its own, asks it, stops it and takes it away.</summary>
/// <param name="Engine">Runs it.</param>
/// <param name="Copy">Of the project, with throw-away secrets.</param>
/// <param name="Request">What is wanted.</param>
/// <param name="Secrets">Of this run.</param>
/// <param name="Run">The tag of the images, and part of the project's name.</param>
public sealed record StackMeasuring(Engine Engine, ProjectCopy Copy, VerifyRequest Request, ThrowAwaySecrets Secrets, string Run)
{
    private const int Looks = 3;

    private Plan Plan => Request.Plan;

    /// <param name="unbuilt">Images that are not there.</param>
    /// <param name="begin">Told what is being done.</param>
    /// <param name="cancellation">Ends it; everything is taken away all the same.</param>
    public async Task<StackMeasurement> Measure(ImmutableArray<string> unbuilt, Action<string> begin, CancellationToken cancellation)
    {
        if (await ComposeFile.Client(Engine, cancellation) is not { } client || client.Program != Engine.Program)
            return NothingOf($"{Engine.Program} {Engine.Version} has no `compose`");
        if (!File.Exists(Copy.At(LintedProject.Production)))
            return NothingOf($"{LintedProject.Production} is missing");
        ComposeProject project = new(Engine, Copy.Folder, Substitutes.Write(Copy, Plan), $"{Plan.Name}-{Run}") { Environment = await Variables(cancellation) };
        if (await Refused(project, cancellation) is { } reason)
            return NothingOf(reason);

        ImmutableDictionary<string, string> left = LeftOut(unbuilt);
        if (Plan.Containers.All(c => left.ContainsKey(c.Name)))
            return Stack(null, [.. Plan.Containers.Select(c => NotStarted(c, left[c.Name], notTried: true))]);
        try
        {
            return await Running(project, left, begin, cancellation);
        }
        finally
        {
            begin("taking it away");
            await project.Down(volumes: true, CancellationToken.None);
        }
    }

    private async Task<StackMeasurement> Running(ComposeProject project, ImmutableDictionary<string, string> left, Action<string> begin, CancellationToken cancellation)
    {
        string[] wanted = [.. Plan.Containers.Where(c => !left.ContainsKey(c.Name)).Select(c => c.Name)];
        await using var events = EngineEventStream.Of(Engine, $"label=com.docker.compose.project={project.Name}");
        if (!Plan.Substitutes.IsEmpty)
        {
            begin($"starting {string.Join(", ", Plan.Substitutes.Select(s => s.Host))}, in place of what runs elsewhere");
            (await project.Up(cancellation, [.. Plan.Substitutes.Select(s => s.Host)])).OrThrow();
        }

        begin($"starting {string.Join(", ", wanted)}");
        long start = Stopwatch.GetTimestamp();
        ProcessOutcome up = await project.Up(cancellation, ["--no-build", "--no-deps", .. wanted]);
        TimeSpan duration = Stopwatch.GetElapsedTime(start);

        ImmutableArray<ServiceContainer> containers = await project.Containers(cancellation);
        string? tools = await LookingIn.ToolsOf(Engine, Plan, cancellation);
        var measured = ImmutableArray.CreateBuilder<ContainerMeasurement>();
        foreach (ContainerPlan plan in Plan.Containers)
        {
            if (left.TryGetValue(plan.Name, out string? reason))
            {
                measured.Add(NotStarted(plan, reason, notTried: true));
                continue;
            }

            ServiceContainer[] own = [.. containers.Where(c => c.Service == plan.Name)];
            if (!own.Any(c => c.Facts.StartedAt is not null))
            {
                string? culprit = Waited(plan, containers);
                measured.Add(NotStarted(plan, culprit is null ? Tool.LastLine(up.Errors) : $"it waits for {culprit}, which is not well", notTried: culprit is not null));
                continue;
            }

            foreach (ServiceContainer each in own)
            {
                begin($"asking {plan.Name}");
                measured.Add(await Ask(plan, each, own.Length, events, tools, cancellation));
            }
        }

        ImmutableArray<ContainerMeasurement> rested = measured.ToImmutable();
        if (CheckList.All.Any(c => c.Name.Contains("memory", StringComparison.Ordinal) && Request.Wants(c)))
        {
            begin("measuring memory at rest");
            rested = await AtRest(rested, cancellation);
        }

        begin("stopping it");
        ImmutableArray<EngineEvent> stops = await Stop(project, events, containers, cancellation);
        return Stack(up.Succeeded ? duration : null, [.. rested.Select(c => c with { Stop = HowItEnded(c, stops) })]);
    }

    private async Task<ContainerMeasurement> Ask(ContainerPlan plan, ServiceContainer each, int replicas, EngineEventStream events, string? tools, CancellationToken cancellation)
    {
        (Insight? insight, string noInsight) = (null, "no image with a shell is there to look in with");
        if (tools is not null && each.Facts.Running)
            (insight, noInsight) = await new LookingIn(Engine, tools).At(each.Container, each.Facts, plan, cancellation);
        ImmutableArray<EngineEvent> own = [.. events.Heard.Where(e => e.Container == each.Facts.Id)];
        DateTimeOffset? started = own.FirstOrDefault(e => e.Action == "start")?.At, healthy = own.FirstOrDefault(e => e.Action == "health_status: healthy")?.At;
        return new()
        {
            Name = replicas > 1 ? each.Facts.Name[(each.Facts.Name.IndexOf(plan.Name, StringComparison.Ordinal) is >= 0 and var at ? at : 0)..] : plan.Name,
            Plan = plan,
            Facts = each.Facts,
            UntilHealthy = healthy - started,
            Log = string.Join('\n', (await each.Container.Logs(cancellation)).Trim().Split('\n').TakeLast(12)),
            Insight = insight,
            NoInsight = noInsight,
            Published = each.Facts.Running ? await Published(plan, each.Facts, cancellation) : [],
        };
    }

    private static async Task<ImmutableArray<PublishedAnswer>> Published(ContainerPlan plan, ContainerFacts facts, CancellationToken cancellation)
    {
        using var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            CheckCertificateRevocationList = true,
            // The certificate is of this run's own making.
            ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
        };
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(15) };
        var answers = ImmutableArray.CreateBuilder<PublishedAnswer>();
        foreach (PublishedPort port in facts.Ports.Where(p => !p.Address.Contains(':', StringComparison.Ordinal)))
        {
            int inside = int.Parse(port.Container.Split('/')[0], CultureInfo.InvariantCulture);
            var address = new Uri($"{(inside is 443 or 8443 ? "https" : "http")}://127.0.0.1:{port.Host}{(inside == plan.Port ? plan.HealthPath : null) ?? "/"}");
            try
            {
                using HttpResponseMessage answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation);
                answers.Add(new(port, (int)answer.StatusCode, ""));
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                answers.Add(new(port, null, $"no answer ({e.Message})"));
            }
        }

        return answers.ToImmutable();
    }

    /// <summary>The least of several looks: a probe that happens to run counts as well.</summary>
    private async Task<ImmutableArray<ContainerMeasurement>> AtRest(ImmutableArray<ContainerMeasurement> containers, CancellationToken cancellation)
    {
        ImmutableArray<string> running = [.. containers.Where(c => c.IsRunning).Select(c => c.Facts!.Id)];
        if (running.IsEmpty)
            return containers;
        var least = new Dictionary<string, long>(StringComparer.Ordinal);
        for (int look = 0; look < Looks; look++)
        {
            foreach ((string id, long bytes) in await MemoryUse.Of(Engine, running, cancellation))
                least[id] = Math.Min(bytes, least.GetValueOrDefault(id, long.MaxValue));
        }

        return [.. containers.Select(c => c.Facts is { } facts && least.TryGetValue(facts.Id, out long bytes) ? c with { Memory = bytes } : c)];
    }

    private static async Task<ImmutableArray<EngineEvent>> Stop(ComposeProject project, EngineEventStream events, ImmutableArray<ServiceContainer> containers, CancellationToken cancellation)
    {
        int before = events.Heard.Length, running = containers.Count(c => c.Facts.Running);
        (await project.Call("stop").Run(cancellation)).OrThrow();
        // The stream may be a moment behind.
        await Polling.Until(() => Task.FromResult(events.Heard.Skip(before).Count(e => e.Action == "die") >= running ? project : null), TimeSpan.FromSeconds(5), cancellation);
        return [.. events.Heard.Skip(before)];
    }

    private static ServiceStop? HowItEnded(ContainerMeasurement container, ImmutableArray<EngineEvent> stops)
    {
        EngineEvent? asked = stops.FirstOrDefault(e => e.Action == "kill" && e.Container == container.Facts?.Id), died = stops.FirstOrDefault(e => e.Action == "die" && e.Container == container.Facts?.Id);
        return asked is null || died is null || !container.IsRunning ? null : new(container.Name, int.Parse(died.Attributes["exitCode"], CultureInfo.InvariantCulture), died.At - asked.At);
    }

    /// <summary>What is not started, and why.</summary>
    private ImmutableDictionary<string, string> LeftOut(ImmutableArray<string> unbuilt)
    {
        var left = new Dictionary<string, string>(StringComparer.Ordinal);
        HashSet<string> asked = [.. WithDependencies(Plan.Containers.Where(Request.Concerns).Select(c => c.Name))];
        foreach (ContainerPlan container in Plan.Containers)
        {
            if (!asked.Contains(container.Name))
                left[container.Name] = "nobody asked for it";
            else if (container.Image is { } image && unbuilt.Contains(image.Name))
                left[container.Name] = "its image was not built";
            else if (container.Name == Planning.Proxy.CertbotPlanning.Container && Plan.Proxy?.Tls?.Acme is not null)
                left[container.Name] = "a certificate by ACME needs the domain itself";
            else if (container.Role == ContainerRole.Proxy && Plan.Proxy?.Tls?.Acme is not null)
                left[container.Name] = "it has no certificate here: that needs the domain itself";
        }

        // Whoever waits for one of them would wait for ever.
        while (Plan.Containers.FirstOrDefault(c => !left.ContainsKey(c.Name) && c.DependsOn.Any(d => left.ContainsKey(d.Container))) is { } waiting)
            left[waiting.Name] = $"it waits for {waiting.DependsOn.First(d => left.ContainsKey(d.Container)).Container}, which was not started";
        return left.ToImmutableDictionary();
    }

    private IEnumerable<string> WithDependencies(IEnumerable<string> names) =>
        names.SelectMany(n => WithDependencies(Plan.Containers.Where(c => c.Name == n).SelectMany(c => c.DependsOn).Select(d => d.Container)).Append(n)).Distinct();

    /// <summary>The container that keeps this one from starting; null when it is its own fault.</summary>
    private static string? Waited(ContainerPlan plan, ImmutableArray<ServiceContainer> containers) => plan.DependsOn.Select(d => d.Container).FirstOrDefault(name =>
        !containers.Any(c => c.Service == name && c.Facts.StartedAt is not null && (c.Facts.Running ? c.Facts.Health is "" or "healthy" : c.Facts.ExitCode == 0)));

    private async Task<string?> Refused(ComposeProject project, CancellationToken cancellation)
    {
        using JsonDocument? resolved = await ComposeFile.Resolve(project, cancellation);
        if (resolved is null)
            return "Compose does not read compose.prod.yaml; see `compose`";
        // Secrets that somebody added by hand.
        if (resolved.RootElement.TryGetProperty("secrets", out JsonElement secrets) && secrets.ValueKind == JsonValueKind.Object)
        {
            foreach (string file in secrets.EnumerateObject().Select(s => s.Value.Text("file")).Where(f => f.StartsWith(Copy.Folder + "/", StringComparison.Ordinal) && !File.Exists(f)))
                ThrowAwaySecrets.Write(file, ThrowAwaySecrets.OfUser(Path.GetFileName(file)));
        }

        string[] shared = [.. Isolation.Shared(resolved.RootElement, project.Name, Copy.Folder)];
        return shared.Length == 0 ? null : $"it could touch what runs elsewhere: {string.Join("; ", shared)}";
    }

    private async Task<ImmutableDictionary<string, string?>> Variables(CancellationToken cancellation)
    {
        string text = await File.ReadAllTextAsync(Copy.At(LintedProject.Production), cancellation);
        var variables = ComposeFile.Demanded(text).Keys.ToImmutableDictionary(n => n, string? (n) => Secrets.Files.GetValueOrDefault(n) ?? ThrowAwaySecrets.OfUser(n)).ToBuilder();
        variables["TAG"] = Run;
        foreach (VariablePlan port in Plan.Variables.Where(v => v.Name.EndsWith("_PORT", StringComparison.Ordinal)))
            variables[port.Name] = FreePort().ToString(CultureInfo.InvariantCulture);
        return variables.ToImmutable();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private StackMeasurement NothingOf(string reason) => Stack(null, [.. Plan.Containers.Where(Request.Concerns).Select(c => NotStarted(c, reason, notTried: true))]);

    private static ContainerMeasurement NotStarted(ContainerPlan plan, string reason, bool notTried) => new() { Name = plan.Name, Plan = plan, Facts = null, Reason = reason, NotTried = notTried };

    private StackMeasurement Stack(TimeSpan? up, ImmutableArray<ContainerMeasurement> containers) =>
        new() { Containers = containers, Up = up, Budget = Plan.Budget, Substituted = [.. Plan.Substitutes.Select(s => s.Name)], Partial = containers.Any(c => c.Facts is null && c.NotTried && BudgetPlanning.Counts(c.Plan)) };
}

using System.Collections.Immutable;
using System.Numerics;
using DuskStack.Containers.Verification.Images;
using DuskStack.Planning;

namespace DuskStack.Containers.Verification.Running;

/// <summary>Judges what was measured of a container.</summary>
public static class ContainerChecks
{
    /// <summary>Of the limit, at rest; the rest is for work.</summary>
    private const double MostAtRest = 0.9;

    private const int Killed = 137;

    /// <summary>By their bits: https://man7.org/linux/man-pages/man7/capabilities.7.html</summary>
    private static readonly ImmutableArray<string> Names =
    [
        "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP", "LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW",
        "IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD",
        "LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP", "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF", "CHECKPOINT_RESTORE",
    ];

    public static Verdict Healthy(ContainerMeasurement container)
    {
        TimeSpan? budget = container.Plan.Image?.Budget.Healthy;
        switch (container)
        {
            case { Facts: null, NotTried: true }:
                return Verdict.NotRun(container.Reason);
            case { Facts: null }:
                return Verdict.Failed($"it was not started: {container.Reason}");
            case { Plan.Role: ContainerRole.OneShot }:
                return container.Facts is { Running: false, ExitCode: 0 } ? Verdict.Passed("ended with 0") : Verdict.Failed(container.IsRunning ? "it has not ended" : $"ended with {container.Facts.ExitCode}") with { Details = container.Log };
            case { Facts.OutOfMemory: true }:
                return Verdict.Failed($"it was killed: its limit of {Show.Mebibytes(container.Plan.Resources.Memory.Bytes)} is too small") with { Details = container.Log };
            case { Facts: { Restarts: > 0, Health: not "healthy" } }:
                return Verdict.Failed($"it ends again and again{(container.Facts.ExitCode == 0 ? "" : $", last with {container.Facts.ExitCode}")}") with { Details = container.Log };
            case { Facts.Running: false }:
                return Verdict.Failed($"it ended with {container.Facts.ExitCode}") with { Details = container.Log };
            case { Facts.Health: "" }:
                return Verdict.Passed("it runs; it has no health check");
            case { Facts.Health: not "healthy" }:
                return Verdict.Failed($"it is {container.Facts.Health}: {LastLine(container.Facts.HealthLog)}") with { Details = $"{container.Facts.HealthLog.Trim()}\n{container.Log}".Trim() };
            case { UntilHealthy: { } time }:
                Figure figure = Figure.Of("healthy", time, budget);
                return budget is { } limit && time > limit
                    ? Verdict.Failed($"healthy after {Show.Seconds(time)}, more than the budget of {Show.Seconds(limit)}", figure)
                    : Verdict.Passed($"after {Show.Seconds(time)}{(budget is { } most ? $" of {Show.Seconds(most)}" : "")}", figure);
            default:
                return Verdict.Passed("healthy");
        }
    }

    public static Verdict? Answers(ContainerMeasurement container)
    {
        if (container.Plan is not { Port: { } port, HealthPath: { } path } || container.Plan.Role == ContainerRole.OneShot)
            return null;
        return NoInsight(container) ?? container.Insight!.Status switch
        {
            null => Verdict.Failed($"nothing answers on port {port} of its own address; does the program listen on another port, or on 127.0.0.1 alone?"),
            >= 200 and < 300 and var status => Verdict.Passed($"GET {path} on port {port}: {status}"),
            var status => Verdict.Failed($"GET {path} on port {port}: {status}"),
        };
    }

    public static Verdict? Published(ContainerMeasurement container)
    {
        if (container.Plan.Production.Ports.IsEmpty)
            return null;
        if (!container.IsRunning)
            return Verdict.NotRun("it does not run");
        if (container.Published.IsEmpty)
            return Verdict.Failed("none of its ports is published");
        PublishedAnswer[] silent = [.. container.Published.Where(p => p.Status is null or >= 500)];
        return silent.Length == 0
            ? Verdict.Passed(string.Join(", ", container.Published.Select(p => $"port {p.Port.Container.Split('/')[0]}: {p.Status}")))
            : Verdict.Failed(string.Join(", ", silent.Select(p => $"port {p.Port.Container.Split('/')[0]}: {p.Status?.ToString() ?? p.Problem}")));
    }

    public static Verdict? User(ContainerMeasurement container)
    {
        string? planned = container.Plan.Production.User?.Split(':')[0] ?? container.Plan.Image?.User?.Uid.ToString();
        // A container of somebody else's image, for which nobody named a user.
        if (planned is null || container.Plan.Role == ContainerRole.OneShot)
            return null;
        if (NoInsight(container) is { } reason)
            return reason;
        InsideProcess? root = container.Insight!.Processes.FirstOrDefault(p => p.User == 0), other = container.Insight.Processes.FirstOrDefault(p => p.User.ToString() != planned);
        return root is not null ? Verdict.Failed($"`{Text(root)}` runs as root; it should be {planned}")
            : other is not null ? Verdict.Failed($"`{Text(other)}` runs as {other.User}; it should be {planned}")
            : Verdict.Passed($"uid {planned}");
    }

    public static Verdict? ReadOnly(ContainerMeasurement container)
    {
        if (!container.Plan.Production.ReadOnly || container.Plan.Role == ContainerRole.OneShot)
            return null;
        return NoInsight(container) ?? Verdict.When(
            container.Insight!.RootOptions.Split(',').Contains("ro"),
            container.Insight.RootOptions.Split(',').Contains("ro") ? "mounted ro" : $"the root file system is mounted {container.Insight.RootOptions.Split(',')[0]}: the program can change itself; `read_only: true` is gone");
    }

    public static Verdict? Capabilities(ContainerMeasurement container)
    {
        if (!container.Plan.Production.DropCapabilities || container.Plan.Role == ContainerRole.OneShot)
            return null;
        if (NoInsight(container) is { } reason)
            return reason;
        ulong all = container.Insight!.Processes.Aggregate(0UL, (bits, p) => bits | p.Effective | p.Bounding);
        return all == 0 ? Verdict.Passed("none, and none to get") : Verdict.Failed($"it has, or can get, {string.Join(", ", NamesOf(all))}; `cap_drop: [ALL]` without `cap_add` takes them away");
    }

    public static Verdict? NoNewPrivileges(ContainerMeasurement container)
    {
        if (container.Plan.Role == ContainerRole.OneShot)
            return null;
        return NoInsight(container) ?? (container.Insight!.Processes.FirstOrDefault(p => !p.NoNewPrivileges) is { } free
            ? Verdict.Failed($"`{Text(free)}` may get more rights; `security_opt: [no-new-privileges:true]` is gone")
            : Verdict.Passed("set"));
    }

    public static Verdict? FirstProcess(ContainerMeasurement container)
    {
        // Of other people's images and of databases a shell may be the way to start.
        if (container.Plan is not { Image.Target: not null, Role: ContainerRole.Application })
            return null;
        if (NoInsight(container) is { } reason)
            return reason;
        InsideProcess[] first = [.. container.Insight!.Processes.Where(p => p.Parent == 1 || (p.Id == 1 && !IsInit(p)))];
        InsideProcess? wrapper = first.FirstOrDefault(IsWrapper);
        return wrapper is null
            ? Verdict.Passed(string.Join(", ", first.Select(Text).Distinct().Take(2)))
            : Verdict.Failed($"`{Text(wrapper)}` is the first process: it keeps signals from the program, and costs memory; start the program itself");
    }

    public static Verdict? Memory(ContainerMeasurement container)
    {
        if (container.Plan.Role == ContainerRole.OneShot)
            return null;
        if (container.Memory is not { } memory)
            return Verdict.NotRun("it does not run");
        long limit = container.Plan.Resources.Memory.Bytes;
        return Verdict.When(memory <= limit * MostAtRest, $"{Show.Mebibytes(memory)} of {Show.Mebibytes(limit)}{(memory <= limit * MostAtRest ? "" : ": less than a tenth is left for work")}", Figure.Of("memory", memory, limit));
    }

    public static Verdict? Stop(ContainerMeasurement container)
    {
        if (container.Plan.Role == ContainerRole.OneShot)
            return null;
        if (container.Stop is not { } stop)
            return Verdict.NotRun("it did not run");
        Figure figure = Figure.Of("stop", stop.Duration, container.Plan.StopGrace);
        string seen = $"exit code {stop.ExitCode} after {Show.Seconds(stop.Duration)}", grace = Show.Seconds(container.Plan.StopGrace);
        if (stop.ExitCode == Killed)
            return Verdict.Failed($"it ignores SIGTERM: it was killed after {Show.Seconds(stop.Duration)}, with all that it was doing; its `stop` is {grace}", figure);
        // What other people's programs exit with is theirs.
        return stop.ExitCode is 0 or 143 || container.Plan.Role is ContainerRole.Other or ContainerRole.Operations
            ? Verdict.Passed($"{seen} of {grace}", figure)
            : Verdict.Failed($"{seen}: neither 0 nor 143, so it looks like a crash", figure);
    }

    private static Verdict? NoInsight(ContainerMeasurement container) =>
        !container.IsRunning ? Verdict.NotRun("it does not run")
        : container.Insight is null ? Verdict.NotRun(container.NoInsight)
        : null;

    private static bool IsInit(InsideProcess process) => Path.GetFileName(process.Command[0]) is "docker-init" or "tini" or "catatonit" or "podman-init";

    /// <summary>npm names itself <c>npm start</c>, as one word; it is also <c>node /usr/.../npm-cli.js</c>.</summary>
    private static bool IsWrapper(InsideProcess process) => process.Command.Take(2).Any(word => ImageChecks.Wrappers.Contains(Path.GetFileName(word.Split(' ')[0])));

    private static string Text(InsideProcess process) => string.Join(' ', process.Command).Trim() is { Length: > 80 } text ? text[..77] + "..." : string.Join(' ', process.Command).Trim();

    private static IEnumerable<string> NamesOf(ulong bits) => BitOperations.PopCount(bits) > 10
        ? [$"{BitOperations.PopCount(bits)} capabilities"]
        : Enumerable.Range(0, 64).Where(bit => (bits & (1UL << bit)) != 0).Select(bit => bit < Names.Length ? Names[bit] : $"capability {bit}");

    private static string LastLine(string text) => text.Trim() is { Length: > 0 } some ? some.Split('\n')[^1].Trim() : "its check says nothing";
}

/// <summary>Judges the whole.</summary>
public static class StackChecks
{
    public static Verdict? Memory(StackMeasurement stack)
    {
        if (stack.Partial)
            return Verdict.NotRun("only a part of the stack was started");
        if (!stack.Containers.Any(c => c.Memory is not null))
            return Verdict.NotRun("nothing runs");
        string sums = $"{Show.Mebibytes(stack.Memory)} at rest; limits {Show.Mebibytes(stack.Budget.Limits.Bytes)}, reserved {Show.Mebibytes(stack.Budget.Reserved.Bytes)}";
        Figure figure = Figure.Of("stack memory", stack.Memory, stack.Budget.Memory?.Bytes);
        return stack.Budget.Memory is not { } budget ? Verdict.Passed($"{sums}; no budget", figure)
            : stack.Memory <= budget.Bytes ? Verdict.Passed($"{sums}; budget {Show.Mebibytes(budget.Bytes)}", figure)
            : Verdict.Failed($"{Show.Mebibytes(stack.Memory)} at rest, more than the budget of {Show.Mebibytes(budget.Bytes)}", figure);
    }
}

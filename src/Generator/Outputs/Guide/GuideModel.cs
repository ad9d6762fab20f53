using System.Collections.Immutable;
using DuskStack.Planning;

namespace DuskStack.Outputs;

/// <summary>What the guide says of the stack as a whole. Lists of names are words of a sentence: <c>api, web and worker</c>.</summary>
public sealed class GuideModel(Plan plan, ImmutableArray<RenderedFile> others)
{
    public string Name => plan.Name;

    public bool Registry => plan.Registry;

    /// <summary>True when someone outside the host reaches something.</summary>
    public bool Public => plan.Containers.Any(c => c.Production.Ports.Any(p => !p.Loopback));

    /// <summary>True when something is published on the host's own address.</summary>
    public bool Local => plan.Containers.Any(c => c.Production.Ports.Any(p => p.Loopback));

    public string Required => Sentence(plan.Variables.Where(v => v.Required).Select(v => $"`{v.Name}`"));

    public bool Secrets => !plan.Secrets.IsEmpty;

    public string BuildSecrets => Sentence(plan.BuildSecrets.Select(s => $"`{s}`"));

    public ImmutableArray<object> Published =>
    [
        .. from container in plan.Containers
           from port in container.Production.Ports
           where !port.Loopback
           select (object)new { Container = container.Name, port.Host, port.Variable },
    ];

    /// <summary>Every script, by its own first sentence.</summary>
    public ImmutableArray<object> Scripts =>
    [
        .. from file in others
           where file.Path.StartsWith("scripts/", StringComparison.Ordinal) && file.Path.EndsWith(".sh", StringComparison.Ordinal)
           orderby file.Path
           select (object)new { file.Path, Does = file.Content.Split('\n').Skip(1).FirstOrDefault("").TrimStart('#', ' ') },
    ];

    /// <summary>The container that commands are shown with.</summary>
    public string Example => Examined.Name;

    public bool ExampleShell => Examined.Image is not { Bases: [.., var runtime] } || runtime.Tools.Contains("sh");

    public string Shellless => Sentence(plan.Images.Where(i => i.Bases is [.., var runtime] && !runtime.Tools.Contains("sh")).Select(i => i.Name));

    public ImmutableArray<object> Debuggers =>
    [
        .. from container in plan.Containers
           from port in container.Development?.Ports ?? []
           where port.Comment is not null && port.Variable.EndsWith("_DEBUG_PORT", StringComparison.Ordinal)
           let switched = container.Development!.Environment.FirstOrDefault(e => e.Comment is { } comment && comment.StartsWith("To debug: ", StringComparison.Ordinal))
           where switched is not null
           let assignment = switched.Comment!["To debug: ".Length..].Split(", ")[0].Split('=', 2)
           select (object)new { Container = container.Name, Variable = assignment[0], Value = assignment[1], Port = port.Host },
    ];

    public string Logs
    {
        get
        {
            IEnumerable<string> groups = plan.Containers.GroupBy(c => c.Logs).OrderByDescending(g => g.Count()).Select((g, index) => $"{g.Key.MaxFiles} of {g.Key.MaxSize} each{(index == 0 ? "" : $" for {Sentence(g.Select(c => c.Name))}")}");
            return string.Join("; ", groups);
        }
    }

    public string Limits => plan.Budget.Limits.ToString();

    public string Reserved => plan.Budget.Reserved.ToString();

    public ImmutableArray<object> Migrations =>
    [
        .. from once in plan.Containers
           where once.Role == ContainerRole.OneShot
           let waiting = plan.Containers.Where(c => c.DependsOn.Any(d => d.Container == once.Name)).Select(c => c.Name).ToArray()
           select (object)new { once.Name, Before = Sentence(waiting), BeforeOne = waiting.Length == 1 },
    ];

    public ImmutableArray<object> Volumes => [.. Mounted.Select(v => (object)new { Name = $"{plan.Name}-prod_{v.Name}", v.Comment })];

    public string VolumeNames => Sentence(Mounted.Select(v => $"`{plan.Name}-prod_{v.Name}`"));

    public bool Backup => Has("scripts/backup.sh");

    public bool Restore => Has("scripts/restore.sh");

    public bool Upgrade => Has("scripts/upgrade-postgres.sh");

    public bool Workflow => plan.Ci is not null;

    public bool WorkflowDeploys => plan.Ci is { } ci && (ci.Host || ci.Ecs is not null);

    public bool DeployHost => Has("scripts/deploy-host.sh");

    public bool DeployEcs => Has("scripts/deploy-ecs.sh");

    public bool Deploys => DeployHost || DeployEcs;

    public string BuildExample => plan.Containers.Where(c => c.Development is { Builds: true } && c.Image is not null).OrderBy(c => c.Role == ContainerRole.OneShot).FirstOrDefault()?.Name ?? "";

    /// <summary>What `docker inspect` prints; its braces are those of templates.</summary>
    public string StateFormat => "{{json .State}}";

    public object? PortExample => plan.Containers.OrderBy(c => c != Examined).SelectMany(c => c.Development?.Ports ?? []).Select(p => new { p.Host, p.Variable }).FirstOrDefault();

    public bool Hardened => Secured.Any();

    public string Data => Sentence(Inside.Select(c => c.Name));

    public bool DataOne => Inside.Count() == 1;

    public string Soft => Sentence(Unsecured.Select(c => c.Name));

    public bool SoftOne => Unsecured.Count() == 1;

    /// <summary>True when something is published and nothing here ends TLS.</summary>
    public bool Plain => Public && plan.Containers.All(c => c.Role != ContainerRole.Proxy);

    /// <summary>Secrets that applications want as variables.</summary>
    public string Environment => Sentence(plan.Containers.SelectMany(c => c.Production.Environment).Where(e => e.Value.StartsWith($"${{{e.Name}:?", StringComparison.Ordinal)).Select(e => $"`{e.Name}`").Distinct());

    private ContainerPlan Examined => plan.Containers.FirstOrDefault(c => c.Role == ContainerRole.Application) ?? plan.Containers.First(c => c.Role != ContainerRole.OneShot);

    private IEnumerable<VolumePlan> Mounted => plan.Volumes.Where(v => plan.Containers.Any(c => c.Production.Mounts.Any(m => !m.File && m.Source == v.Name)));

    private IEnumerable<ContainerPlan> Secured => plan.Containers.Where(c => c.Production is { ReadOnly: true, DropCapabilities: true });

    private IEnumerable<ContainerPlan> Unsecured => plan.Containers.Where(c => c.Production is not { ReadOnly: true, DropCapabilities: true });

    private IEnumerable<ContainerPlan> Inside => plan.Containers.Where(c => c.Production.Networks is [NetworkNames.Data]);

    private bool Has(string path) => others.Any(f => f.Path == path);

    private static string Sentence(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}

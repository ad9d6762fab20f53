using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Planning.Proxy;
using DuskStack.Templating;

namespace DuskStack.Outputs;

/// <summary><c>compose.yaml</c> for development and <c>compose.prod.yaml</c>: two files, each complete on its own.</summary>
public sealed class ComposeOutput : IOutput
{
    public IEnumerable<RenderedFile> Render(Plan plan) =>
    [
        RenderedFile.Of("compose.yaml", "compose/compose.yaml", Sections(plan, production: false)),
        RenderedFile.Of("compose.prod.yaml", "compose/compose.prod.yaml", Sections(plan, production: true)),
    ];

    private static ImmutableArray<RenderedSection> Sections(Plan plan, bool production)
    {
        object header = production
            ? new { plan.Name, Secrets = !plan.Secrets.IsEmpty, plan.Registry, Limits = $"{plan.Budget.Limits.Bytes / (1024 * 1024)} MiB", Cpus = plan.Budget.Cpus > 1 ? plan.Budget.Cpus.ToString("0.##") : "", LogSize = LogsPlan.Default.MaxSize.ToString().ToLowerInvariant(), LogFiles = LogsPlan.Default.MaxFiles.ToString() }
            : new { plan.Name };
        ImmutableArray<ContainerPlan> containers = [.. plan.Containers.Where(c => c.Mode(production) is not null)];
        return
        [
            .. TemplateSet.Shared.RenderSections(production ? "compose/header.prod" : "compose/header", header),
            .. containers.SelectMany((container, index) => TemplateSet.Shared.RenderSections("compose/service", ComposeService.Of(container, plan, production, first: index == 0), container.Name)),
            .. TemplateSet.Shared.RenderSections("compose/footer", Footer(plan, containers, production)),
        ];
    }

    private static object Footer(Plan plan, ImmutableArray<ContainerPlan> containers, bool production) => new
    {
        Networks = production,
        EdgeIpv6 = plan.Proxy is null ? "" : $"${{{ProxyPlan.Ipv6Variable}:-true}}",
        UsesData = Joins(containers, NetworkNames.Data),
        UsesMonitoring = Joins(containers, NetworkNames.Monitoring),
        Volumes = plan.Volumes.Where(v => containers.Any(c => c.Mode(production)!.Mounts.Any(m => !m.File && m.Source == v.Name))).Select(v => new { v.Name, v.Comment, Named = v.Suffix is not null, v.EngineName }).ToImmutableArray(),
        Secrets = ImmutableArray.Create<object>(
        [
            .. production ? plan.Secrets.Select(s => (object)new { s.Name, File = true, Path = $"./secrets/{s.Name}", Variable = "" }) : [],
            .. plan.BuildSecrets.Select(s => (object)new { Name = ComposeService.BuildSecret(s), File = false, Path = "", Variable = s }),
        ]),
    };

    private static bool Joins(ImmutableArray<ContainerPlan> containers, string network) => containers.Any(c => c.Production.Networks.Contains(network));
}

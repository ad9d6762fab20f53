using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Planning.Proxy;
using DuskStack.Templating;

namespace DuskStack.Outputs.Scripts;

/// <summary><c>scripts/smoke.sh</c>: does production start, and does it answer.</summary>
public sealed class SmokeOutput : IOutput
{
    public IEnumerable<RenderedFile> Render(Plan plan)
    {
        var model = new
        {
            plan.Name,
            Secrets = !plan.Secrets.IsEmpty,
            OneShots = plan.Containers.Where(c => c.Role == ContainerRole.OneShot).Select(c => c.Name).ToImmutableArray(),
            Services = plan.Containers.Where(c => c.Role != ContainerRole.OneShot).Select(c => c.Name).ToImmutableArray(),
            Ports = plan.Containers.SelectMany(c => c.Production.Ports).Select(p => p.Variable).Distinct().ToImmutableArray(),
            Asked = plan.Containers.SelectMany(Asked).ToImmutableArray(),
        };
        return [RenderedFile.Of("scripts/smoke.sh", "scripts/smoke.sh", TemplateSet.Shared.RenderSections("scripts/smoke.sh", model))];
    }

    /// <summary>The proxy by HTTP: its certificate is for another name than this machine's.</summary>
    private static IEnumerable<AskedPort> Asked(ContainerPlan container) =>
        from port in container.Production.Ports
        where port.Container == container.Port
        let path = container.Role == ContainerRole.Proxy ? ProxyPlan.HealthPath : container.HealthPath
        where path is not null
        select new AskedPort(container.Name, port.Container, path);

    private sealed record AskedPort(string Service, int Port, string Path);
}

using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Outputs.Scripts;

/// <summary><c>scripts/deploy-host.sh</c>, where the manifest names the machine.</summary>
public sealed class HostOutput : IOutput
{
    public IEnumerable<RenderedFile> Render(Plan plan)
    {
        if (plan.Host is not { } host)
            return [];
        var model = new
        {
            plan.Name,
            host.Target,
            plan.Registry,
            Secrets = !plan.Secrets.IsEmpty,
            Files = host.Files,
            // What git leaves out belongs to the machine it is on: certificates.
            Left = plan.Ignored.Where(i => host.Files.Any(f => i.StartsWith($"/{f}/", StringComparison.Ordinal))).Select(i => i[1..]).ToImmutableArray(),
            Repositories = plan.Images.Select(i => i.Repository).ToImmutableArray(),
            Database = plan.Database is not null,
            Major = plan.Database?.Major ?? "",
            Key = plan.Database?.Volume ?? "",
            Older = plan.Database?.Majors.Where(m => m.Version != plan.Database.Major).Select(m => m.Version).ToImmutableArray() ?? [],
            Backing = Names(host, Replacement.Backing),
            Once = Names(host, Replacement.Once),
            Proxy = Names(host, Replacement.Proxy).FirstOrDefault() ?? "",
            ProxyFiles = plan.Containers.Where(c => c.Role == ContainerRole.Proxy).SelectMany(c => c.Production.Mounts).Where(m => m.File).Select(m => ImagePlanning.Normal(m.Source)).ToImmutableArray(),
            Applications = host.Services.Where(s => s.Way is Replacement.Roll or Replacement.Recreate).Select(s => new { s.Name, s.Replicas, Rolls = s.Way == Replacement.Roll, s.Healthy }).ToImmutableArray(),
            NetworkNames.Edge,
        };
        return [RenderedFile.Of("scripts/deploy-host.sh", "scripts/deploy-host.sh", TemplateSet.Shared.RenderSections("scripts/deploy-host.sh", model))];
    }

    private static ImmutableArray<string> Names(HostPlan host, Replacement way) => [.. host.Services.Where(s => s.Way == way).Select(s => s.Name)];
}

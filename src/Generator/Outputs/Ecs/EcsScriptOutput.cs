using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Outputs.Ecs;

/// <summary><c>scripts/deploy-ecs.sh</c></summary>
public sealed class EcsScriptOutput : IOutput
{
    public IEnumerable<RenderedFile> Render(Plan plan)
    {
        if (plan.Ecs is not { } ecs || !ecs.Tasks.Any())
            return [];
        object model = new
        {
            Project = plan.Name,
            ecs.Region,
            ecs.Cluster,
            ConnectNamespace = ecs.Namespace,
            Connects = ecs.Services.Any(s => s.Connects),
            ecs.Architecture.Platform,
            Images = ecs.Repositories,
            ecs.Migrations,
            ecs.Services,
            Tasks = ecs.Tasks.ToImmutableArray(),
            ImageNames = string.Join(' ', ecs.Repositories.Select(r => r.Image)),
            MigrationNames = string.Join(' ', ecs.Migrations.Select(t => t.Name)),
            ServiceNames = string.Join(' ', ecs.Services.Select(s => s.Task.Name)),
            SecretNames = string.Join(' ', ecs.Secrets.Select(s => ecs.SecretStore.Prefix + s)),
            ecs.Secrets,
            Ssm = ecs.SecretStore.Name == "ssm",
            Elsewhere = string.Join(", ", ecs.Elsewhere),
            Builds = !ecs.Repositories.IsEmpty,
            Migrates = !ecs.Migrations.IsEmpty,
        };
        return [RenderedFile.Of("scripts/deploy-ecs.sh", "scripts/deploy-ecs.sh", TemplateSet.Shared.RenderSections("scripts/deploy-ecs.sh", model))];
    }
}

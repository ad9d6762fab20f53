using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Outputs.Scripts;

/// <summary><c>scripts/upgrade-postgres.sh</c>, where the database runs here.</summary>
public sealed class UpgradeOutput : IOutput
{
    public IEnumerable<RenderedFile> Render(Plan plan)
    {
        if (plan.Database is not { } database)
            return [];
        var model = new
        {
            plan.Name,
            database.Container,
            database.Database,
            database.User,
            database.Secret,
            database.Account,
            Key = database.Volume,
            database.Major,
            database.Majors,
            Writers = plan.Containers.Where(c => c.Role is ContainerRole.Application or ContainerRole.Other).Select(c => c.Name).ToImmutableArray(),
        };
        return [RenderedFile.Of("scripts/upgrade-postgres.sh", "scripts/upgrade-postgres.sh", TemplateSet.Shared.RenderSections("scripts/upgrade-postgres.sh", model))];
    }
}

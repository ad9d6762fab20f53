using System.Collections.Immutable;
using DuskStack.Images;
using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Outputs.Scripts;

/// <summary><c>scripts/backup.sh</c> and <c>scripts/restore.sh</c>, where production keeps data on this machine.</summary>
public sealed class BackupOutput : IOutput
{
    public static bool Applies(Plan plan) => plan.Database is not null || !Volumes(plan).IsEmpty;

    public IEnumerable<RenderedFile> Render(Plan plan)
    {
        if (!Applies(plan))
            return [];
        ImmutableArray<VolumePlan> volumes = Volumes(plan);
        var model = new
        {
            plan.Name,
            Postgres = plan.Database is not null,
            Container = plan.Database?.Container ?? "",
            Database = plan.Database?.Database ?? "",
            User = plan.Database?.User ?? "",
            HasVolumes = !volumes.IsEmpty,
            Volumes = volumes.Select(v => v.Name).ToImmutableArray(),
            Reader = Reader(plan),
            Cache = Cache(plan)?.Name ?? "",
            Writers = plan.Containers.Where(Writes).Select(c => c.Name).ToImmutableArray(),
            OneShots = plan.Containers.Where(c => c.Role == ContainerRole.OneShot).Select(c => c.Name).ToImmutableArray(),
        };
        return
        [
            RenderedFile.Of("scripts/backup.sh", "scripts/backup.sh", TemplateSet.Shared.RenderSections("scripts/backup.sh", model)),
            RenderedFile.Of("scripts/restore.sh", "scripts/restore.sh", TemplateSet.Shared.RenderSections("scripts/restore.sh", model)),
        ];
    }

    /// <summary>What containers keep beside the database: files of services, what a cache writes to its disk.</summary>
    private static ImmutableArray<VolumePlan> Volumes(Plan plan) =>
        [.. plan.Volumes.Where(v => v.Kept && v.Name != plan.Database?.Volume && plan.Containers.Any(c => (Writes(c) || c.Role == ContainerRole.Backing) && Mounts(c, v)))];

    /// <summary>Null when there is none, or when it keeps nothing.</summary>
    private static ContainerPlan? Cache(Plan plan) =>
        plan.Containers.FirstOrDefault(c => c.Role == ContainerRole.Backing && c.Name != plan.Database?.Container && plan.Volumes.Any(v => v.Kept && Mounts(c, v)));

    private static bool Mounts(ContainerPlan container, VolumePlan volume) => container.Production.Mounts.Any(m => !m.File && m.Source == volume.Name);

    private static bool Writes(ContainerPlan container) => container.Role is ContainerRole.Application or ContainerRole.Other;

    /// <summary>An image with a shell and tar that production has anyway; where it has none, the smallest one known.</summary>
    private static string Reader(Plan plan) =>
        plan.Containers.FirstOrDefault(c => c is { Role: ContainerRole.Backing, Reference: not null })?.Reference
        ?? ImageCatalog.Shared.Default("nginx", "alpine").Reference;
}

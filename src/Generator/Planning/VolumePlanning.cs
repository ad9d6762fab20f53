using System.Collections.Immutable;
using DuskStack.Backing;
using DuskStack.Diagnostics;
using DuskStack.Manifests;

namespace DuskStack.Planning;

public static class VolumePlanning
{
    public static ImmutableArray<VolumePlan> Collect(Manifest manifest, IEnumerable<BackingPlan> backing, DiagnosticBag bag)
    {
        var volumes = backing.SelectMany(b => b.Volumes).ToList();
        var reserved = volumes.Select(v => v.Name).ToHashSet(StringComparer.Ordinal);
        foreach (Service service in manifest.Services)
        {
            foreach (VolumeMount mount in service.Volumes)
            {
                if (reserved.Contains(mount.Name.Value))
                    bag.Error(DiagnosticCodes.NameClash, mount.Name.Span, $"the volume `{mount.Name.Value}` belongs to a backing service", "give it another name");
                else if (volumes.All(v => v.Name != mount.Name.Value))
                    volumes.Add(new(mount.Name.Value, $"{service.Name.Value}: {mount.Path.Value}"));
            }
        }

        return [.. volumes];
    }
}

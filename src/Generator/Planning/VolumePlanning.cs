using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;

namespace DuskStack.Planning;

public static class VolumePlanning
{
    /// <param name="manifest">Whose services name volumes.</param>
    /// <param name="own">Volumes of backing services, the proxy and monitoring.</param>
    /// <param name="bag">Gets the clashes.</param>
    public static ImmutableArray<VolumePlan> Collect(Manifest manifest, ImmutableArray<VolumePlan> own, DiagnosticBag bag)
    {
        var volumes = own.ToList();
        var reserved = volumes.Select(v => v.Name).ToHashSet(StringComparer.Ordinal);
        foreach (Service service in manifest.Services)
        {
            foreach (VolumeMount mount in service.Volumes)
            {
                if (reserved.Contains(mount.Name.Value))
                    bag.Error(DiagnosticCodes.NameClash, mount.Name.Span, $"the volume `{mount.Name.Value}` is one of DuskStack's own", "give it another name");
                else if (volumes.All(v => v.Name != mount.Name.Value))
                    volumes.Add(new(mount.Name.Value, $"{service.Name.Value}: {mount.Path.Value}"));
            }
        }

        return [.. volumes];
    }
}

using DuskStack.Diagnostics;
using DuskStack.Manifests;

namespace DuskStack.Planning;

/// <summary>One folder of a container can be one thing only: this volume, that volume, or memory.</summary>
public static class MountChecks
{
    public static void Check(Manifest manifest, DiagnosticBag bag)
    {
        foreach (Service service in manifest.Services)
        {
            var taken = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (VolumeMount volume in service.Volumes)
                Take(volume.Path, $"the volume `{volume.Name.Value}`");
            foreach (Located<string> folder in service.Writable)
                Take(folder, "`writable`");

            void Take(Located<string> path, string owner)
            {
                if (!taken.TryAdd(path.Value, owner))
                    bag.Error(DiagnosticCodes.PathClash, path.Span, $"`{path.Value}` of `{service.Name.Value}` is already taken by {taken[path.Value]}", "mount one thing at each path");
            }
        }
    }
}

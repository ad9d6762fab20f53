using DuskStack.Diagnostics;
using DuskStack.Manifests;

namespace DuskStack.Stacks;

/// <summary>Packages of the distribution are written down by Debian's names, so another base cannot install them.</summary>
public static class PackageChecks
{
    public static void Check(StackService service, DiagnosticBag bag)
    {
        if (service.Base?.Value is { } variant && variant != "slim" && !(service.Build.BuildPackages.IsEmpty && service.Build.RuntimePackages.IsEmpty))
            bag.Error(DiagnosticCodes.KeyDoesNotApply, service.Base.Value.Span, $"`build.packages` are Debian packages, which the base `{variant}` cannot install", "take `base: slim`");
    }
}

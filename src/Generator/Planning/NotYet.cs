using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Stacks;

namespace DuskStack.Planning;

/// <summary>Settings of the manifest that this version cannot do yet, refused so that nobody believes otherwise.</summary>
public static class NotYet
{
    public static void Report(Manifest manifest, DiagnosticBag bag)
    {
        if (manifest.Images.Pin is { Value: "digest" } pin)
            bag.Error(DiagnosticCodes.NotAvailable, pin.Span, "images cannot be pinned by digest in this version of DuskStack", "leave `pin` out: tags are exact down to the patch version");
        foreach (StackService service in manifest.Services.OfType<StackService>())
        {
            if (service.Workspace is { } workspace && StackList.Find(service.Stack.Value) is { Workspaces: false } stack)
                bag.Error(DiagnosticCodes.NotAvailable, workspace.Span, $"workspaces are not available for the stack {stack.Name} in this version of DuskStack", "point `path` at a folder that has its own lockfile");
            if (service.Build.Bundle is { Value.On: true } bundle && StackList.Find(service.Stack.Value) is { } bundled && (service.Workspace is not null || !bundled.Bundles))
                bag.Error(DiagnosticCodes.NotAvailable, bundle.Span, $"bundling is not available for {(bundled.Bundles ? "workspaces" : $"the stack {bundled.Name}")} in this version of DuskStack", "leave `bundle` out");
        }
    }
}

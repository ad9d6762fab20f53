using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Planning;
using DuskStack.Stacks;

namespace DuskStack.Outputs;

/// <summary>The starters: small real applications, the user's own from the first write on.</summary>
public static class StarterOutput
{
    /// <param name="manifest">The services.</param>
    /// <param name="plan">Their ports.</param>
    /// <param name="exists">Whether a path exists; a folder with an application gets no starter.</param>
    /// <param name="bag">Gets what keeps a starter from working.</param>
    public static ImmutableArray<RenderedFile> Render(Manifest manifest, Plan plan, Func<string, bool>? exists, DiagnosticBag bag)
    {
        ImmutableArray<(StackService Service, IStack Stack)> missing =
        [
            .. from service in manifest.Services.OfType<StackService>()
               let stack = StackList.Find(service.Stack.Value)
               // A workspace has one lockfile for all of its packages, which no template can write.
               where stack is not null && service.Workspace is null && !(exists is not null && stack.HasApplication(service, exists))
               select (service, stack),
        ];
        foreach ((StackService service, IStack stack) in missing)
            stack.CheckStarter(service, bag);
        return
        [
            .. from each in missing
               from file in each.Stack.Starter(Request(each.Service, manifest, plan))
               select ImageOutput.Render(file with { Once = true }, each.Service.Name.Value),
        ];
    }

    private static StarterRequest Request(StackService service, Manifest manifest, Plan plan) => new()
    {
        Service = service,
        Project = plan.Name,
        Port = plan.Containers.First(c => c.Name == service.Name.Value).Port,
        Postgres = service.Needs.Any(n => n.Value == "postgres"),
        Vector = service.Needs.Any(n => n.Value == "postgres") && manifest.Postgres?.Extensions.Any(e => e.Value == "vector") == true,
        Redis = service.Needs.Any(n => n.Value is "redis" or "valkey"),
        ServiceUrls = [.. service.Needs.Where(n => manifest.Services.Any(s => s is StackService && s.Name.Value == n.Value)).Select(n => $"{NameChecks.Variable(n.Value)}_URL")],
    };
}

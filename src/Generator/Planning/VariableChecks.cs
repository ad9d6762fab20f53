using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Planning.Proxy;

namespace DuskStack.Planning;

/// <summary>Variables of <c>.env</c> share one name space: published ports, debuggers, the release, secrets.</summary>
public static class VariableChecks
{
    private static readonly string[] OfTheFiles = ["TAG", "REVISION", "SOURCE", "RELEASE", "VERSION"];

    public static void Check(Manifest manifest, IEnumerable<ContainerPlan> containers, DiagnosticBag bag)
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in OfTheFiles)
            taken[name] = "the Compose and bake files use it themselves";
        foreach (ContainerPlan container in containers)
        {
            foreach (PortPlan port in container.PublishedPorts())
                Take(port.Variable, container.Name);
            if (container.Development?.Ports.Any(p => p.Comment is not null) == true)
                Take($"{NameChecks.Variable(container.Name)}_DEBUG", container.Name);
        }

        IEnumerable<Located<string>> secrets = manifest.Services.SelectMany(s => s.Secrets.Select(secret => secret.Name).Concat(s is StackService stack ? stack.Build.Secrets : []));
        foreach (Located<string> secret in secrets)
        {
            if (taken.TryGetValue(secret.Value, out string? owner))
                bag.Error(DiagnosticCodes.NameClash, secret.Span, $"a secret cannot be called `{secret.Value}`: {owner}", "give it another name");
            else if (secret.Value.StartsWith("COMPOSE_", StringComparison.Ordinal) || secret.Value.StartsWith("DOCKER_", StringComparison.Ordinal))
                bag.Error(DiagnosticCodes.NameClash, secret.Span, $"a secret cannot be called `{secret.Value}`: Docker reads such names itself", "give it another name");
        }

        void Take(string variable, string container)
        {
            if (!taken.TryAdd(variable, $"it is the variable of a port of `{container}`") && taken[variable] != $"it is the variable of a port of `{container}`")
                bag.Error(DiagnosticCodes.NameClash, Place(manifest, container), $"`{container}` and another container would both be moved by the variable `{variable}`", manifest.Proxy is not null && container == ProxyPlan.Container ? "rename the service: `http` and `https` give the variables of the proxy's ports" : "rename one of the two services");
        }
    }

    private static SourceSpan? Place(Manifest manifest, string container) =>
        manifest.Services.Where(s => container == s.Name.Value || container.StartsWith(s.Name.Value + "-", StringComparison.Ordinal)).Select(s => (SourceSpan?)s.Name.Span).LastOrDefault();
}

using System.Collections.Immutable;
using DuskStack.Backing;
using DuskStack.Manifests;

namespace DuskStack.Planning;

/// <summary>What <c>.env.example</c> shows.</summary>
public static class VariablePlanning
{
    public static ImmutableArray<VariablePlan> Collect(Manifest manifest, IEnumerable<BackingPlan> backing, IEnumerable<ContainerPlan> containers)
    {
        var variables = new List<VariablePlan>();
        variables.AddRange(backing.SelectMany(b => b.Variables));
        foreach (Secret secret in manifest.Services.SelectMany(s => s.Secrets))
        {
            string what = secret.AsEnvironment ? "A secret that the application reads from its environment." : "A secret; production reads secrets/" + secret.Name.Value + ".";
            variables.Add(new(secret.Name.Value, "change-me", what, secret.AsEnvironment ? VariableScope.Both : VariableScope.Development));
        }

        foreach (ContainerPlan container in containers)
        {
            foreach (PortPlan port in container.Development.Ports)
            {
                bool both = container.Production.Ports.Any(p => p.Variable == port.Variable);
                variables.Add(new(port.Variable, port.Host.ToString(), $"Published port of {container.Name}{(port.Comment is null ? "" : " for a debugger")}.", both ? VariableScope.Both : VariableScope.Development));
            }
        }

        return [.. variables.DistinctBy(v => v.Name)];
    }
}

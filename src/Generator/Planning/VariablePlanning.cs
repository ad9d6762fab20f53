using System.Collections.Immutable;
using DuskStack.Backing;
using DuskStack.Manifests;
using DuskStack.Stacks;

namespace DuskStack.Planning;

/// <summary>What <c>.env.example</c> shows.</summary>
public static class VariablePlanning
{
    public static ImmutableArray<VariablePlan> Collect(Manifest manifest, IEnumerable<BackingPlan> backing, IEnumerable<ContainerPlan> containers)
    {
        var variables = new List<VariablePlan>();
        variables.AddRange(backing.SelectMany(b => b.Variables));
        foreach (Service service in manifest.Services)
        {
            foreach (Secret secret in service.Secrets)
                variables.Add(Of(secret, service, backing));
            foreach (Located<string> secret in service is StackService stack ? stack.Build.Secrets : [])
                variables.Add(new(secret.Value, "change-me", $"A secret of {service.Name.Value}'s build.", VariableScope.Both));
        }

        foreach (ContainerPlan container in containers)
        {
            foreach (PortPlan port in container.PublishedPorts())
                variables.Add(new(port.Variable, port.Host.ToString(), $"Published port of {container.Name}{(port.Comment is null ? "" : $" {port.Comment}")}.", Scope(container, port.Variable)));
        }

        return [.. variables.DistinctBy(v => (v.Name, v.Scope))];
    }

    private static VariableScope Scope(ContainerPlan container, string variable)
    {
        bool development = container.Development?.Ports.Any(p => p.Variable == variable) == true;
        bool production = container.Production.Ports.Any(p => p.Variable == variable);
        return development && production ? VariableScope.Both : production ? VariableScope.Production : VariableScope.Development;
    }

    private static VariablePlan Of(Secret secret, Service service, IEnumerable<BackingPlan> backing)
    {
        string name = secret.Name.Value;
        if (!secret.AsEnvironment)
            return new(name, "change-me", $"A secret; production reads secrets/{name}.", VariableScope.Development);
        // A URL whose password is a secret file: only production needs it spelt out.
        ConnectionPlan? url = service is StackService stack && StackList.Find(stack.Stack.Value) is { } known
            ? backing.Where(b => service.Needs.Any(n => n.Value == b.Name)).Select(b => b.Connect(known)).FirstOrDefault(c => c.Variable == name)
            : null;
        return url?.Secret.Origin switch
        {
            SecretOrigin.Derived origin => new(name, $"{origin.Before}password{origin.After}", $"With the password of secrets/{origin.Secret} in it.", VariableScope.Production),
            null => new(name, "change-me", "A secret that the application reads from its environment.", VariableScope.Both),
            _ => new(name, "change-me", "The same of production, which the application reads from its environment.", VariableScope.Production),
        };
    }
}

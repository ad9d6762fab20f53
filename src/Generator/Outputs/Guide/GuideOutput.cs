using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Outputs;

/// <summary><c>docs/containers.md</c>: how to run, look into and repair this very stack.</summary>
public sealed class GuideOutput : IOverviewOutput
{
    private static readonly ImmutableArray<(string Name, string Label)> Networks =
    [
        (NetworkNames.Edge, "network edge"),
        (NetworkNames.Data, "network data, no way out"),
        (NetworkNames.Monitoring, "network monitoring"),
    ];

    public IEnumerable<RenderedFile> Render(Plan plan, ImmutableArray<RenderedFile> others)
    {
        var guide = new GuideModel(plan, others);
        return
        [
            RenderedFile.Of("docs/containers.md", "docs/containers.md",
            [
                .. Sections("containers.md", guide),
                .. Networks.SelectMany(network => Nodes(plan, network.Name, network.Label)),
                .. plan.Containers.SelectMany(c => Sections("edges", Edges(c), c.Name)),
                .. Sections("development.md", guide),
                .. plan.Containers.SelectMany(c => Sections("address", Addresses(c), c.Name)),
                .. Sections("production.md", guide),
                .. plan.Secrets.SelectMany(s => Sections("secret", new { s.Name, Origin = Origin(s) }, s.Name)),
                .. plan.Variables.IsEmpty ? [] : Sections("variables.md", guide),
                .. plan.Variables.SelectMany(v => Sections("variable", new { v.Name, Scope = Scope(v.Scope), v.Comment }, $"{v.Name} {v.Scope}")),
                .. Sections("scripts.md", guide),
                .. plan.Containers.SelectMany(c => Sections("resource", Resources(c), c.Name)),
                .. Sections("data.md", guide),
            ]),
        ];
    }

    private static ImmutableArray<RenderedSection> Sections(string template, object model, string instance = "") => TemplateSet.Shared.RenderSections($"docs/{template}", model, instance);

    /// <summary>A container stands in the first of its networks that the picture shows.</summary>
    private static IEnumerable<RenderedSection> Nodes(Plan plan, string network, string label)
    {
        ContainerPlan[] inside = [.. plan.Containers.Where(c => Networks.Select(n => n.Name).First(n => c.Production.Networks.Contains(n) || n == NetworkNames.Monitoring) == network)];
        return inside.Length == 0 ? [] :
        [
            .. Sections("network", new { Open = true, Id = $"NETWORK_{network}", Label = label }, network),
            .. inside.SelectMany(c => Sections("node", Node(c), c.Name)),
            .. Sections("network", new { Open = false, Id = "", Label = "" }, $"{network} end"),
        ];
    }

    private static object Node(ContainerPlan container)
    {
        (string before, string after) = container.Role switch
        {
            ContainerRole.Backing => ("[(", ")]"),
            ContainerRole.OneShot => ("([", "])"),
            _ => ("[", "]"),
        };
        string what = container.Role == ContainerRole.OneShot ? "runs once" : container.Image is { } image ? $"from {(image.Context == "." ? "this folder" : image.Context)}" : container.Reference!;
        return new { Id = Id(container.Name), container.Name, What = container.Replicas > 1 ? $"{what}, {container.Replicas} times" : what, Before = before, After = after };
    }

    private static object Edges(ContainerPlan container) => new
    {
        Id = Id(container.Name),
        Ports = container.Production.Ports.Select(p => new { From = p.Loopback ? "LOCAL" : "CALLERS", p.Host }).ToImmutableArray(),
        Needs = container.DependsOn.Select(d => new { To = Id(d.Container), Arrow = d.Condition == DependencyCondition.Completed ? "-.->" : "-->" }).ToImmutableArray(),
    };

    /// <summary>In upper case a name is none of Mermaid's own words: <c>end</c>, <c>default</c>, <c>class</c>.</summary>
    private static string Id(string container) => $"C_{NameChecks.Variable(container)}";

    private static object Addresses(ContainerPlan container) => new
    {
        Rows = (container.Development?.Ports ?? []).Select(p => new
        {
            What = p.Comment is null ? container.Name : $"{container.Name}, {p.Comment}",
            // What is no application speaks a protocol of its own.
            Address = $"{(p.Comment is null && container.Role is not ContainerRole.Backing ? "http://" : "")}127.0.0.1:{p.Host}",
            p.Variable,
        }).ToImmutableArray(),
    };

    private static object Resources(ContainerPlan container) => new
    {
        container.Name,
        Replicas = container.Role == ContainerRole.OneShot ? "once" : $"{container.Replicas}",
        Cpus = container.Resources.Cpus.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture),
        Memory = container.Resources.Memory.ToString(),
        Reserved = container.Resources.ReservedMemory.ToString(),
    };

    private static string Origin(SecretPlan secret) => secret.Origin switch
    {
        SecretOrigin.Random => "made at random",
        SecretOrigin.Derived derived => $"follows from `{derived.Secret}`",
        _ => "you give it",
    };

    private static string Scope(VariableScope scope) => scope switch
    {
        VariableScope.Development => "development",
        VariableScope.Production => "production",
        _ => "both",
    };
}

using DuskStack.Planning;
using DuskStack.Templating;
using DuskStack.Tests.Snapshots;
using YamlDotNet.RepresentationModel;

namespace DuskStack.Tests.Outputs;

/// <summary>YAML is printed by templates: here it is parsed back and held against the Plan, value by value.</summary>
public sealed class ComposeSaysWhatThePlanSays
{
    public static TheoryData<string, string> Files() =>
    [
        .. from snapshot in SnapshotCase.All()
           where Directory.Exists(snapshot.Expected)
           from file in new[] { "compose.yaml", "compose.prod.yaml" }
           select new TheoryDataRow<string, string>(snapshot.Name, file),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_container_has_its_values(string name, string file)
    {
        SnapshotCase snapshot = SnapshotCase.All().Single(c => c.Name == name);
        Plan plan = snapshot.Run().Plan!;
        YamlMappingNode root = Load(snapshot.Actual()[$"expected/{file}"]);
        var services = (YamlMappingNode)root["services"];

        ContainerPlan[] containers = [.. plan.Containers.Where(c => c.Mode(file == "compose.prod.yaml") is not null)];
        Assert.Equal(containers.Select(c => c.Name), services.Children.Keys.Select(Text));
        foreach (ContainerPlan container in containers)
        {
            var service = (YamlMappingNode)services[container.Name];
            ModePlan mode = container.Mode(file == "compose.prod.yaml")!;
            Assert.Equal(mode.Environment.ToDictionary(e => e.Name, e => e.Value), Map(service, "environment"));
            Assert.Equal((mode.Command ?? []).Select(Escaping.Compose), List(service, "command").Select(w => w.TrimEnd('\n')), (a, b) => a.TrimEnd('\n') == b);
            Assert.Equal(mode.Entrypoint.Select(Escaping.Compose), List(service, "entrypoint"));
            Assert.Equal(mode.Secrets, List(service, "secrets"));
            Assert.Equal(mode.Networks, List(service, "networks"));
            Assert.Equal(mode.Tmpfs.Length, List(service, "tmpfs").Count());
            Assert.Equal(mode.Ports.Select(p => $"{(p.Loopback ? "127.0.0.1:" : "")}${{{p.Variable}:-{p.Host}}}:{p.Container}"), List(service, "ports"));
            Assert.Equal(container.DependsOn.Select(d => d.Container), service.Children.TryGetValue("depends_on", out YamlNode? waits) ? ((YamlMappingNode)waits).Children.Keys.Select(Text) : []);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Nothing_is_used_that_is_not_declared(string name, string file)
    {
        YamlMappingNode root = Load(SnapshotCase.All().Single(c => c.Name == name).Actual()[$"expected/{file}"]);
        var services = (YamlMappingNode)root["services"];
        string[] secrets = [.. Keys(root, "secrets")], networks = [.. Keys(root, "networks")], volumes = [.. Keys(root, "volumes")];
        foreach (YamlMappingNode service in services.Children.Values.Cast<YamlMappingNode>())
        {
            Assert.Subset(secrets.ToHashSet(), List(service, "secrets").ToHashSet());
            Assert.Subset(networks.ToHashSet(), List(service, "networks").ToHashSet());
            Assert.Subset(volumes.ToHashSet(), List(service, "volumes").Select(v => v.Split(':')[0]).ToHashSet());
            if (service.Children.TryGetValue("depends_on", out YamlNode? waits))
                Assert.Subset(services.Children.Keys.Select(Text).ToHashSet(), ((YamlMappingNode)waits).Children.Keys.Select(Text).ToHashSet());
        }
    }

    private static YamlMappingNode Load(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static IEnumerable<string> Keys(YamlMappingNode root, string key) => root.Children.TryGetValue(key, out YamlNode? map) ? ((YamlMappingNode)map).Children.Keys.Select(Text) : [];

    private static Dictionary<string, string> Map(YamlMappingNode service, string key) =>
        service.Children.TryGetValue(key, out YamlNode? map) ? ((YamlMappingNode)map).Children.ToDictionary(p => Text(p.Key), p => Text(p.Value)) : [];

    private static IEnumerable<string> List(YamlMappingNode service, string key) =>
        service.Children.TryGetValue(key, out YamlNode? list) ? ((YamlSequenceNode)list).OfType<YamlScalarNode>().Select(Text) : [];
}

using System.Text;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Planning;

namespace DuskStack.Tests.Manifests;

/// <summary>A database or cache that runs elsewhere.</summary>
public sealed class ExternalServices
{
    /// <summary>Its owner may run what there is no image of here; a substitute for tests is then of another version.</summary>
    [Theory]
    [InlineData("postgres", "14")]
    [InlineData("redis", "6")]
    [InlineData("valkey", "7")]
    public void May_be_of_a_version_that_is_not_known(string service, string version)
    {
        Generation generation = Run($"{service}: {{ external: true, version: {version} }}");
        Assert.Empty(generation.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Message));
        Assert.Equal(service, Assert.Single(generation.Plan!.Substitutes).Name);
        Assert.True(Run($"{service}: {{ version: {version} }}").HasErrors);
    }

    private static Generation Run(string section)
    {
        string service = section[..section.IndexOf(':', StringComparison.Ordinal)];
        var text = new SourceText("duskstack.yaml", Encoding.UTF8.GetBytes($"version: 1\nname: shop\nservices: {{ api: {{ stack: node, needs: [{service}] }} }}\n{section}\n"));
        return Generator.Run(text, (_, _) => null, new Facts { Today = new(2026, 1, 1) });
    }
}

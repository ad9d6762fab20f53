using DuskStack.Stacks.Node;
using DuskStack.Templating;

namespace DuskStack.Tests.Stacks;

public sealed class NodeStarterFiles
{
    [Fact]
    public void Every_condition_is_about_a_file_that_exists()
    {
        string[] files = [.. TemplateSet.Names("stacks/node/starter/").Select(n => n["stacks/node/starter/".Length..]).Select(n => n.EndsWith(".hbs", StringComparison.Ordinal) ? n[..^4] : n)];
        Assert.Subset(files.ToHashSet(), NodeStarter.ConditionalPaths.ToHashSet());
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("postgres")]
    [InlineData("redis")]
    [InlineData("postgres-redis")]
    public void Every_set_of_dependencies_has_a_lockfile_for_each_package_manager(string set) =>
        Assert.Equal(["package-lock.json.hbs", "pnpm-lock.yaml", "yarn.lock"], TemplateSet.Names($"stacks/node/locks/{set}/").Select(Path.GetFileName));

    [Fact]
    public void No_lockfile_names_a_registry()
    {
        foreach (string name in TemplateSet.Names("stacks/node/locks/").Where(n => !n.EndsWith(".sh", StringComparison.Ordinal) && !n.EndsWith(".mjs", StringComparison.Ordinal)))
            Assert.DoesNotContain("\"resolved\"", TemplateSet.Text(name), StringComparison.Ordinal);
    }
}

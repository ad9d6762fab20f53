using DuskStack.Stacks.Node;
using DuskStack.Templating;

namespace DuskStack.Tests.Stacks;

public sealed class PackageManagerVersions
{
    /// <summary>Lockfiles are made by the versions that images install: package.json names them too.</summary>
    [Theory]
    [InlineData("pnpm")]
    [InlineData("yarn")]
    public void Lockfiles_are_made_by_the_version_that_images_install(string manager) =>
        Assert.Contains($"\n{manager}={NodePackageManager.Of(manager, null, 24).DefaultVersion}\n", TemplateSet.Text("stacks/node/locks/make.sh"), StringComparison.Ordinal);

    [Fact]
    public void An_old_node_gets_a_pnpm_that_runs_on_it() => Assert.StartsWith("10.", NodePackageManager.Of("pnpm", null, 20).DefaultVersion, StringComparison.Ordinal);
}

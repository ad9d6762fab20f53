using DuskStack.Stacks.Node;
using DuskStack.Templating;

namespace DuskStack.Tests.Stacks;

public sealed class NextjsStarterFiles
{
    [Fact]
    public void Each_package_manager_has_a_lockfile_that_names_no_registry()
    {
        string[] locks = [.. TemplateSet.Names("stacks/nextjs/locks/").Where(n => !n.EndsWith(".sh", StringComparison.Ordinal))];
        Assert.Equal(["package-lock.json.hbs", "pnpm-lock.yaml", "yarn.lock"], locks.Select(Path.GetFileName));
        Assert.All(locks, name => Assert.DoesNotContain("\"resolved\"", TemplateSet.Text(name), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pnpm")]
    [InlineData("yarn")]
    public void Lockfiles_are_made_by_the_version_that_images_install(string manager) =>
        Assert.Contains($"\n{manager}={NodePackageManager.Of(manager, null, 24).DefaultVersion}\n", TemplateSet.Text("stacks/nextjs/locks/make.sh"), StringComparison.Ordinal);
}

using Xunit;

namespace DuskStack.Containers.Tests.Workspaces;

/// <summary>Members of a uv workspace are installed where they lie, so that no edit of Python makes a new container.</summary>
public sealed class A_uv_workspace_in_development(UvDevelopment workspace) : IClassFixture<UvDevelopment>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestStack Stack => workspace.Stack;

    [EngineFact]
    public async Task Edits_of_the_service_and_of_a_shared_package_show_in_the_same_container()
    {
        Assert.Contains("from shared", await Stack.Client.GetStringAsync("/", Cancellation), StringComparison.Ordinal);
        string before = (await Stack.Project.Container("api", Cancellation)).Id;
        await ComposeWatch.During(Stack, async () =>
        {
            workspace.Folder.Edit("apps/api/src/main.py", "\"service\": \"api\"", "\"service\": \"edited\"");
            Assert.True(await ComposeWatch.Shows(Stack, "\"service\":\"edited\"", TimeSpan.FromSeconds(60), Cancellation));

            workspace.Folder.Edit("packages/shared/src/acme_shared/__init__.py", "from shared", "edited in shared");
            Assert.True(await ComposeWatch.Shows(Stack, "edited in shared", TimeSpan.FromSeconds(60), Cancellation));
        }, Cancellation);
        Assert.Equal(before, (await Stack.Project.Container("api", Cancellation)).Id);
    }

    [EngineFact]
    public async Task It_has_what_its_tests_need() =>
        Assert.Equal("tests", (await (await Stack.Project.Container("api", Cancellation)).Exec(["python", "-c", "import acme_testing, iniconfig, itsdangerous; print(acme_testing.HELPS)"], Cancellation)).Text);
}

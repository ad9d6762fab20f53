using Xunit;

namespace DuskStack.Containers.Tests.Workspaces;

/// <summary>What Compose's watch does with edits in a workspace.</summary>
public abstract class A_workspace_in_development(WorkspaceStack workspace)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestStack Stack => workspace.Stack;

    /// <summary>One watch for both: Compose allows one for a project.</summary>
    [EngineFact]
    public async Task Edits_of_the_service_and_of_a_shared_package_show()
    {
        Assert.Contains("from shared", await Stack.Client.GetStringAsync("/", Cancellation), StringComparison.Ordinal);
        string before = (await Stack.Project.Container("api", Cancellation)).Id;
        await ComposeWatch.During(Stack, async () =>
        {
            workspace.Folder.Edit("apps/api/src/server.ts", "service: 'api'", "service: 'edited'");
            Assert.True(await ComposeWatch.Shows(Stack, "\"service\":\"edited\"", TimeSpan.FromSeconds(30), Cancellation));
            Assert.Equal(before, (await Stack.Project.Container("api", Cancellation)).Id);

            workspace.Folder.Edit("packages/shared/src/index.ts", "from shared", "edited in shared");
            Assert.True(await ComposeWatch.Shows(Stack, "edited in shared", TimeSpan.FromSeconds(120), Cancellation));
        }, Cancellation);
    }
}

public sealed class An_npm_workspace_in_development(NpmDevelopment workspace) : A_workspace_in_development(workspace), IClassFixture<NpmDevelopment>;

public sealed class A_pnpm_workspace_in_development(PnpmDevelopment workspace) : A_workspace_in_development(workspace), IClassFixture<PnpmDevelopment>;

public sealed class A_yarn_workspace_in_development(YarnDevelopment workspace) : A_workspace_in_development(workspace), IClassFixture<YarnDevelopment>;

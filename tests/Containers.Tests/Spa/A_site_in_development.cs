using System.Net;
using DuskStack.Images;
using Xunit;

namespace DuskStack.Containers.Tests.Spa;

/// <summary>Vite's server in a container: the same paths and settings as production, and edits at once.</summary>
public sealed class A_site_in_development(DevelopmentSite project) : IClassFixture<DevelopmentSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    public async Task Shows_items_and_takes_over_an_edit_without_a_reload()
    {
        await using Browser browser = await Browser.Open();
        BrowserPage visit = await browser.Visit(project.Site);
        Assert.Equal("Board", await visit.Page.TitleAsync());
        await visit.Page.GetByLabel("Name").FillAsync("half a word");
        await visit.Shows("No items yet");

        string edited = project.Folder["services/web/src/ItemsPage.tsx"];
        project.Folder.Edit("services/web/src/ItemsPage.tsx", "No items yet.", "Nothing so far.");
        // As `compose watch` does it.
        (await TestEngine.Shared.Docker("cp", edited, $"{(await project.Stack.Project.Container("web", Cancellation)).Id}:/app/src/ItemsPage.tsx").Run(Cancellation)).OrThrow();
        await visit.Shows("Nothing so far");
        Assert.Equal("half a word", await visit.Page.GetByLabel("Name").InputValueAsync());
        Assert.Empty(visit.Complaints);
    }

    [EngineFact]
    public async Task Passes_streams_and_websockets_on_to_the_api()
    {
        using OpenConnections open = await OpenConnections.To(project.Site, Cancellation);
        Assert.Equal(HttpStatusCode.OK, (await project.Client.GetAsync("/apix", Cancellation)).StatusCode);
    }

    [EngineFact]
    public async Task Serves_the_settings_as_production_does()
    {
        HttpResponseMessage answer = await project.Client.GetAsync("/config.js", Cancellation);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal("globalThis.__CONFIG__ = {\"TITLE\":\"Board\"};\n", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [EngineFact]
    public async Task Runs_without_root_and_without_a_package_manager()
    {
        Container web = await project.Stack.Project.Container("web", Cancellation);
        Assert.Equal("10001", (await web.Exec(["id", "-u"], Cancellation)).Text);
        Assert.DoesNotContain(await web.Processes(ImageCatalog.Shared.Default("node", "slim").Reference, Cancellation), p => p.Command.Any(word => Path.GetFileName(word) is "npm" or "npx" or "npm-cli.js"));
    }
}

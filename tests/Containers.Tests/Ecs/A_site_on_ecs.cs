using DuskStack.Images;
using Xunit;

namespace DuskStack.Containers.Tests.Ecs;

/// <summary>Service Connect writes the names of services into /etc/hosts, which the resolver of nginx does not read.</summary>
public sealed class A_site_on_ecs
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineTheory]
    [InlineData(true, "404")]
    [InlineData(false, "502")]
    public async Task Passes_routes_on_to_a_name_of_etc_hosts(bool named, string status)
    {
        using var folder = new TestFolder("ecs-site");
        Rendered.Into(folder, "version: 1\nname: ferry\nservices:\n  api: { stack: node, port: 8080, routes: [/api] }\n  web: { stack: spa, port: 8090, needs: [api] }\ndeploy: { ecs: {} }\n");
        string image = ImageCatalog.Shared.Default("nginx", "alpine").Reference;
        // Any server does: it knows no /api, and says so itself.
        string api = (await TestEngine.Shared.Docker("run", "--detach", "--rm", image).Run(Cancellation)).Text;
        string web = "";
        try
        {
            string address = (await TestEngine.Shared.Docker("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", api).Run(Cancellation)).Text;
            string[] host = named ? ["--add-host", $"api:{address}"] : [];
            web = (await TestEngine.Shared.Docker([
                "run", "--detach", "--rm", "--read-only", "--tmpfs=/tmp", "--user=10001:10001", "--cap-drop=ALL", .. host,
                "--volume", $"{folder["services/web/nginx"]}/nginx.conf:/etc/nginx/nginx.conf:ro", "--volume", $"{folder["services/web/nginx"]}/start.sh:/start.sh:ro",
                "--entrypoint=sh", image, "/start.sh", "nginx"]).Run(Cancellation)).Text;
            string? answer = await Polling.Until(
                async () => (await TestEngine.Shared.Docker("exec", web, "wget", "-q", "-S", "-O", "-", "http://127.0.0.1:8090/api/items").Run(Cancellation)) is var asked && asked.Errors.Contains("HTTP/1.1 ", StringComparison.Ordinal) ? asked.Errors : null,
                TimeSpan.FromSeconds(30),
                Cancellation);
            Assert.Contains($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        }
        finally
        {
            await TestEngine.Shared.Docker("rm", "--force", api, web.Length > 0 ? web : api).Run(CancellationToken.None);
        }
    }
}

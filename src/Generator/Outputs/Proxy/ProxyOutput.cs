using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Outputs.Proxy;

/// <summary><c>nginx/</c>: the reverse proxy's configuration and what starts it.</summary>
public sealed class ProxyOutput : IOutput
{
    public IEnumerable<RenderedFile> Render(Plan plan)
    {
        if (plan.Proxy is not { } proxy)
            return [];
        object start = new { Tls = proxy.Tls is not null, Certificates = proxy.Tls is { OwnFiles: true } };
        return
        [
            RenderedFile.Of("nginx/nginx.conf", "nginx/nginx.conf", TemplateSet.Shared.RenderSections("nginx/nginx.conf", ProxyConfiguration.Of(plan.Name, proxy))),
            Copy("errors.conf"),
            RenderedFile.Of("nginx/start.sh", "nginx/start.sh", TemplateSet.Shared.RenderSections("nginx/start.sh", start)),
            Copy("custom/server.conf", FileClass.Once),
            .. proxy.Tls is { OwnFiles: true } ? [Copy("certs/README.md")] : Array.Empty<RenderedFile>(),
        ];
    }

    private static RenderedFile Copy(string file, FileClass owner = FileClass.Managed) => new($"nginx/{file}", TemplateSet.Text($"nginx/{file}"), $"nginx/{file}", owner);
}

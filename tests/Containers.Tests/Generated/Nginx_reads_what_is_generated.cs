using DuskStack.Containers.Verification.Lint;
using DuskStack.Images;
using Xunit;

namespace DuskStack.Containers.Tests.Generated;

/// <summary>Configurations of nginx, read by the image that they run in and by a scanner for mistakes of security.</summary>
public sealed class Nginx_reads_what_is_generated
{
    /// <summary>https://github.com/dvershinin/gixy, of these tests alone.</summary>
    private static readonly string Gixy = $"FROM {ImageCatalog.Shared.Default("python", "slim").Reference}\nRUN pip install --no-cache-dir gixy-ng==0.2.59\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineTheory]
    [MemberData(nameof(Trees))]
    public async Task Nginx_has_nothing_to_say(string tree)
    {
        using TestFolder folder = GeneratedTree.Named(tree);
        foreach (string server in Servers(folder))
        {
            ProcessOutcome test = await Test(folder, server);
            Assert.True(NginxTest.IsFine(test), test.Errors);
        }
    }

    [EngineTheory]
    [InlineData("listen 8443 ssl;", "listen 8443 ssl http2;")]
    [InlineData("server_name board.example.com;", "server_name board.example.com board.example.com;")]
    [InlineData("gzip_vary on;", "gzip_very on;")]
    public async Task Nginx_speaks_up_about_a_mistake(string before, string after)
    {
        using TestFolder folder = GeneratedTree.Named("snapshot proxy-files");
        folder.Edit("nginx/nginx.conf", before, after);
        Assert.False(NginxTest.IsFine(await Test(folder, "nginx")));
    }

    private static Task<ProcessOutcome> Test(TestFolder folder, string server) => NginxTest.Run(TestEngine.Shared, folder[server], Cancellation);

    [EngineFact]
    public async Task Gixy_finds_nothing()
    {
        await BuildGixy();
        foreach (string tree in Trees().Select(t => t.Data))
        {
            using TestFolder folder = GeneratedTree.Named(tree);
            foreach (string server in Servers(folder))
            {
                ProcessOutcome scan = await Scan(folder, server);
                Assert.True(scan.Succeeded && scan.Output.Contains("No issues found", StringComparison.Ordinal), $"{tree}: {scan.Output}{scan.Errors}");
            }
        }
    }

    [EngineTheory]
    [InlineData("add_header_inherit merge;", "", "add_header_redefinition")]
    [InlineData("server_tokens off;", "", "version_disclosure")]
    [InlineData("deny all;", "", "status_page_exposed")]
    public async Task Gixy_speaks_up_about_a_mistake(string before, string after, string finding)
    {
        await BuildGixy();
        using TestFolder folder = GeneratedTree.Named("snapshot proxy-files");
        folder.Edit("nginx/nginx.conf", before, after);
        Assert.Contains(finding, (await Scan(folder, "nginx")).Output, StringComparison.Ordinal);
    }

    private static async Task BuildGixy()
    {
        using var context = new TestFolder("gixy");
        context.Write("Dockerfile", Gixy);
        (await TestEngine.Shared.Docker("build", "--quiet", "--tag", "duskstack-tests-gixy", context.Path).Run(Cancellation)).OrThrow();
    }

    private static async Task<ProcessOutcome> Scan(TestFolder folder, string server)
    {
        Certify(folder, server);
        return await TestEngine.Shared.Docker("run", "--rm", "--volume", $"{folder[server]}:/etc/nginx:ro", "duskstack-tests-gixy", "sh", "/etc/nginx/start.sh", "gixy", "/etc/nginx/nginx.conf").Run(Cancellation);
    }

    /// <summary>The trees with a web server.</summary>
    public static TheoryData<string> Trees()
    {
        var names = new TheoryData<string>();
        foreach (GeneratedTree tree in GeneratedTree.All)
        {
            using TestFolder folder = tree.Write();
            if (Servers(folder).Any())
                names.Add(tree.Row("nginx"));
        }

        return names;
    }

    private static void Certify(TestFolder folder, string server)
    {
        if (Directory.Exists(folder[$"{server}/certs"]))
            TestCertificate.Write(folder, $"{server}/certs", "shop.example.com");
    }

    private static IEnumerable<string> Servers(TestFolder folder) => GeneratedTree.Files(folder, "nginx.conf").Select(f => Path.GetDirectoryName(f)!);
}

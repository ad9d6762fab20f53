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
            ProcessOutcome test = await TestEngine.Shared.Docker(
                "run", "--rm", "--network=none", "--read-only", "--tmpfs=/tmp", "--user=10001:10001", "--cap-drop=ALL",
                "--volume", $"{folder[server]}/nginx.conf:/etc/nginx/nginx.conf:ro", "--volume", $"{folder[server]}/start.sh:/start.sh:ro", "--entrypoint=sh",
                ImageCatalog.Shared.Default("nginx", "alpine").Reference, "/start.sh", "nginx", "-t").Run(Cancellation);
            Assert.Equal("nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file /etc/nginx/nginx.conf test is successful", test.Errors.Trim());
        }
    }

    [EngineFact]
    public async Task Gixy_finds_nothing()
    {
        using var context = new TestFolder("gixy");
        context.Write("Dockerfile", Gixy);
        (await TestEngine.Shared.Docker("build", "--quiet", "--tag", "duskstack-tests-gixy", context.Path).Run(Cancellation)).OrThrow();
        foreach (string tree in Trees().Select(t => t.Data))
        {
            using TestFolder folder = GeneratedTree.Named(tree);
            foreach (string server in Servers(folder))
            {
                ProcessOutcome scan = await TestEngine.Shared.Docker("run", "--rm", "--volume", $"{folder[server]}:/etc/nginx:ro", "duskstack-tests-gixy", "sh", "/etc/nginx/start.sh", "gixy", "/etc/nginx/nginx.conf").Run(Cancellation);
                Assert.True(scan.Succeeded && scan.Output.Contains("No issues found", StringComparison.Ordinal), $"{tree}: {scan.Output}{scan.Errors}");
            }
        }
    }

    /// <summary>The trees with a web server.</summary>
    public static TheoryData<string> Trees()
    {
        var names = new TheoryData<string>();
        foreach (GeneratedTree tree in GeneratedTree.All)
        {
            using TestFolder folder = tree.Write();
            if (Servers(folder).Any())
                names.Add(tree.Name);
        }

        return names;
    }

    private static IEnumerable<string> Servers(TestFolder folder) => GeneratedTree.Files(folder, "nginx.conf").Select(f => Path.GetDirectoryName(f)!);
}

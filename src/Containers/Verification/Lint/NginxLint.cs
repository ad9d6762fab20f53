using System.Runtime.CompilerServices;
using DuskStack.Images;

namespace DuskStack.Containers.Verification.Lint;

/// <summary>Configurations of nginx, read by the image that they run in.</summary>
public static class NginxLint
{
    public static async IAsyncEnumerable<Finding> Test(LintedProject project, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (string path in project.Paths(p => Path.GetFileName(p) == "nginx.conf"))
        {
            if (project.Engine is not { } engine)
            {
                yield return new(path, Verdict.NotRun(project.NoEngine));
                continue;
            }

            ProcessOutcome outcome = await NginxTest.Run(engine, project.At(Path.GetDirectoryName(path)!), cancellation);
            yield return new(path, NginxTest.IsFine(outcome)
                ? Verdict.Passed("nothing to say")
                : Tool.Judge(outcome with { ExitCode = Math.Max(1, outcome.ExitCode) }, "", $"nginx says: {Complaint(outcome.Errors)}"));
        }
    }

    private static string Complaint(string errors) => errors.Split('\n').FirstOrDefault(l => l.Contains("[emerg]", StringComparison.Ordinal) || l.Contains("[warn]", StringComparison.Ordinal)) ?? Tool.LastLine(errors);
}

/// <summary><c>nginx -t</c> as the containers start nginx.</summary>
public static class NginxTest
{
    private const string Fine = "nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file /etc/nginx/nginx.conf test is successful";

    /// <summary>It accepts it, and warns of nothing.</summary>
    public static bool IsFine(ProcessOutcome outcome) => outcome.Succeeded && outcome.Errors.Trim().Replace("/tmp/nginx.conf", "/etc/nginx/nginx.conf", StringComparison.Ordinal) == Fine;

    /// <param name="engine">Runs it.</param>
    /// <param name="folder">With nginx.conf and start.sh. Where it has a folder <c>certs</c>, a throw-away certificate is written into it.</param>
    /// <param name="cancellation">Ends it.</param>
    public static Task<ProcessOutcome> Run(Engine engine, string folder, CancellationToken cancellation)
    {
        // A proxy's folder is mounted as a whole; of a site's, the rest is the image's.
        string[] mounts = File.Exists(Path.Combine(folder, "errors.conf"))
            ? ["--user=101:101", "--volume", $"{folder}:/etc/nginx:ro"]
            : ["--user=10001:10001", "--volume", $"{folder}/nginx.conf:/etc/nginx/nginx.conf:ro", "--volume", $"{folder}/start.sh:/etc/nginx/start.sh:ro"];
        if (Directory.Exists(Path.Combine(folder, "certs")))
            ThrowAwayCertificate.Write(Path.Combine(folder, "certs"), "shop.example.com");
        return engine.Docker(["run", "--rm", "--network=none", "--read-only", "--tmpfs=/tmp", "--cap-drop=ALL", .. mounts, ImageCatalog.Shared.Default("nginx", "alpine").Reference, "sh", "/etc/nginx/start.sh", "nginx", "-t"]).Run(cancellation);
    }
}

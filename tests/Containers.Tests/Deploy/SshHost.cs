using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DuskStack.Containers.Tests.Deploy;

/// <summary>"The machine that production runs on": an sshd of this machine's on loopback, with keys, a configuration and a folder of its own.</summary>
public sealed class SshHost : IDisposable
{
    private const string Server = "/usr/sbin/sshd";
    private readonly TestFolder folder = new("ssh");
    private readonly int port;
    private int process;

    private SshHost(int port) => this.port = port;

    public static bool IsThere => File.Exists(Server);

    /// <summary>Where production lies on it.</summary>
    public string Folder => folder["production"];

    /// <summary>For DEPLOY_SSH_OPTIONS.</summary>
    public string Options => $"-p {port} -i {folder["user"]} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR";

    /// <param name="environment">What every command on it gets: the engine, ports.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<SshHost> Start(ImmutableDictionary<string, string?> environment, CancellationToken cancellation)
    {
        var host = new SshHost(FreePort());
        try
        {
            await host.Serve(environment, cancellation);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (process != 0)
        {
            using Process server = Process.GetProcessById(process);
            server.Kill();
        }

        folder.Dispose();
    }

    private async Task Serve(ImmutableDictionary<string, string?> environment, CancellationToken cancellation)
    {
        foreach (string key in new[] { "host", "user" })
            (await new ProcessCall("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", folder[key]]).Run(cancellation)).OrThrow();
        Directory.CreateDirectory("/run/sshd");
        folder.Write("sshd_config",
            $"""
            Port {port}
            ListenAddress 127.0.0.1
            HostKey {folder["host"]}
            AuthorizedKeysFile {folder["user.pub"]}
            PasswordAuthentication no
            StrictModes no
            UsePAM no
            PidFile {folder["pid"]}
            SetEnv {string.Join(' ', environment.Select(v => $"{v.Key}={v.Value}"))}

            """);
        (await new ProcessCall(Server, ["-f", folder["sshd_config"], "-E", folder["log"]]).Run(cancellation)).OrThrow();
        string pid = await Polling.Until(Written, TimeSpan.FromSeconds(20), cancellation)
            ?? throw new InvalidOperationException($"sshd did not start:\n{await File.ReadAllTextAsync(folder["log"], cancellation)}");
        process = int.Parse(pid, CultureInfo.InvariantCulture);

        async Task<string?> Written() => File.Exists(folder["pid"]) && await File.ReadAllTextAsync(folder["pid"], cancellation) is { Length: > 1 } text ? text : null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

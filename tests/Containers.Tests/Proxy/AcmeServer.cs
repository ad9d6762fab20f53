using System.Security.Cryptography.X509Certificates;
using DuskStack.Images;

namespace DuskStack.Containers.Tests.Proxy;

/// <summary>Pebble, a small ACME server, as one more service beside a generated project: compose.acme.yaml holds both.</summary>
public static class AcmeServer
{
    public const string ComposeFile = "compose.acme.yaml";

    /// <summary>Variable with the port at which it hands out its root certificate.</summary>
    public const string ManagementPort = "PEBBLE_PORT";

    /// <param name="folder">The project, with compose.prod.yaml.</param>
    /// <param name="names">Names by which Pebble finds the proxy; on the internet DNS does that.</param>
    public static void Write(TestFolder folder, params string[] names)
    {
        string program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(p => Path.Combine(p, "pebble")).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("the program `pebble` is not on the PATH");
        folder.Write("pebble/config.json", """{ "pebble": { "listenAddress": "0.0.0.0:14000", "managementListenAddress": "0.0.0.0:15000", "certificate": "/pebble/fullchain.pem", "privateKey": "/pebble/privkey.pem", "httpPort": 8080, "tlsPort": 8443 } }""");
        File.Copy(program, folder["pebble/pebble"]);
        TestCertificate.Write(folder, "pebble", "pebble");

        folder.Write(ComposeFile, "include:\n  - path: [compose.prod.yaml, compose.pebble.yaml]\n");
        folder.Write("compose.pebble.yaml",
            $$"""
            services:
              proxy:
                networks:
                  edge:
                    aliases: [{{string.Join(", ", names)}}]
              certbot:
                environment: { REQUESTS_CA_BUNDLE: /pebble/fullchain.pem }
                volumes: ["./pebble:/pebble:ro"]
              pebble:
                image: {{ImageCatalog.Shared.Default("nginx", "alpine").Reference}}
                entrypoint: [/pebble/pebble, -config, /pebble/config.json]
                environment: { PEBBLE_VA_NOSLEEP: "1", PEBBLE_WFE_NONCEREJECT: "0" }
                volumes: ["./pebble:/pebble:ro"]
                networks: [edge]
                ports: ["127.0.0.1:${{{ManagementPort}}}:15000"]

            """);
    }

    /// <summary>The root of what it issues, new with each start.</summary>
    public static async Task<X509Certificate2> Root(int port, CancellationToken cancellation)
    {
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=pebble" };
        using var client = new HttpClient(handler);
        return X509Certificate2.CreateFromPem(await client.GetStringAsync($"https://127.0.0.1:{port}/roots/0", cancellation));
    }
}

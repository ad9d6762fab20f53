using System.Collections.Immutable;
using DuskStack.Images;
using DuskStack.Manifests;

namespace DuskStack.Planning.Proxy;

/// <summary>certbot, which fetches and renews the certificate; see docs/decisions/0020.</summary>
public static class CertbotPlanning
{
    /// <summary>Its Compose name.</summary>
    public const string Container = "certbot";

    /// <summary>The volume as the proxy sees it.</summary>
    private const string Volume = "certificates", Folder = "/var/lib/certificates";

    /// <summary>One certificate for all names; certbot keeps it under the first.</summary>
    public static ProxyTls Tls(ProxySection section, IEnumerable<string> hosts)
    {
        ImmutableArray<string> domains = [.. hosts];
        string live = $"{Folder}/letsencrypt/live/{domains[0]}";
        return new($"{live}/fullchain.pem", $"{live}/privkey.pem", OwnFiles: false, new(Folder + "/webroot", domains, section.Email?.Value, section.Acme?.Value));
    }

    /// <summary>What the proxy mounts.</summary>
    public static MountPlan Mount { get; } = new(Volume, Folder, File: false, ReadOnly: true);

    public static SectionParts Parts(Manifest manifest, ProxyAcme acme)
    {
        BaseImage image = ImageCatalog.Shared.Default("certbot");
        // The user of nginx, which reads the key.
        string user = ImageCatalog.Shared.Default("nginx", "alpine").User;
        ImmutableArray<string> probe = ["CMD", "test", "-e", $"/tmp/letsencrypt/live/{acme.Domains[0]}/fullchain.pem"];
        ContainerPlan container = new()
        {
            Name = Container,
            Role = ContainerRole.Operations,
            Comment = "Fetches the certificate and renews it. Healthy as soon as there is one.",
            Image = null,
            Reference = ImagePlanning.Reference(image, manifest.Images),
            Port = null,
            Health = new HealthPlan.Check(probe, probe, HealthTiming.Application with { StartPeriod = TimeSpan.FromMinutes(2) }),
            DependsOn = [new(ProxyPlan.Container, DependencyCondition.Healthy, Restarts: false)],
            StopGrace = TimeSpan.FromSeconds(10),
            Replicas = 1,
            Resources = ResourcePlanning.Plan(new(), ByteSize.Mebibytes(128)),
            Logs = LogsPlan.Default,
            Development = null,
            Production = new()
            {
                Entrypoint = ["sh", "/certbot.sh"],
                Mounts =
                [
                    new("./nginx/certbot.sh", "/certbot.sh", File: true),
                    new(Volume, "/tmp", File: false, Comment: "At /tmp, the one folder of the image where every user may write: a new volume takes over its mode."),
                ],
                Tmpfs = [new("/run/certbot", ByteSize.Mebibytes(8), "0700", UserId.Parse(user))],
                Networks = [NetworkNames.Edge],
                User = user,
                ReadOnly = true,
                DropCapabilities = true,
            },
        };
        return new() { Containers = [container], Volumes = [new(Volume, "certificates, their keys, and the account at the certificate authority")] };
    }
}

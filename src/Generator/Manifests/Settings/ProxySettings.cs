using System.Collections.Immutable;
using DuskStack.Diagnostics;

namespace DuskStack.Manifests.Settings;

/// <summary><c>proxy:</c></summary>
public static class ProxySettings
{
    public static readonly Setting<string> Domain = new("domain", ValueTypes.Domain) { Summary = "Domain under which the product is reached.", DefaultInWords = "any", Example = "shop.example.com" };
    public static readonly Setting<string> Tls = new("tls", new ChoiceType("TLS mode", new Choice("none", "HTTP only, for development or behind another proxy"), new Choice("files", "certificate and key that you put into `nginx/certs/`"), new Choice("letsencrypt", "a certificate by ACME, renewed by itself"))) { Summary = "Where the certificate comes from.", Default = "none", Example = "letsencrypt" };
    public static readonly Setting<string> Email = new("email", ValueTypes.Email) { Summary = "Where Let's Encrypt writes to.", DefaultInWords = "none", Example = "ops@example.com" };
    public static readonly Setting<string> Acme = new("acme", ValueTypes.HttpsUrl) { Summary = "Directory of another ACME server.", DefaultInWords = "Let's Encrypt", Example = "https://acme.example.com/directory" };
    public static readonly Setting<ByteSize> BodySize = new("bodySize", ValueTypes.TransferSize) { Summary = "Largest request body, in binary units.", Default = "10m", Example = "10m" };
    public static readonly Setting<ImmutableArray<Located<string>>> Trusted = new("trusted", ValueTypes.Distinct(ValueTypes.Network)) { Summary = "Proxies in front of this one whose word about the client's address is believed.", DefaultInWords = "none", Example = "[10.0.0.0/8]" };
    // In nginx's double quotes: no quote, backslash, dollar or line end.
    public static readonly Setting<string> Csp = new("csp", new TextType("a content security policy, without double quotes, `$` and backslashes", "[A-Za-z0-9 :;.,*'/_=?&%+()@~#!-]+") { MaxLength = 4000 }) { Summary = "Content security policy that every page is sent with.", DefaultInWords = "a strict one", Example = "\"default-src 'self'\"" };
    public static readonly Setting<Resources> Resources = new("resources", ResourceSettings.Type) { Summary = "How much of the machine it may use in production." };
    public static readonly Setting<Logs> Logs = new("logs", LogSettings.Type) { Summary = "How the log is rotated." };

    public static readonly ObjectType<ProxySection> Type = new(
        new("proxy", "The reverse proxy, nginx, through which production is reached.", [Domain, Tls, Email, Acme, BodySize, Trusted, Csp, Resources, Logs])
        {
            MayBeEmpty = true,
            OtherWords = ComposeWords.OfServices.Remove("domain").AddRange(new Dictionary<string, string> { ["host"] = "domain", ["server_name"] = "domain", ["client_max_body_size"] = "bodySize", ["https"] = "tls", ["ssl"] = "tls", ["certificate"] = "tls", ["mail"] = "email" }),
            Example = "proxy: { domain: shop.example.com, tls: letsencrypt, email: ops@example.com, bodySize: 10m }",
        },
        Read);

    private static ProxySection Read(ObjectValues values)
    {
        var (tls, domain) = (values.Get(Tls), values.Get(Domain));
        if (tls?.Value == "letsencrypt" && values.Written(Domain) is null)
            values.Bag.Error(DiagnosticCodes.MissingKey, tls.Value.Span, "`tls: letsencrypt` needs a `domain`: a certificate is made for a name", "for example `domain: shop.example.com`");
        foreach (var setting in new Setting[] { Email, Acme })
            if (values.Written(setting) is { } written && tls is { Value: not "letsencrypt" } other && written.Key.Span.File == other.Span.File)
                values.Bag.Error(DiagnosticCodes.KeyDoesNotApply, written.Key.Span, $"`{setting.Name}` applies to `tls: letsencrypt` only", $"delete it; `tls` stands at {other.Span}");
        return new()
        {
            Key = values.Key,
            Domain = domain,
            Tls = tls,
            Email = values.Get(Email),
            Acme = values.Get(Acme),
            BodySize = values.Get(BodySize),
            Trusted = values.All(Trusted),
            Csp = values.Get(Csp),
            Resources = values.Get(Resources)?.Value ?? new(),
            Logs = values.Get(Logs)?.Value ?? new(),
        };
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DuskStack.Containers;

/// <summary>A certificate that its own key has signed, for what will not be trusted.</summary>
public static class ThrowAwayCertificate
{
    /// <summary>Writes <c>fullchain.pem</c> and <c>privkey.pem</c>, which everyone may read.</summary>
    public static void Write(string folder, params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (string name in names)
            alternatives.AddDnsName(name);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256) { CertificateExtensions = { alternatives.Build() } };
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "fullchain.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "privkey.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}

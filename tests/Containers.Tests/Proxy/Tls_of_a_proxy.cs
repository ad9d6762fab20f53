using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Xunit;

namespace DuskStack.Containers.Tests.Proxy;

/// <summary>What clients can agree upon with the proxy before anything is said.</summary>
[SuppressMessage("Security", "CA5398", Justification = "What a server agrees upon with each version is what is tested.")]
[Collection(nameof(ProxyStack))]
public sealed class Tls_of_a_proxy(ProxyStack stack)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineTheory]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256)]
    [InlineData(SslProtocols.Tls13, TlsCipherSuite.TLS_AES_128_GCM_SHA256)]
    [InlineData(SslProtocols.Tls13, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256)]
    public async Task Agrees_upon(SslProtocols protocol, TlsCipherSuite cipher)
    {
        using SslStream stream = await Connect(ProxyStack.Domain, protocol, cipher);
        Assert.Equal((protocol, cipher), (stream.SslProtocol, stream.NegotiatedCipherSuite));
        Assert.Equal(SslApplicationProtocol.Http2, stream.NegotiatedApplicationProtocol);
    }

    [EngineTheory]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA)]
    public async Task Refuses_a_weak_cipher(TlsCipherSuite cipher) =>
        await Assert.ThrowsAnyAsync<AuthenticationException>(() => Connect(ProxyStack.Domain, SslProtocols.Tls12, cipher));

    [EngineFact]
    public async Task Refuses_an_old_version()
    {
        ProcessOutcome handshake = await new ProcessCall("openssl", ["s_client", "-connect", $"127.0.0.1:{stack.HttpsPort}", "-servername", ProxyStack.Domain, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"]) { Input = "" }.Run(Cancellation);
        Assert.Contains("alert protocol version", handshake.Errors, StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task Has_no_certificate_for_other_names()
    {
        AuthenticationException refused = await Assert.ThrowsAnyAsync<AuthenticationException>(() => Connect("other.example.com", SslProtocols.Tls13));
        Assert.Contains("unrecognized name", refused.ToString(), StringComparison.OrdinalIgnoreCase);
        // By its address, without a name.
        await Assert.ThrowsAnyAsync<AuthenticationException>(() => Connect("127.0.0.1", SslProtocols.Tls12));
    }

    [EngineFact]
    public async Task Says_nothing_to_other_names_over_http_but_its_health()
    {
        using var client = new HttpClient(ProxyStack.Handler());
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync($"http://other.example.com:{stack.HttpPort}/", Cancellation));
        Assert.Equal("ok\n", await client.GetStringAsync($"http://127.0.0.1:{stack.HttpPort}/health", Cancellation));
    }

    private async Task<SslStream> Connect(string name, SslProtocols protocol, params TlsCipherSuite[] ciphers)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, stack.HttpsPort, Cancellation);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = name,
                    EnabledSslProtocols = protocol,
                    CipherSuitesPolicy = ciphers.Length == 0 || !OperatingSystem.IsLinux() ? null : new(ciphers),
                    ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
                    RemoteCertificateValidationCallback = ProxyStack.Anyone,
                },
                Cancellation);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }
}

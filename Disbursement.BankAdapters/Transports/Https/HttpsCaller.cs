using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Disbursement.BankAdapters.Seams;

namespace Disbursement.BankAdapters.Transports.Https;

/// <summary>A whole answer: its status and its bytes, within the link's bound.</summary>
internal sealed record HttpsAnswer(HttpStatusCode Status, byte[] Body);

/// <summary>Speaks HTTP/1.1 over TLS 1.2 or 1.3 with our certificate, to a server whose chain ends in a pinned root.
/// No redirect, cookie, proxy or decompression: an answer is what the bank's own server said.</summary>
internal sealed class HttpsCaller : IDisposable
{
    private readonly HttpClient _client;
    private readonly X509Certificate2? _ours;

    /// <param name="takesHouse">Whether plain HTTP is spoken too, to a machine in the house.</param>
    /// <exception cref="CryptographicException">A key or certificate of the link is not there or cannot be used.
    /// </exception>
    public HttpsCaller(HttpsLink link, IKeyRing keys, bool takesHouse = false)
    {
        var isHouse = false;
        if (!Uri.TryCreate(link.Address, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && !(isHouse = takesHouse && HouseAddress.Is(address))))
            throw new CryptographicException($"'{link.Address}' is no https address");
        _ours = isHouse ? null : Ours(keys, link.ClientKey);
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // A bank's own root publishes no revocation list that could be had here: its change is a change of pins.
            RevocationMode = X509RevocationMode.NoCheck,
        };
        foreach (var root in isHouse ? [] : link.ServerRoots) trust.CustomTrustStore.Add(Root(keys, root));
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(link.ConnectSeconds),
            MaxResponseHeadersLength = 16,
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ClientCertificates = _ours is null ? [] : [_ours],
                CertificateChainPolicy = trust,
            },
        };
        _client = new HttpClient(handler)
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(link.AnswerSeconds),
            MaxResponseContentBufferSize = link.MaxBytes,
            DefaultRequestVersion = HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    /// <summary>One question and its whole answer; may throw the classes of <see cref="HttpsFaults"/>.</summary>
    public HttpsAnswer Ask(HttpMethod method, string path, HttpContent? content = null, bool onlyIfNew = false)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (onlyIfNew) request.Headers.IfNoneMatch.ParseAdd("*");
        using var answer = _client.SendAsync(request, HttpCompletionOption.ResponseContentRead)
            .ConfigureAwait(false).GetAwaiter().GetResult();
        return new HttpsAnswer(answer.StatusCode,
            answer.Content.ReadAsByteArrayAsync().ConfigureAwait(false).GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        _client.Dispose();
        _ours?.Dispose();
    }

    private static X509Certificate2 Ours(IKeyRing keys, string name)
    {
        var certificate = keys.CertificatePem(name);
        var key = keys.PrivateKeyPem(name);
        if (certificate is null || key is null)
            throw new CryptographicException($"the key ring has no key and certificate '{name}'");
        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (ArgumentException unusable)
        {
            throw new CryptographicException($"the key '{name}' cannot be used: {unusable.Message}", unusable);
        }
    }

    private static X509Certificate2 Root(IKeyRing keys, string name) =>
        X509Certificate2.CreateFromPem(keys.CertificatePem(name)
            ?? throw new CryptographicException($"the key ring has no certificate '{name}'"));
}

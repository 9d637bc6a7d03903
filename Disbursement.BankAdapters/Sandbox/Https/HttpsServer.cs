using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Disbursement.BankAdapters.Sandbox.Https;

/// <summary>The bank's HTTPS server on loopback: mutual TLS, one customer, HTTP/1.1 of its own.</summary>
public sealed class HttpsServer : IDisposable
{
    private readonly HttpListening _listening;

    /// <param name="certificatePem">The bank's certificate, with those of its chain behind it.</param>
    /// <param name="customerPem">The customer's certificate: nobody else is spoken to.</param>
    /// <param name="strikes">Whether the upload of a file meets with a behaviour; null for a server that always
    /// holds.</param>
    /// <param name="netSafe">What the customer's files are signed with on their way, of a bank that takes posts; null
    /// for one with two folders as pages.</param>
    public HttpsServer(Exchange exchange, string certificatePem, string keyPem, string customerPem,
        Func<Behaviour, string, bool>? strikes = null, NetSafeKey? netSafe = null)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificatePem);
        using var pair = X509Certificate2.CreateFromPem(certificatePem, keyPem);
        using var customer = X509Certificate2.CreateFromPem(customerPem);
        var customerBytes = customer.RawData;
        var tls = new SslServerAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ServerCertificateContext = SslStreamCertificateContext.Create(
                X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null), chain, offline: true),
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, shown, _, _) =>
                shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(customerBytes),
        };
        IPages pages = netSafe is null ? new ExchangePages(exchange) : new PostServlet(exchange, netSafe);
        _listening = new HttpListening(pages, tls, strikes ?? ((_, _) => false)).Started();
    }

    /// <summary>The port the kernel gave.</summary>
    public int Port => _listening.Port;

    public void Dispose() => _listening.Dispose();
}

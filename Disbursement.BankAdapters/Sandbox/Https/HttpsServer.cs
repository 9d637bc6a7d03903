using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Disbursement.BankAdapters.Sandbox.Https;

/// <summary>The bank's HTTPS server on loopback: mutual TLS, one customer, HTTP/1.1 of its own.</summary>
public sealed class HttpsServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SslServerAuthenticationOptions _tls;
    private readonly ExchangePages _pages;
    private readonly Func<Behaviour, string, bool> _strikes;
    private readonly CancellationTokenSource _stop = new();

    /// <param name="certificatePem">The bank's certificate, with those of its chain behind it.</param>
    /// <param name="customerPem">The customer's certificate: nobody else is spoken to.</param>
    /// <param name="strikes">Whether the upload of a file meets with a behaviour; null for a server that always
    /// holds.</param>
    public HttpsServer(Exchange exchange, string certificatePem, string keyPem, string customerPem,
        Func<Behaviour, string, bool>? strikes = null)
    {
        _strikes = strikes ?? ((_, _) => false);
        _pages = new ExchangePages(exchange);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificatePem);
        using var pair = X509Certificate2.CreateFromPem(certificatePem, keyPem);
        using var customer = X509Certificate2.CreateFromPem(customerPem);
        var customerBytes = customer.RawData;
        _tls = new SslServerAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ServerCertificateContext = SslStreamCertificateContext.Create(
                X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null), chain, offline: true),
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, shown, _, _) =>
                shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(customerBytes),
        };
        _listener.Start();
        _ = Accept();
    }

    /// <summary>The port the kernel gave.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
                _ = Task.Run(() => Serve(client));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the bank closes
        }
    }

    private bool Strikes(Behaviour behaviour, string method, string path) =>
        _pages.Upload(method, path) is { } name && _strikes(behaviour, name);

    private void Serve(TcpClient client)
    {
        try
        {
            using (client)
            using (var tls = new SslStream(client.GetStream()))
            {
                client.ReceiveTimeout = client.SendTimeout = 30_000;
                tls.AuthenticateAsServer(_tls);
                while (HttpRequest.Read(tls, (method, path) => Strikes(Behaviour.TornUpload, method, path))
                    is { } request)
                {
                    // Asked before the file stands: from then on the bank may take it at any moment.
                    var isLost = Strikes(Behaviour.LostReply, request.Method, request.Path);
                    var reply = _pages.Answer(request);
                    if (isLost) return;
                    reply.Write(tls, withBody: request.Method != "HEAD");
                }
            }
        }
        catch (Exception broken) when (broken is IOException or AuthenticationException or InvalidDataException
            or SocketException or FormatException or OverflowException or ArgumentException)
        {
            // one customer's broken line is no matter of the bank's
        }
    }
}

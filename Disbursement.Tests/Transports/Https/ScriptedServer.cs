using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Disbursement.Tests.Transports.Https;

/// <summary>A TLS server that answers each request with what a test says: null, and it keeps silent.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string?> _answer;
    private readonly SslStreamCertificateContext _certificate;

    /// <param name="answer">Request line → the raw answer; empty closes the line.</param>
    public ScriptedServer(Func<string, string?> answer)
    {
        _answer = answer;
        var pem = File.ReadAllText(Path.Combine(HttpsRig.KeyFolder, "server.pem"));
        using var pair = X509Certificate2.CreateFromPem(pem,
            File.ReadAllText(Path.Combine(HttpsRig.KeyFolder, "server.key.pem")));
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(pem);
        _certificate = SslStreamCertificateContext.Create(
            X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null), chain, offline: true);
        _listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => Serve(client));
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private void Serve(TcpClient client)
    {
        try
        {
            using var tls = new SslStream(client.GetStream());
            tls.AuthenticateAsServer(new SslServerAuthenticationOptions { ServerCertificateContext = _certificate });
            var (buffer, seen) = (new byte[4096], "");
            while (tls.Read(buffer) is var count && count > 0)
            {
                seen += Encoding.UTF8.GetString(buffer, 0, count);
                if (!seen.Contains("\r\n\r\n", StringComparison.Ordinal)) continue;
                // The body comes in the same packet or the next one; a moment is enough on loopback.
                Thread.Sleep(50);
                var said = _answer(seen[..seen.IndexOf('\r', StringComparison.Ordinal)]);
                seen = "";
                if (said is null) continue;
                tls.Write(Encoding.ASCII.GetBytes(said));
                tls.Flush();
                break;
            }
            if (_answer("") is null) Thread.Sleep(3_000);
            tls.ShutdownAsync().Wait();
            client.Dispose();
        }
        catch (Exception broken) when (broken is IOException or AuthenticationException or SocketException
            or AggregateException or ObjectDisposedException)
        {
            client.Dispose();
        }
    }
}

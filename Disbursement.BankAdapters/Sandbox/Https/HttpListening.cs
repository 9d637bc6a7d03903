using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Disbursement.BankAdapters.Sandbox.Https;

/// <summary>HTTP/1.1 of its own on a port of loopback that the kernel gives.</summary>
/// <param name="tls">Null for plain HTTP, which only a machine in the customer's house speaks.</param>
/// <param name="strikes">Whether the upload of a file meets with a behaviour.</param>
internal sealed class HttpListening(IPages pages, SslServerAuthenticationOptions? tls,
    Func<Behaviour, string, bool> strikes) : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public HttpListening Started()
    {
        _listener.Start();
        _ = Accept();
        return this;
    }

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

    private bool Strikes(Behaviour behaviour, string method, string path, string query) =>
        pages.Upload(method, path, query) is { } name && strikes(behaviour, name);

    private void Serve(TcpClient client)
    {
        try
        {
            using (client)
            {
                client.ReceiveTimeout = client.SendTimeout = 30_000;
                using var line = Line(client);
                while (HttpRequest.Read(line, (method, path, query) =>
                    Strikes(Behaviour.TornUpload, method, path, query)) is { } request)
                {
                    // Asked before the file stands: from then on the bank may take it at any moment.
                    var isLost = Strikes(Behaviour.LostReply, request.Method, request.Path, request.Query);
                    var reply = pages.Answer(request);
                    if (isLost) return;
                    reply.Write(line, withBody: request.Method != "HEAD");
                }
            }
        }
        catch (Exception broken) when (broken is IOException or AuthenticationException or InvalidDataException
            or SocketException or FormatException or OverflowException or ArgumentException)
        {
            // one customer's broken line is no matter of the bank's
        }
    }

    private Stream Line(TcpClient client)
    {
        if (tls is null) return client.GetStream();
        var line = new SslStream(client.GetStream());
        line.AuthenticateAsServer(tls);
        return line;
    }
}

using System.Net;
using System.Net.Sockets;

namespace Disbursement.BankAdapters.Sandbox.Sftp;

/// <summary>A line to the bank's SFTP server that breaks while a file is uploaded, or once it stands and before that is
/// said. It sees no more than the bank's own folder: what goes over the line is encrypted.</summary>
/// <remarks>A file arrives under <c>.NAME.tmp</c> and is renamed (specs/transports.md).</remarks>
public sealed class UploadLine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Exchange _exchange;
    private readonly int _server;
    private readonly Func<Behaviour, string, bool> _strikes;
    private readonly Lock _turn = new();
    private readonly HashSet<(Behaviour, string)> _judged = [];
    private readonly HashSet<string> _lost = [];

    /// <param name="server">Port of the SFTP server on this machine.</param>
    /// <param name="strikes">Whether the upload of a file meets with a behaviour.</param>
    public UploadLine(Exchange exchange, int server, Func<Behaviour, string, bool> strikes)
    {
        (_exchange, _server, _strikes) = (exchange, server, strikes);
        _listener.Start();
        _ = Accept();
    }

    /// <summary>The port the kernel gave.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var customer = await _listener.AcceptSocketAsync().ConfigureAwait(false);
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await server.ConnectAsync(IPAddress.Loopback, _server).ConfigureAwait(false);
                _ = Task.Run(() => Carry(customer, server, Tears));
                _ = Task.Run(() => Carry(server, customer, Loses));
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // the line is taken down, or there is no server
        }
    }

    /// <summary>Carries bytes one way until the line breaks.</summary>
    private void Carry(Socket from, Socket to, Func<bool> breaks)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (int count; (count = from.Receive(buffer)) > 0;)
            {
                lock (_turn)
                    if (breaks()) break;
                to.Send(buffer.AsSpan(0, count));
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // one side is gone: so is the other now
        }
        from.Dispose();
        to.Dispose();
    }

    /// <summary>On the way to the bank: whether a file that is arriving breaks off. What becomes of the reply is
    /// decided here too: once the file stands, the bank may take it at any moment.</summary>
    private bool Tears()
    {
        foreach (var name in Arriving())
        {
            if (IsStruck(Behaviour.TornUpload, name)) return true;
            if (IsStruck(Behaviour.LostReply, name)) _lost.Add(name);
        }
        return false;
    }

    /// <summary>On the way back: whether a file stands of which that is not to be said.</summary>
    private bool Loses() => _lost.RemoveWhere(name => File.Exists(Path.Combine(_exchange.Inbox, name))) > 0;

    private bool IsStruck(Behaviour behaviour, string name) =>
        _judged.Add((behaviour, name)) && _strikes(behaviour, name);

    private List<string> Arriving() => [.. new DirectoryInfo(_exchange.Inbox).EnumerateFiles(".*.tmp")
        .Select(file => file.Name[1..^4]).Where(_exchange.IsFile)];
}

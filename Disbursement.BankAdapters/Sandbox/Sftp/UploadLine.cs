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
    private readonly HashSet<(Behaviour, string)> _judged;

    /// <param name="server">Port of the SFTP server on this machine.</param>
    /// <param name="strikes">Whether the upload of a file meets with a behaviour.</param>
    public UploadLine(Exchange exchange, int server, Func<Behaviour, string, bool> strikes)
    {
        (_exchange, _server, _strikes) = (exchange, server, strikes);
        _judged = [.. Standing().Select(name => (Behaviour.LostReply, name)),
            .. Arriving().Select(name => (Behaviour.TornUpload, name))];
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
                _ = Task.Run(() => Carry(customer, server, Behaviour.TornUpload, Arriving));
                _ = Task.Run(() => Carry(server, customer, Behaviour.LostReply, Standing));
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // the line is taken down, or there is no server
        }
    }

    /// <summary>Carries bytes one way until a file that is new in the folder meets with the behaviour.</summary>
    private void Carry(Socket from, Socket to, Behaviour behaviour, Func<IEnumerable<string>> files)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (int count; (count = from.Receive(buffer)) > 0 && !Breaks(behaviour, files);)
                to.Send(buffer.AsSpan(0, count));
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // one side is gone: so is the other now
        }
        from.Dispose();
        to.Dispose();
    }

    private bool Breaks(Behaviour behaviour, Func<IEnumerable<string>> files)
    {
        lock (_turn)
            return files().Where(name => _judged.Add((behaviour, name))).ToList()
                .Exists(name => _strikes(behaviour, name));
    }

    private IEnumerable<string> Standing() => Names().Where(_exchange.IsFile);

    private IEnumerable<string> Arriving() => Names()
        .Where(name => name.StartsWith('.') && name.EndsWith(".tmp", StringComparison.Ordinal))
        .Select(name => name[1..^4]).Where(_exchange.IsFile);

    private IEnumerable<string> Names() =>
        new DirectoryInfo(_exchange.Inbox).EnumerateFiles().Select(file => file.Name);
}

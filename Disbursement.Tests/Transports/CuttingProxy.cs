using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Disbursement.Tests.Transports;

/// <summary>A line between us and a server on loopback that breaks where a test wants it to.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly int _target;
    private long _up;
    private long _down;

    public CuttingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes that went from us to the server, and back.</summary>
    public (long Up, long Down) Carried => (Interlocked.Read(ref _up), Interlocked.Read(ref _down));

    /// <summary>Asked before bytes go on to the server, with how many went already: how many of them may pass before
    /// both sides are cut; null for all.</summary>
    public Func<long, int, int?> Up { get; set; } = (_, _) => null;

    /// <summary>The same for what comes back.</summary>
    public Func<long, int, int?> Down { get; set; } = (_, _) => null;

    /// <summary>Instead of cutting, say nothing more and keep the line open.</summary>
    public bool FallsSilent { get; set; }

    public void CutUpAfter(long bytes) => Up = (before, count) => Allowed(bytes, before, count);

    public void CutDownAfter(long bytes) => Down = (before, count) => Allowed(bytes, before, count);

    public void Dispose()
    {
        _listener.Stop();
        foreach (var socket in _sockets) socket.Dispose();
    }

    private static int? Allowed(long limit, long before, int count) =>
        before + count <= limit ? null : (int)Math.Max(0, limit - before);

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                _sockets.Add(client);
                _sockets.Add(server);
                await server.ConnectAsync(IPAddress.Loopback, _target);
                _ = Carry(client, server, isUp: true);
                _ = Carry(server, client, isUp: false);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // the test is over, or the server is gone
        }
    }

    private async Task Carry(Socket from, Socket to, bool isUp)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (int count; (count = await from.ReceiveAsync(buffer)) > 0;)
            {
                var before = isUp ? Interlocked.Add(ref _up, count) - count : Interlocked.Add(ref _down, count) - count;
                var allowed = isUp ? Up(before, count) : Down(before, count);
                await to.SendAsync(buffer.AsMemory(0, allowed ?? count));
                if (allowed is null) continue;
                if (FallsSilent) return;
                break;
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // one side is gone: so is the other now
        }
        from.Dispose();
        to.Dispose();
    }
}

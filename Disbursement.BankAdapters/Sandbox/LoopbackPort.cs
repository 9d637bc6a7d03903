using System.Net;
using System.Net.Sockets;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>A port of this machine for a server that is started beside us.</summary>
public static class LoopbackPort
{
    /// <summary>One that nobody listens on; another program may take it before its server does.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

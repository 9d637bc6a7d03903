using System.Net;
using System.Net.Sockets;

namespace Disbursement.BankAdapters.Transports.Https;

/// <summary>Addresses of the house, to which a bank's own machine (前置机) is spoken to without TLS: it signs and encrypts
/// towards the bank itself.</summary>
internal static class HouseAddress
{
    /// <summary>Whether it is http to this machine or to a private network (RFC 1918, RFC 4193), said as numbers: a
    /// name may lead anywhere tomorrow.</summary>
    public static bool Is(Uri address) =>
        address.Scheme == Uri.UriSchemeHttp && IPAddress.TryParse(address.DnsSafeHost, out var host) && Is(host);

    private static bool Is(IPAddress host)
    {
        if (host.AddressFamily == AddressFamily.InterNetworkV6)
            return IPAddress.IsLoopback(host) || host.IsIPv6UniqueLocal;
        var bytes = host.GetAddressBytes();
        return bytes[0] is 127 or 10 || (bytes[0] == 192 && bytes[1] == 168)
            || (bytes[0] == 172 && bytes[1] is >= 16 and <= 31);
    }
}

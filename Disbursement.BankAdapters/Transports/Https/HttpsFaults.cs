using System.Collections.Frozen;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace Disbursement.BankAdapters.Transports.Https;

/// <summary>
/// Every exception class of HttpClient, TLS and sockets, mapped on purpose. What decides is not the class but whether
/// a byte of the body was handed to the connection: none, and nothing was sent; any, and only the bank can say. A
/// class that is not here is a defect: it is not caught, and the caller takes the send as Unknown.
/// </summary>
internal static class HttpsFaults
{
    public static readonly FrozenSet<Type> Classes = new[]
    {
        typeof(HttpRequestException), // every HttpRequestError
        typeof(HttpIOException), typeof(HttpProtocolException),
        typeof(TaskCanceledException), typeof(OperationCanceledException), typeof(TimeoutException),
        typeof(IOException), typeof(EndOfStreamException), typeof(SocketException), typeof(ObjectDisposedException),
        typeof(AuthenticationException), typeof(InvalidCredentialException),
        typeof(CryptographicException), // a key or certificate of ours that cannot be used
    }.ToFrozenSet();

    public static bool IsMapped(Exception fault) =>
        Classes.Contains(fault.GetType()) || fault is CryptographicException;

    public static string Words(Exception fault) => fault switch
    {
        HttpRequestException http => $"{http.HttpRequestError}: {http.InnerException?.Message ?? http.Message}",
        _ => $"{fault.GetType().Name}: {fault.Message}",
    };
}

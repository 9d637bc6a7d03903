using System.Net;
using System.Text;
using Disbursement.BankAdapters.Seams;

namespace Disbursement.BankAdapters.Transports.Https;

/// <summary>
/// The exchange of two folders as pages (specs/transports.md): PUT <c>to-bank/NAME</c> only if new, the signature
/// first; GET <c>from-bank/</c> for names, <c>from-bank/NAME</c> for a message; PUT <c>from-bank/.taken/NAME</c>. What
/// a send meets, and what it then says:
/// <list type="table">
/// <item><term>a name that is no name, more bytes than agreed</term><description>Refused</description></item>
/// <item><term>no connection, another root, a name the certificate has not, our key not there</term>
/// <description>NotSent</description></item>
/// <item><term>the signature's page is not taken, for whatever reason but other bytes under it</term>
/// <description>NotSent: the body was never offered</description></item>
/// <item><term>a fault before a byte of the body was handed to the connection</term>
/// <description>NotSent</description></item>
/// <item><term>200, 201 or 204 to the body</term><description>Delivered</description></item>
/// <item><term>412 to either: other bytes stand under the name</term><description>Refused</description></item>
/// <item><term>any other answer to the body, a redirect among them; any fault after its first byte</term>
/// <description>Unknown: something between may have answered for the bank</description></item>
/// </list>
/// </summary>
public sealed class HttpsTransport(HttpsLink link, IKeyRing keys) : ITransport, IQueryableTransport, IDisposable
{
    /// <summary>Name in bank profiles.</summary>
    public const string Kind = "https";

    private HttpsCaller? _caller;

    public SendResult Send(string name, SealedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (ExchangeName.Refusal(name) is { } refusal) return refusal;
        if (message.Body.Length > link.MaxBytes || message.Signature?.Length > link.MaxBytes)
            return new(SendOutcome.Refused, $"longer than the {link.MaxBytes} bytes agreed: nothing was sent");
        using var body = new OnceContent(message.Body, "application/octet-stream");
        try
        {
            using var caller = new HttpsCaller(link, keys);
            if (message.Signature is { } signature)
            {
                using var beside = new OnceContent(signature, "application/octet-stream");
                var put = caller.Ask(HttpMethod.Put, ToBank(name + message.SignatureSuffix), beside, onlyIfNew: true);
                if (put.Status == HttpStatusCode.PreconditionFailed) return OtherBytes(name);
                if (!IsTaken(put.Status))
                    return new(SendOutcome.NotSent, $"{(int)put.Status} to the signature: the body was not offered");
            }
            var answer = caller.Ask(HttpMethod.Put, ToBank(name), body, onlyIfNew: true);
            return IsTaken(answer.Status) ? new(SendOutcome.Delivered, $"{(int)answer.Status}")
                : answer.Status == HttpStatusCode.PreconditionFailed ? OtherBytes(name)
                : new(SendOutcome.Unknown, $"{(int)answer.Status} to the body");
        }
        catch (Exception fault) when (HttpsFaults.IsMapped(fault))
        {
            return body.Begun
                ? new(SendOutcome.Unknown, $"no answer to the body: {HttpsFaults.Words(fault)}")
                : new(SendOutcome.NotSent, $"no byte of the body left: {HttpsFaults.Words(fault)}");
        }
    }

    /// <summary>By the page of the body's name: 200 and 404 are answers, anything else is none.</summary>
    public bool? Holds(string name)
    {
        if (!ExchangeName.Is(name)) return false;
        try
        {
            using var caller = new HttpsCaller(link, keys);
            return caller.Ask(HttpMethod.Head, ToBank(name)).Status switch
            {
                HttpStatusCode.OK => true,
                HttpStatusCode.NotFound => false,
                _ => null,
            };
        }
        catch (Exception fault) when (HttpsFaults.IsMapped(fault))
        {
            return null;
        }
    }

    public IReadOnlyList<string> List()
    {
        if (!link.Answers) return [];
        var names = Encoding.UTF8.GetString(Asked(HttpMethod.Get, "from-bank/")
            ?? throw new TransportFaultException($"{link.Address} has no from-bank/"));
        return [.. names.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(ExchangeName.Is)];
    }

    public SealedMessage? Take(string name)
    {
        if (!ExchangeName.Is(name) || Asked(HttpMethod.Get, FromBank(name)) is not { } body) return null;
        foreach (var suffix in ExchangeName.SignatureSuffixes)
            if (Asked(HttpMethod.Get, FromBank(name + suffix)) is { } signature)
                return new SealedMessage(body, signature, suffix);
        return new SealedMessage(body, null, "");
    }

    public void Acknowledge(string name)
    {
        if (!ExchangeName.Is(name)) throw new ArgumentException($"'{name}' was never listed", nameof(name));
        using var nothing = new OnceContent(ReadOnlyMemory<byte>.Empty, "application/octet-stream");
        _ = Asked(HttpMethod.Put, FromBank($"{FolderTransport.TakenFolder}/{name}"), nothing)
            ?? throw new TransportFaultException($"{link.Address} takes no acknowledgement");
    }

    public void Dispose()
    {
        _caller?.Dispose();
        _caller = null;
    }

    /// <summary>The answer's bytes; null for 404. Any other status, and any fault, took nothing.</summary>
    private byte[]? Asked(HttpMethod method, string path, HttpContent? content = null)
    {
        try
        {
            var answer = (_caller ??= new HttpsCaller(link, keys)).Ask(method, path, content);
            return IsTaken(answer.Status) ? answer.Body
                : answer.Status == HttpStatusCode.NotFound ? null
                : throw new TransportFaultException($"{link.Address}{path}: {(int)answer.Status}");
        }
        catch (Exception fault) when (HttpsFaults.IsMapped(fault))
        {
            Dispose();
            throw new TransportFaultException($"{link.Address}: {HttpsFaults.Words(fault)}", fault);
        }
    }

    private static bool IsTaken(HttpStatusCode status) =>
        status is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.NoContent;

    private static SendResult OtherBytes(string name) =>
        new(SendOutcome.Refused, $"412: other bytes stand under the name {name}: they were left as they are")
        { NameTaken = true };

    private static string ToBank(string name) => "to-bank/" + Uri.EscapeDataString(name);

    private static string FromBank(string name) =>
        "from-bank/" + string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
}

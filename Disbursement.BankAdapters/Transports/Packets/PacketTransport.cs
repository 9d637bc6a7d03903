using System.Net.Sockets;
using System.Text;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;

namespace Disbursement.BankAdapters.Transports.Packets;

/// <summary>
/// Packets to a bank's front-end machine, one question and one answer per connection. The content of a message is the
/// whole packet: there is no place beside it for a signature. What a send meets, and what it then says:
/// <list type="table">
/// <item><term>a name that is no name, more bytes than a packet holds</term><description>Refused</description></item>
/// <item><term>a signature beside the body; no connection</term><description>NotSent</description></item>
/// <item><term>an answer with a code the profile lists as accepted</term><description>Delivered</description></item>
/// <item><term>one it lists as refused</term><description>Refused</description></item>
/// <item><term>any other code (9999 and CICS are communication faults), no whole answer, an encrypted one, any fault
/// after the connection stands</term><description>Unknown: query, never send again</description></item>
/// </list>
/// </summary>
public sealed class PacketTransport(PacketLink link, AnswerForm words) : ITransport, IQueryableTransport
{
    /// <summary>Name in bank profiles.</summary>
    public const string Kind = "packet";

    private readonly FolderTransport? _folder = link.FromBank.Length == 0 ? null
        : new FolderTransport(link.FromBank, link.FromBank);

    private int MaxBytes => Math.Min(link.MaxBytes, PacketFrame.MaxContentBytes);

    public SendResult Send(string name, SealedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (ExchangeName.Refusal(name) is { } refusal) return refusal;
        if (message.Signature is not null)
            return new(SendOutcome.NotSent, "a packet has no place for a signature beside its content");
        if (message.Body.Length > MaxBytes)
            return new(SendOutcome.Refused, $"longer than the {MaxBytes} bytes of a packet: nothing was sent");
        var connected = false;
        try
        {
            return AnswerWords.Of(AnswerWords.Code(Ask(message.Body, ref connected), words.Element), words);
        }
        catch (Exception fault) when (IsLinkTrouble(fault))
        {
            return connected
                ? new(SendOutcome.Unknown, $"no answer to the packet: {fault.Message}")
                : new(SendOutcome.NotSent, $"no connection: {fault.Message}");
        }
    }

    /// <summary>Asks with the profile's query packet; only its words are an answer.</summary>
    public bool? Holds(string name)
    {
        if (!ExchangeName.Is(name)) return false;
        if (words.Query is not { } query) return null;
        var packet = query.Replace("{reference}", Path.GetFileNameWithoutExtension(name), StringComparison.Ordinal);
        try
        {
            var connected = false;
            var code = AnswerWords.Code(Ask(Encoding.UTF8.GetBytes(packet), ref connected), words.Element);
            return code is null ? null
                : words.Accepted.Contains(code, StringComparer.Ordinal) ? true
                : words.Absent?.Contains(code, StringComparer.Ordinal) == true ? false
                : null;
        }
        catch (Exception fault) when (IsLinkTrouble(fault))
        {
            return null;
        }
    }

    /// <summary>Result files the machine put into its folder.</summary>
    public IReadOnlyList<string> List() => _folder?.List() ?? [];

    public SealedMessage? Take(string name) => _folder?.Take(name);

    public void Acknowledge(string name) => _folder?.Acknowledge(name);

    private byte[] Ask(ReadOnlyMemory<byte> content, ref bool connected)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(link.ConnectSeconds)))
            socket.ConnectAsync(link.Host, link.Port, patience.Token).AsTask().GetAwaiter().GetResult();
        connected = true;
        using var answering = new CancellationTokenSource(TimeSpan.FromSeconds(link.AnswerSeconds));
        return Ask(socket, content, answering.Token).GetAwaiter().GetResult();
    }

    private async Task<byte[]> Ask(Socket socket, ReadOnlyMemory<byte> content, CancellationToken stop)
    {
        var stream = new NetworkStream(socket);
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(PacketFrame.Of(content.Span), stop).ConfigureAwait(false);
            return await PacketFrame.Read(stream, MaxBytes, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Everything a socket and its stream throw, mapped on purpose; anything else is a defect, and Unknown to
    /// the caller. InvalidDataException is ours, of an answer that is no packet.</summary>
    private static bool IsLinkTrouble(Exception fault) => fault is SocketException or IOException
        or OperationCanceledException or ObjectDisposedException or InvalidDataException;
}

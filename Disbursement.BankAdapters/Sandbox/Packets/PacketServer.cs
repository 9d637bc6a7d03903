using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Disbursement.BankAdapters.Sandbox.Packets;

/// <summary>The front-end machine on loopback: takes packets, puts each into the bank's inbox under its
/// number.</summary>
/// <remarks>RespCode 0000 taken, 9001 another packet under the number, 9002 not known, 9003 no such packet: the last
/// three are the sandbox's own, no source shows the bank's.</remarks>
public sealed class PacketServer : IDisposable
{
    private const int MaxBytes = 999_999;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<byte[], string?> _answer;

    /// <param name="extension">Of the files that arise in the inbox, with its dot.</param>
    /// <param name="strikes">Whether the packet of a file meets with a behaviour; null for a machine that always
    /// answers.</param>
    public PacketServer(Exchange exchange, string extension, Func<Behaviour, string, bool>? strikes = null)
        : this(packet => Answer(packet, exchange, extension, strikes ?? ((_, _) => false)) is { } code
            ? $"<ap><RespCode>{code}</RespCode></ap>" : null)
    {
    }

    /// <param name="answer">Content of a packet → content of its answer, null for none; may be asked by several at
    /// once.</param>
    public PacketServer(Func<byte[], string?> answer)
    {
        _answer = answer;
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
                var client = await _listener.AcceptTcpClientAsync().ConfigureAwait(false);
                _ = Task.Run(() => Serve(client));
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // the machine is switched off
        }
    }

    private void Serve(TcpClient client)
    {
        try
        {
            using (client)
            {
                client.ReceiveTimeout = client.SendTimeout = 30_000;
                var stream = client.GetStream();
                var head = new byte[7];
                stream.ReadExactly(head);
                var length = int.Parse(Encoding.ASCII.GetString(head)[1..].TrimEnd(), NumberStyles.None,
                    CultureInfo.InvariantCulture);
                if (head[0] != '0' || length > MaxBytes) return;
                var content = new byte[length];
                stream.ReadExactly(content);
                if (_answer(content) is not { } said) return;
                var answer = Encoding.UTF8.GetBytes(said);
                stream.Write(Encoding.ASCII.GetBytes("0" + answer.Length.ToString(CultureInfo.InvariantCulture)
                    .PadRight(6)));
                stream.Write(answer);
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException or FormatException
            or OverflowException)
        {
            // a torn packet is none
        }
    }

    /// <summary>The code of the answer; null where the line is cut instead.</summary>
    private static string? Answer(byte[] content, Exchange exchange, string extension,
        Func<Behaviour, string, bool> strikes)
    {
        var packet = Parsed(content);
        var number = Text(packet, "CCTransCode") == "CQRT04" ? Text(packet, "CmeSeqNo") : Text(packet, "ReqSeqNo");
        if (packet is null || number is not { Length: > 0 and <= 24 } || !number.All(char.IsAsciiLetterOrDigit))
            return "9003";
        var path = Path.Combine(exchange.Inbox, number + extension);
        if (Text(packet, "CCTransCode") == "CQRT04") return File.Exists(path) ? "0000" : "9002";
        if (File.Exists(path)) return File.ReadAllBytes(path).AsSpan().SequenceEqual(content) ? "0000" : "9001";
        // The machine got the packet, the bank behind it did not: it is the same to the customer.
        if (strikes(Behaviour.TornUpload, Path.GetFileName(path))) return null;
        // Asked before the file stands: from then on the bank may take it at any moment.
        var isLost = strikes(Behaviour.LostReply, Path.GetFileName(path));
        DurableFile.Write(path, content);
        return isLost ? null : "0000";
    }

    private static XDocument? Parsed(byte[] content)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(content),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string? Text(XDocument? packet, string element) =>
        packet?.Descendants(element).FirstOrDefault()?.Value;
}

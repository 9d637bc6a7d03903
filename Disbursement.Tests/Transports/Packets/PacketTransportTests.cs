using System.Net;
using System.Net.Sockets;
using System.Text;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Sandbox.Packets;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports.Packets;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Transports.Packets;

/// <summary>Packets against the sandbox's front-end machine, and against one that answers as a test says.</summary>
public sealed class PacketTransportTests : IDisposable
{
    private const string Name = "SAMPLE0001.xml";
    private static readonly AnswerForm Words = new("RespCode", ["0000", "0001"], ["9001"], ["9002"],
        "<ap><CCTransCode>CQRT04</CCTransCode><CmeSeqNo>{reference}</CmeSeqNo></ap>");
    private readonly string _root = Directory.CreateTempSubdirectory("packets-").FullName;
    private readonly PacketServer _server;

    public PacketTransportTests() =>
        _server = new PacketServer(new Exchange(_root, Partner.Find("iso20022-pain")!), ".xml");

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void A_packet_is_delivered_once_known_afterwards_and_never_overwritten()
    {
        var transport = To(_server.Port);
        Assert.False(transport.Holds(Name));
        Assert.Equal(SendOutcome.Delivered, transport.Send(Name, Packet("样例")).Outcome);
        Assert.Equal(Packet("样例").Body.ToArray(), File.ReadAllBytes(Placed));
        Assert.True(transport.Holds(Name));
        Assert.Equal(SendOutcome.Delivered, transport.Send(Name, Packet("样例")).Outcome);
        Assert.Equal(SendOutcome.Refused, transport.Send(Name, Packet("other")).Outcome);
        Assert.Equal(Packet("样例").Body.ToArray(), File.ReadAllBytes(Placed));
    }

    [Fact]
    public void What_no_packet_can_carry_is_not_sent()
    {
        var transport = To(_server.Port);
        var signed = Packet("a") with { Signature = new byte[] { 1 }, SignatureSuffix = ".sig" };
        Assert.Equal(SendOutcome.NotSent, transport.Send(Name, signed).Outcome);
        Assert.Equal(SendOutcome.Refused, transport.Send(Name, new(new byte[1_000_000], null, "")).Outcome);
        Assert.Equal(SendOutcome.Refused, transport.Send("../up.xml", Packet("a")).Outcome);
        Assert.False(File.Exists(Placed));
    }

    [Fact]
    public void A_machine_that_is_not_reached_got_nothing()
    {
        var transport = To(LoopbackPort.Free());
        Assert.Equal(SendOutcome.NotSent, transport.Send(Name, Packet("a")).Outcome);
        Assert.Null(transport.Holds(Name));
        Assert.Equal(SendOutcome.NotSent,
            new PacketTransport(new("bank.invalid", 1), Words).Send(Name, Packet("a")).Outcome);
    }

    [Theory]
    [InlineData("0", "<ap><RespCode>0000</RespCode></ap>", SendOutcome.Delivered)]
    [InlineData("0", "<ap><RespCode>0001</RespCode></ap>", SendOutcome.Delivered)] // 落地: a person at the bank goes on
    [InlineData("0", "<ap><RespCode>9001</RespCode></ap>", SendOutcome.Refused)]
    [InlineData("0", "<ap><RespCode>9999</RespCode></ap>", SendOutcome.Unknown)] // a communication fault
    [InlineData("0", "<ap><RespCode>CICS</RespCode></ap>", SendOutcome.Unknown)]
    [InlineData("0", "<ap><RespCode/></ap>", SendOutcome.Unknown)]
    [InlineData("0", "<ap><Other>0000</Other></ap>", SendOutcome.Unknown)]
    [InlineData("0", "<!DOCTYPE a [<!ENTITY b '0000'>]><ap><RespCode>&b;</RespCode></ap>", SendOutcome.Unknown)]
    [InlineData("0", "no xml", SendOutcome.Unknown)]
    [InlineData("1", "<ap><RespCode>0000</RespCode></ap>", SendOutcome.Unknown)]
    [InlineData("x", "<ap><RespCode>0000</RespCode></ap>", SendOutcome.Unknown)]
    public void An_answer_says_what_its_code_proves(string flag, string content, SendOutcome outcome)
    {
        using var machine = new Machine($"{flag}{Encoding.UTF8.GetByteCount(content),-6}{content}");
        var sent = To(machine.Port).Send(Name, Packet("a"));
        Assert.True(sent.Outcome == outcome, $"{sent}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("034    <ap>")]
    [InlineData("0     1<ap/>")]
    [InlineData("0      ")]
    [InlineData("099999<")]
    [InlineData("0-1    x")]
    [InlineData("0999999<ap>")]
    [InlineData(null)]
    public void A_torn_or_endless_answer_is_unknown(string? said)
    {
        using var machine = new Machine(said);
        Assert.Equal(SendOutcome.Unknown, To(machine.Port, answerSeconds: 1).Send(Name, Packet("a")).Outcome);
        Assert.Null(To(machine.Port, answerSeconds: 1).Holds(Name));
    }

    [Fact]
    public void A_line_cut_at_any_byte_never_says_more_than_is_so()
    {
        var seen = new HashSet<SendOutcome>();
        var length = PacketFrame.Of(Packet("a").Body.Span).Length;
        for (var cut = 0; cut <= length; cut += 3) seen.Add(Cut($"UP{cut:0000}", line => line.CutUpAfter(cut)));
        for (var cut = 0; cut <= 45; cut += 3) seen.Add(Cut($"DOWN{cut:0000}", line => line.CutDownAfter(cut)));
        Assert.Equal([SendOutcome.Delivered, SendOutcome.Unknown], seen.Order());
    }

    private SendOutcome Cut(string number, Action<CuttingProxy> cut)
    {
        using var line = new CuttingProxy(_server.Port);
        cut(line);
        var sent = To(line.Port, answerSeconds: 5).Send(number + ".xml", Packet("a", number));
        var stands = File.Exists(Path.Combine(_root, "iso20022-pain", "to-bank", number + ".xml"));
        Assert.True(sent.Outcome == SendOutcome.Unknown || (sent.Outcome == SendOutcome.Delivered && stands),
            $"{number}: {sent}, stands: {stands}");
        return sent.Outcome;
    }

    [Fact]
    public void A_packet_whose_answer_was_lost_is_unknown_and_the_query_finds_it()
    {
        using var line = new CuttingProxy(_server.Port);
        line.CutDownAfter(0);
        Assert.Equal(SendOutcome.Unknown, To(line.Port).Send(Name, Packet("a")).Outcome);
        Assert.True(To(_server.Port).Holds(Name));
    }

    [Property(MaxTest = 300)]
    public void Any_head_is_a_length_or_none(byte[] head)
    {
        var length = PacketFrame.Length(head ?? [], out var trouble);
        Assert.Equal(length is null, trouble.Length > 0);
        if (length is { } bytes) Assert.InRange(bytes, 0, PacketFrame.MaxContentBytes);
    }

    [Fact]
    public void The_length_counts_bytes_padded_right_with_spaces() =>
        Assert.Equal("06     样例", Encoding.UTF8.GetString(PacketFrame.Of("样例"u8)));

    private string Placed => Path.Combine(_root, "iso20022-pain", "to-bank", Name);

    /// <summary>Waits long for an answer, which a busy machine may be slow to give: only silence costs the time.
    /// </summary>
    private static PacketTransport To(int port, int answerSeconds = 60) =>
        new(new PacketLink("127.0.0.1", port, ConnectSeconds: 30, AnswerSeconds: answerSeconds), Words);

    private static SealedMessage Packet(string text, string number = "SAMPLE0001") =>
        new(Encoding.UTF8.GetBytes($"<ap><CCTransCode>IBAF04</CCTransCode><ReqSeqNo>{number}</ReqSeqNo>{text}</ap>"),
            null, "");

    /// <summary>A front-end machine that says one thing to everybody: null, and it keeps silent.</summary>
    private sealed class Machine : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public Machine(string? said)
        {
            _listener.Start();
            _ = Task.Run(async () =>
            {
                try
                {
                    while (true)
                    {
                        var client = await _listener.AcceptSocketAsync();
                        await client.ReceiveAsync(new byte[4096]);
                        if (said is null) continue;
                        await client.SendAsync(Encoding.UTF8.GetBytes(said));
                        client.Shutdown(SocketShutdown.Send);
                    }
                }
                catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
                {
                    // the test is over
                }
            });
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose() => _listener.Dispose();
    }
}

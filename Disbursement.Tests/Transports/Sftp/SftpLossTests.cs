using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports;
using Xunit;

namespace Disbursement.Tests.Transports.Sftp;

/// <summary>Every step of a sending fails twice: it did not happen, and it happened but the answer was lost.</summary>
public sealed class SftpLossTests : IDisposable
{
    private static readonly SealedMessage Message = new(Body(40_000), Body(700), ".p7s");
    private readonly SshServer _server = new();
    private readonly CuttingProxy _line;
    private string _name = "SAMPLE00000001.xml";

    public SftpLossTests() => _line = new CuttingProxy(_server.Port);

    public void Dispose()
    {
        _line.Dispose();
        _server.Dispose();
    }

    private string Placed => _server.ToBank(_name);

    [Fact]
    public void A_line_cut_at_any_byte_never_says_more_than_is_so()
    {
        Assert.Equal(SendOutcome.Delivered, Send().Outcome);
        var (up, down) = _line.Carried;
        var seen = new HashSet<SendOutcome>();
        for (var i = 0; i < 24; i++)
        {
            seen.Add(Judged($"UP{i:000}", line => line.CutUpAfter(up * i / 23)));
            seen.Add(Judged($"DOWN{i:000}", line => line.CutDownAfter(down * i / 23)));
        }
        // The last bytes of all: there the rename is asked for, and answered.
        for (var last = 0; last < 600; last += 40)
        {
            seen.Add(Judged($"LASTUP{last:000}", line => line.CutUpAfter(up - last)));
            seen.Add(Judged($"LASTDOWN{last:000}", line => line.CutDownAfter(down - last)));
        }
        Assert.Equal([SendOutcome.Delivered, SendOutcome.NotSent, SendOutcome.Unknown], seen.Order());
    }

    [Fact]
    public void An_upload_that_breaks_is_not_sent_and_the_next_one_goes_through()
    {
        _line.Up = (_, _) => Exists(_server.ToBank($".{_name}.tmp")) ? 0 : null;
        AssertSent(SendOutcome.NotSent, stands: false);
        _line.Up = (_, _) => null;
        AssertSent(SendOutcome.Delivered, stands: true);
    }

    [Fact]
    public void A_rename_that_never_arrived_is_unknown()
    {
        // Once we were told that the signature has its name, the next thing we say is the rename of the body. Before
        // that a packet of the session itself may go up, and a cut there leaves the body unnamed for sure: NotSent.
        var told = false;
        _line.Down = (_, _) =>
        {
            told |= Exists(Placed + ".p7s");
            return null;
        };
        _line.Up = (_, _) => told ? 0 : null;
        AssertSent(SendOutcome.Unknown, stands: false);
        AssertHolds(false);
    }

    [Fact]
    public void A_rename_whose_answer_was_lost_is_unknown_and_asking_finds_it()
    {
        _line.Down = (_, _) => Exists(Placed) ? 0 : null;
        AssertSent(SendOutcome.Unknown, stands: true);
        AssertHolds(true);
        _line.Down = (_, _) => null;
        AssertSent(SendOutcome.Delivered, stands: true);
    }

    [Fact]
    public void A_server_that_falls_silent_after_the_rename_is_unknown()
    {
        _line.FallsSilent = true;
        _line.Down = (_, _) => Exists(Placed) ? 0 : null;
        AssertSent(SendOutcome.Unknown, stands: true);
    }

    [Fact]
    public void A_server_killed_after_the_rename_is_unknown()
    {
        _line.Down = (_, _) =>
        {
            if (!Exists(Placed)) return null;
            _server.Kill();
            return 0;
        };
        AssertSent(SendOutcome.Unknown, stands: true);
    }

    [Fact]
    public void The_name_of_the_signature_lost_either_way_is_not_sent()
    {
        _line.Down = (_, _) => Exists(Placed + ".p7s") ? 0 : null;
        AssertSent(SendOutcome.NotSent, stands: false);
        _line.Down = (_, _) => null;
        AssertSent(SendOutcome.Delivered, stands: true);
    }

    [Fact]
    public void A_taking_that_breaks_takes_nothing_and_an_acknowledgement_lost_is_made_again()
    {
        File.WriteAllBytes(_server.FromBank(_name), Body(200_000));
        using var transport = SftpTo.Server(_server, link => link with { Port = _line.Port, AnswerSeconds = 2 });
        Assert.Equal([_name], transport.List());
        var carried = _line.Carried.Down;
        _line.CutDownAfter(carried + 100_000);
        Assert.Throws<TransportFaultException>(() => transport.Take(_name));
        _line.Down = (_, _) => null;
        Assert.Equal(200_000, transport.Take(_name)!.Body.Length);
        _line.Down = (_, _) => Exists(_server.FromBank($".taken/{_name}")) ? 0 : null;
        Assert.Throws<TransportFaultException>(() => transport.Acknowledge(_name));
        _line.Down = (_, _) => null;
        Assert.Empty(transport.List());
        transport.Acknowledge(_name);
    }

    private SendResult Send()
    {
        using var transport = SftpTo.Server(_server, link => link with { Port = _line.Port, AnswerSeconds = 2 });
        return transport.Send(_name, Message);
    }

    private SendOutcome Judged(string name, Action<CuttingProxy> cut)
    {
        _name = name + ".xml";
        using var line = new CuttingProxy(_server.Port);
        cut(line);
        using var transport = SftpTo.Server(_server, link => link with { Port = line.Port, AnswerSeconds = 2 });
        var sent = transport.Send(_name, Message);
        var stands = File.Exists(Placed);
        Assert.True(sent.Outcome switch
        {
            SendOutcome.NotSent => !stands,
            SendOutcome.Delivered => stands && File.ReadAllBytes(Placed).AsSpan().SequenceEqual(Message.Body.Span),
            SendOutcome.Unknown => true,
            _ => false,
        }, $"{name}: {sent}, stands: {stands}");
        return sent.Outcome;
    }

    private void AssertSent(SendOutcome outcome, bool stands)
    {
        var sent = Send();
        Assert.True(sent.Outcome == outcome, $"{sent}");
        Assert.Equal(stands, File.Exists(Placed));
    }

    private void AssertHolds(bool holds)
    {
        using var transport = SftpTo.Server(_server);
        Assert.Equal(holds, transport.Holds(_name));
    }

    /// <summary>Asked between two packets of a session: what the server did a moment ago must be seen.</summary>
    private static bool Exists(string path)
    {
        Thread.Sleep(5);
        return File.Exists(path);
    }

    private static byte[] Body(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31 % 251))];
}

using Disbursement.BankAdapters.Seams;
using Xunit;

namespace Disbursement.Tests.Transports.Https;

/// <summary>Every step of a sending fails twice: it did not happen, and it happened but the answer was lost.</summary>
public sealed class HttpsLossTests : IDisposable
{
    private static readonly SealedMessage Message = new(Body(40_000), Body(700), ".p7s");
    private readonly HttpsRig _rig = new();
    private string _name = "SAMPLE00000001.xml";

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_line_cut_at_any_byte_never_says_more_than_is_so()
    {
        using var whole = new CuttingProxy(_rig.Server.Port);
        Assert.Equal(SendOutcome.Delivered, Sent(whole).Outcome);
        var (up, down) = whole.Carried;
        var seen = new HashSet<SendOutcome>();
        for (var i = 0; i <= 40; i++)
        {
            seen.Add(Judged($"UP{i:000}.xml", line => line.CutUpAfter(up * i / 40)));
            seen.Add(Judged($"DOWN{i:000}.xml", line => line.CutDownAfter(down * i / 40)));
        }
        Assert.Equal([SendOutcome.Delivered, SendOutcome.NotSent, SendOutcome.Unknown], seen.Order());
    }

    [Fact]
    public void A_body_that_never_arrived_whole_is_unknown_and_asking_shows_that_it_is_not_there()
    {
        using var line = new CuttingProxy(_rig.Server.Port);
        var begun = 0L;
        line.Up = (before, _) =>
        {
            if (begun == 0 && SignatureStands()) begun = before + 5_000;
            return begun > 0 && before > begun ? 0 : null;
        };
        Assert.Equal(SendOutcome.Unknown, Sent(line).Outcome);
        Assert.False(File.Exists(_rig.ToBank(_name)));
        using var transport = HttpsRig.By(_rig.Link());
        Assert.False(transport.Holds(_name));
        Assert.Equal(SendOutcome.Delivered, transport.Send(_name, Message).Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_body_whose_answer_was_lost_is_unknown_and_asking_finds_it(bool silent)
    {
        using var line = new CuttingProxy(_rig.Server.Port) { FallsSilent = silent };
        line.Down = (_, _) => File.Exists(_rig.ToBank(_name)) ? 0 : null;
        Assert.Equal(SendOutcome.Unknown, Sent(line).Outcome);
        using var transport = HttpsRig.By(_rig.Link());
        Assert.True(transport.Holds(_name));
        Assert.Equal(SendOutcome.Delivered, transport.Send(_name, Message).Outcome);
    }

    [Fact]
    public void A_signature_whose_answer_was_lost_is_not_sent_and_the_next_sending_goes_through()
    {
        using var line = new CuttingProxy(_rig.Server.Port);
        line.Down = (_, _) => SignatureStands() ? 0 : null;
        Assert.Equal(SendOutcome.NotSent, Sent(line).Outcome);
        Assert.False(File.Exists(_rig.ToBank(_name)));
        line.Down = (_, _) => null;
        Assert.Equal(SendOutcome.Delivered, Sent(line).Outcome);
    }

    private bool SignatureStands() => File.Exists(_rig.ToBank(_name + ".p7s"));

    private SendResult Sent(CuttingProxy line)
    {
        using var transport = HttpsRig.By(_rig.Link(line.Port) with { AnswerSeconds = 2 });
        return transport.Send(_name, Message);
    }

    private SendOutcome Judged(string name, Action<CuttingProxy> cut)
    {
        _name = name;
        using var line = new CuttingProxy(_rig.Server.Port);
        cut(line);
        var sent = Sent(line);
        Thread.Sleep(20); // what the server has in hand, it finishes
        var stands = File.Exists(_rig.ToBank(_name));
        Assert.True(sent.Outcome switch
        {
            SendOutcome.NotSent => !stands,
            SendOutcome.Delivered => stands,
            SendOutcome.Unknown => true,
            _ => false,
        }, $"{name}: {sent}, stands: {stands}");
        return sent.Outcome;
    }

    private static byte[] Body(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31 % 251))];
}
